"""Times as WeChat Pay and Alipay write them: of China, whatever the server's own time zone is."""

from datetime import datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))


def china_time(at_ms: int) -> datetime:
    """Return a time in China, whole seconds."""
    return datetime.fromtimestamp(at_ms // 1000, CHINA)


def read_china_time(text: str) -> int:
    """Return the milliseconds since 1970 of a time that names its zone, or else is of China.

    Raises:
        ValueError: it is no time of ISO 8601.
    """
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=CHINA)).timestamp()) * 1000
