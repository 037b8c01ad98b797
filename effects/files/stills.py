"""Picture files (PNG, JPEG, WebP, BMP): measured before they are decoded, made smaller while they load."""

import io
import os
import struct
import zlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.files.colors import ADOBE_RGB, BT709, DISPLAY_P3, Colors, to_screen
from effects.files.frames import Size, opaque, resized, scaled_to
from effects.files.png_bands import PngError, is_whole, read_in_bands
from effects.files.regular import open_regular
from effects.frame import Frame

MOST_FILE_BYTES: Final = 256 << 20
MOST_DECODED_BYTES: Final = 512 << 20
"""What a picture may take while it is decoded; a JPEG is decoded at an eighth of its size where that does."""
_JPEG_STEPS: Final[tuple[tuple[int, int], ...]] = (
    (8, cv2.IMREAD_REDUCED_COLOR_8),
    (4, cv2.IMREAD_REDUCED_COLOR_4),
    (2, cv2.IMREAD_REDUCED_COLOR_2),
    (1, cv2.IMREAD_COLOR),
)
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_PROGRESSIVE: Final = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_COEFFICIENT_BYTES: Final = 6
_MOST_PIXELS: Final = 1 << 30
_PROFILES: Final = (("Display P3", DISPLAY_P3), ("Adobe RGB", ADOBE_RGB))
_HEAD_BYTES: Final = 64


class StillError(ValueError):
    """Not a picture file that can be read; the text says what was expected and what came."""


class StillTooLargeError(StillError):
    """It would take too much memory to decode."""


class Kind(Enum):
    """Which format a picture file has."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    BMP = "bmp"


@dataclass(frozen=True, slots=True)
class Measures:
    """What the head of a picture file says of it.

    Attributes:
        kind: its format.
        size: width and height, before it is turned upright.
        pixel_bytes: what a pixel takes while the whole is decoded.
        is_moving: whether it holds several pictures, and is a film.
    """

    kind: Kind
    size: Size
    pixel_bytes: int = 4
    is_moving: bool = False


def measured(content: bytes) -> Measures | None:
    """Read the head of a picture file; None for anything else."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _measured_png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _measured_jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _measured_webp(content)
        if content.startswith(b"BM") and len(content) > _HEAD_BYTES:
            width, height = struct.unpack_from("<ii", content, 18)
            return Measures(Kind.BMP, (abs(width), abs(height)))
    except (struct.error, IndexError):
        return None
    return None


def _measured_png(content: bytes) -> Measures:
    width, height, depth = struct.unpack_from(">IIB", content, 16)
    is_moving = b"acTL" in content[: content.find(b"IDAT") + 1]
    return Measures(Kind.PNG, (width, height), 8 if depth > 8 else 4, is_moving)


def _measured_jpeg(content: bytes) -> Measures | None:
    place = 2
    while place < len(content):
        if content[place] != 0xFF:
            return None
        marker = content[place + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            is_progressive = marker in _JPEG_PROGRESSIVE
            return Measures(Kind.JPEG, (width, height), _COEFFICIENT_BYTES if is_progressive else 0)
        is_bare = marker in (0x01, 0xFF) or 0xD0 <= marker <= 0xD8
        place += (1 if marker == 0xFF else 2) if is_bare else 2 + _number(content, place + 2)
    return None


def _number(content: bytes, place: int) -> int:
    number: int = struct.unpack_from(">H", content, place)[0]
    return number


def _measured_webp(content: bytes) -> Measures | None:
    match content[12:16]:
        case b"VP8X":
            size = int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
            return Measures(Kind.WEBP, size)  # its first picture, where it moves: FFmpeg reads none of it
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return Measures(Kind.WEBP, ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return Measures(Kind.WEBP, (width & 0x3FFF, height & 0x3FFF))
    return None


def still_content(path: Path) -> bytes | None:
    """Return the content of a picture file that does not move; None for films and all else.

    Raises:
        OSError: it cannot be read.
        StillTooLargeError: the file is enormous.
    """
    with io.BufferedReader(open_regular(path)) as file:
        head = file.read(_HEAD_BYTES)
        if not head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"BM")):
            return None
        size = os.fstat(file.fileno()).st_size
        if size > MOST_FILE_BYTES:
            if head[:4] == b"RIFF" and head[8:12] != b"WEBP":
                return None
            raise StillTooLargeError(f"expected at most {MOST_FILE_BYTES >> 20} MB, got {size >> 20}")
        content = head + file.read()
    measures = measured(content)
    return content if measures is not None and not measures.is_moving else None


def read_still(content: bytes, enough: Size) -> Frame:
    """Decode a picture file, upright, in our colours, over black where it is transparent.

    Args:
        content: the whole file.
        enough: the frame is as small as still covers this.

    Raises:
        StillError: it cannot be decoded.
        StillTooLargeError: to decode it would take too much memory.
    """
    measures = measured(content)
    if measures is None:
        raise StillError("expected a PNG, JPEG, WebP or BMP picture")
    try:
        flags = _flags(measures, enough)
    except StillTooLargeError:
        width, height = measures.size
        if measures.kind is not Kind.PNG or width * height > _MOST_PIXELS:
            raise
        return _in_bands(content, enough)
    if measures.kind is Kind.PNG and not is_whole(content):  # OpenCV would make room for all that is missing
        raise StillError("expected a whole picture")
    return _developed(*_decoded(content, flags), enough)


