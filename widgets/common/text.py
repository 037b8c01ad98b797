"""Numbers as people read and type them: counts, durations, rates."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

_WHOLE: Final = r"\d{1,3}(?:,\d{3})+|\d+"
_COUNT: Final = re.compile(_WHOLE, re.ASCII)


def read_count(text: str) -> int | None:
    """A whole number as it was typed, 0 or more; None where it is none."""
    found = _COUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(Decimal(found[0].replace(",", ""))) if found else None


def clock(seconds: float) -> str:
    """A duration as `00:42:17`; below zero counts as zero."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def rate(kbps: float) -> str:
    """A bitrate: `850 kb/s`, `2.48 Mb/s`."""
    return f"{kbps:,.0f} kb/s" if kbps < 1000 else f"{kbps / 1000:,.2f} Mb/s"


def size(size_bytes: int) -> str:
    """How large a file is: `850 kB`, `48.2 MB`, `2.31 GB`."""
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1000:,.0f} kB"
    if size_bytes < 1_000_000_000:
        return f"{size_bytes / 1_000_000:,.1f} MB"
    return f"{size_bytes / 1_000_000_000:,.2f} GB"
