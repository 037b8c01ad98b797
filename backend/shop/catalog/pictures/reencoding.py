"""Makes a clean WebP of whatever picture came: turned as its camera says, without anything else of it."""

import io
import struct
from typing import Final

import msgspec
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from backend.contract.pictures import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, THUMBNAIL_SIDE

LONGEST_SIDE: Final = 1600
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY: Final = 82
_MILLIONS: Final = MAX_PICTURE_PIXELS // 1_000_000
# Pillow's own, at twice what we take: where its reader has more to do than to read the size.
_TOO_LARGE: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What Pillow's readers raise on what is not what it says: it promises no class of its own.
_UNREADABLE: Final = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    MemoryError,
    OverflowError,
    struct.error,
)


class PictureError(Exception):
    """The bytes are no picture that is taken; the message names cause and remedy."""


class EncodedPicture(msgspec.Struct, frozen=True):
    """A picture as it is kept, and a small one."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def reencode(content: bytes) -> EncodedPicture:
    """Return a picture decoded and encoded again: of what came, pixels alone are left. This blocks for long.

    Raises:
        PictureError: it is none, or larger than is taken. That is known before anything is decoded.
    """
    if len(content) > MAX_PICTURE_BYTES:
        raise PictureError(f"A picture may have {MAX_PICTURE_BYTES // 1024 // 1024} MB. Send a smaller one.")
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            _check_size(picture)
            upright = _decoded(picture)
    except _TOO_LARGE as error:
        raise PictureError(f"A picture may have {_MILLIONS} million pixels. Send a smaller one.") from error
    except _UNREADABLE as error:
        raise PictureError(
            "This is no whole picture as JPEG, PNG, WebP or GIF. Save it as one of them."
        ) from error
    thumbnail = upright.copy()
    thumbnail.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return EncodedPicture(_webp(upright), _webp(thumbnail), *upright.size)


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MAX_PICTURE_PIXELS:
        raise PictureError(f"A picture may have {_MILLIONS} million pixels; this has {width} × {height}.")


def _decoded(picture: Image.Image) -> Image.Image:
    # A JPEG is decoded at the size that is needed; of one that moves, the first picture counts.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.seek(0)
    has_alpha = picture.has_transparency_data
    upright = ImageOps.exif_transpose(picture)
    plain = _in_srgb(upright.convert("RGBA" if has_alpha else "RGB"), picture)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A picture of its own: nothing that the reader found beside the pixels comes along.
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _in_srgb(plain: Image.Image, picture: Image.Image) -> Image.Image:
    """Return the colours as a screen shows them that knows no profiles: telephones write wider ones."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA"}:
        return plain
    try:
        told = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(plain, told, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *_UNREADABLE):
        return plain  # a broken profile is no reason to refuse the picture
    return turned or plain


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()