def read_layered(content: bytes, enough: Size) -> Frame:
    """Decode a picture file as `read_still` does; one with transparency as BGRA.

    Its colours are multiplied by its alpha (over black is just that), so that scaling makes no fringes.

    Raises:
        StillError: it cannot be decoded.
        StillTooLargeError: to decode it would take too much memory.
    """
    frame = read_still(content, enough)
    alpha = _alpha(content, (frame.shape[1], frame.shape[0]))
    return frame if alpha is None else np.dstack([frame, alpha])


def _alpha(content: bytes, size: Size) -> npt.NDArray[np.uint8] | None:
    """Return a picture's transparency at this size; None where it has none, or is enormous."""
    measures = measured(content)
    if measures is None or measures.kind not in (Kind.PNG, Kind.WEBP):
        return None
    width, height = measures.size
    if width * height * measures.pixel_bytes > MOST_DECODED_BYTES:
        return None
    picture, _ = _decoded(content, int(cv2.IMREAD_UNCHANGED))
    if picture.ndim != 3 or picture.shape[2] not in (2, 4):
        return None
    alpha = np.ascontiguousarray(picture[..., -1])
    flat = cv2.convertScaleAbs(alpha, alpha=1 / 257) if alpha.dtype == np.uint16 else alpha
    return resized(np.asarray(flat, np.uint8), size)


def _decoded(content: bytes, flags: int) -> tuple[npt.NDArray[Any], dict[int, bytes]]:
    """Return the pixels, and what came with them by OpenCV's number of its kind."""
    try:
        picture, types, parts = cv2.imdecodeWithMetadata(np.frombuffer(content, np.uint8), flags)
    except cv2.error as error:
        raise StillError(f"expected a whole picture: {error}") from error
    if picture is None or not picture.size:
        raise StillError("expected a whole picture")
    return np.asarray(picture), _noted(types, parts)


def _developed(picture: npt.NDArray[Any], noted: dict[int, bytes], enough: Size) -> Frame:
    width, height = picture.shape[1::-1]
    frame = resized(opaque(picture), scaled_to((width, height), enough))
    colors = _colors(noted)
    if colors.is_ours:
        return frame
    deep = frame.astype(np.uint16) * np.uint16(257) if colors.needs_depth else frame
    return to_screen(colors).apply(deep, Buffers())


def _in_bands(content: bytes, enough: Size) -> Frame:
    """Decode an enormous PNG file."""
    try:
        return read_in_bands(content, enough)
    except (PngError, zlib.error, cv2.error) as error:
        raise StillTooLargeError(f"expected at most {MOST_DECODED_BYTES >> 20} MB, or {error}") from error


def _flags(measures: Measures, enough: Size) -> int:
    """Return how it is to be decoded."""
    width, height = measures.size
    needed = width * height * measures.pixel_bytes
    step, flags = 1, int(cv2.IMREAD_UNCHANGED)
    if measures.kind is Kind.JPEG:
        longer, shorter = max(width, height), min(width, height)
        most, least = max(enough), min(enough)  # it may yet be turned
        step, flags = next(
            each
            for each in _JPEG_STEPS
            if each[0] == 1 or (longer >= each[0] * most and shorter >= each[0] * least)
        )
        needed += width * height * 3 // step**2
    if min(width, height) < 1:
        raise StillError(f"expected a picture of some size, got {width}x{height}")
    if width * height > _MOST_PIXELS or needed > MOST_DECODED_BYTES:
        raise StillTooLargeError(f"expected at most {MOST_DECODED_BYTES >> 20} MB, got {width}x{height}")
    return flags


def _noted(types: object, parts: object) -> dict[int, bytes]:
    """Return what came with a picture, by OpenCV's number of its kind."""
    if not isinstance(parts, list | tuple):
        return {}
    kinds = np.asarray(types).reshape(-1).tolist()
    return {int(kind): np.asarray(part).tobytes() for kind, part in zip(kinds, parts, strict=False)}


def _colors(noted: dict[int, bytes]) -> Colors:
    """Return how a picture's numbers are meant: by its cICP chunk (as HDR has), or its profile."""
    code_points = noted.get(cv2.IMAGE_METADATA_CICP, b"")
    if len(code_points) > 1:
        return Colors(code_points[0], code_points[1])
    return Colors(_primaries(noted.get(cv2.IMAGE_METADATA_ICCP, b"")))


def _primaries(profile: bytes) -> int:
    """Return the primaries a profile is named after; another profile counts as sRGB."""
    for name, primaries in _PROFILES:
        if name.encode() in profile or name.encode("utf-16-be") in profile:
            return primaries
    return BT709
