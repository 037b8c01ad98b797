"""The names of products' pictures, and where they lie on the backend."""

import hashlib
import re
from typing import Final

from backend.contract.pictures import THUMBNAIL_SIDE, Picture
from backend.shop.catalog.skus import IMAGE_PATH

# Of uploaded ones: by their content, so that the same picture is kept once.
_UPLOADED: Final = re.compile(r"[0-9a-f]{40}\.webp")


def name_of(content: bytes) -> str:
    """Return the name of a picture as it is kept."""
    return f"{hashlib.sha256(content).hexdigest()[:40]}.webp"


def is_uploaded(name: str) -> bool:
    """Return whether a name is one that an upload gives."""
    return _UPLOADED.fullmatch(name) is not None


def thumbnail_name(name: str) -> str:
    """Return the name of the small one of an uploaded picture."""
    return f"{name.removesuffix('.webp')}-{THUMBNAIL_SIDE}.webp"


def picture_of(name: str) -> Picture:
    """Return the picture of a name."""
    thumbnail = thumbnail_name(name) if is_uploaded(name) else name
    return Picture(name, f"{IMAGE_PATH}{name}", f"{IMAGE_PATH}{thumbnail}")
