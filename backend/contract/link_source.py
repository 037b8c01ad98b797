"""The tag that a link to a room carries, so that the host sees where viewers come from: `?from=qr`."""

import re
from typing import Final

PARAMETER: Final = "from"
OTHER_SOURCES: Final = "other"
_TAG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,23}")


def source_of(given: str | None) -> str:
    """Return the tag of a viewer's link, lower case; empty where it is none that we would make."""
    tag = (given or "").lower()
    return tag if _TAG.fullmatch(tag) else ""


def tagged(viewer_url: str, source: str) -> str:
    """Return a room's link that tells where its guests come from; the empty link stays empty."""
    return f"{viewer_url}?{PARAMETER}={source}" if viewer_url else ""
