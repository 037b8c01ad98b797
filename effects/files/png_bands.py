"""Enormous PNG files: decoded band by band, each made smaller at once, so that memory holds a band.

libpng decodes no part of a picture, but a band is a picture of its own: its rows as they are in the file,
below the last row of the band before, on which filters look back (PNG specification, 3rd edition, §9.2).
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.files.frames import Size, opaque, resized, scaled_to
from effects.frame import Frame

_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_BAND_BYTES: Final = 4 << 20
_MOST_BAND_BYTES: Final = 256 << 20
_MOST_WIDTH: Final = 1 << 20
_GREY, _RGB, _PALETTE, _RGBA = 0, 2, 3, 6
_CHANNELS: Final = {_GREY: 1, _RGB: 3, _PALETTE: 1, _RGBA: 4}
_FIRST_DATA: Final = 8


class PngError(ValueError):
    """Not a whole PNG file, or one that cannot be read in bands; the text says which."""


@dataclass(frozen=True, slots=True)
class _Png:
    """What stands in a file.

    Attributes:
        size: width and height.
        depth: bits of a channel.
        color: how a pixel is stored.
        palette: BGRA of each index, uint8 (256, 4); None where there is none.
        data: the compressed rows.
    """

    size: Size
    depth: int
    color: int
    palette: npt.NDArray[np.uint8] | None
    data: tuple[memoryview, ...]

    @property
    def row_bytes(self) -> int:
        """What a row takes, with its filter."""
        return 1 + self.size[0] * _CHANNELS[self.color] * self.depth // 8


def read_in_bands(content: bytes, enough: Size) -> Frame:
    """Decode a PNG file over black, as small as still covers `enough`.

    Raises:
        PngError: it is interlaced, of few bits or of grey with alpha, or not whole.
    """
    png = _parsed(content)
    width, height = png.size
    target = scaled_to((width, height), enough)
    step = max(1, min(width // target[0], height // target[1]))
    rows = step * max(1, _BAND_BYTES // (png.row_bytes * step))
    if png.row_bytes * rows > _MOST_BAND_BYTES or width > _MOST_WIDTH:
        raise PngError("expected a picture that is less wide")
    parts = [_reduced(band, step) for band in _bands(png, rows)]
    return resized(np.concatenate(parts), target)


def is_whole(content: bytes) -> bool:
    """Whether every part of a PNG file is there, up to its end."""
    place = _FIRST_DATA
    while place + 12 <= len(content):
        if content[place + 4 : place + 8] == b"IEND":
            return True
        place += 12 + int.from_bytes(content[place : place + 4])
    return False


def _parsed(content: bytes) -> _Png:
    chunks = list(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) < 13:
        raise PngError("expected a PNG file")
    width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", chunks[0][1][:13])
    named = {name: part for name, part in chunks if name != b"IDAT"}
    has_key = b"tRNS" in named and color != _PALETTE
    is_fit = color in _CHANNELS and depth in ((8,) if color == _PALETTE else (8, 16))
    if interlace or has_key or not is_fit or not width or not height:
        raise PngError("expected pixels of 8 or 16 bits a channel, not interlaced")
    palette = _palette(named.get(b"PLTE", b""), named.get(b"tRNS", b"")) if color == _PALETTE else None
    return _Png(
        (width, height), depth, color, palette, tuple(part for name, part in chunks if name == b"IDAT")
    )


def _chunks(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    place, view = _FIRST_DATA, memoryview(content)
    while place + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        yield name, view[place + 8 : place + 8 + length]
        place += 12 + length


def _palette(colors: bytes | memoryview, alphas: bytes | memoryview) -> npt.NDArray[np.uint8]:
    table = np.zeros((256, 4), np.uint8)
    table[:, 3] = 255
    rgb = np.frombuffer(colors, np.uint8)[: 256 * 3]
    rgb = rgb[: len(rgb) // 3 * 3].reshape(-1, 3)
    table[: len(rgb), :3] = rgb[:, ::-1]
    alpha = np.frombuffer(alphas, np.uint8)[:256]
    table[: len(alpha), 3] = alpha
    return table


def _bands(png: _Png, rows: int) -> Iterator[Frame]:
    """Decode the picture, so many rows at a time."""
    above = b""
    left = png.size[1]
    for filtered in _filtered(png, rows):
        data = (b"\0" + above if above else b"") + filtered
        pixels = _decoded(png, data)
        if above:
            pixels = pixels[1:]
        above = _stored(png, pixels[-1])
        left -= len(pixels)
        yield opaque(pixels if png.palette is None else png.palette[pixels])
    if left:
        raise PngError("expected a whole PNG file")


def _filtered(png: _Png, rows: int) -> Iterator[bytes]:
    """Unpack the rows as their filters left them; never more of them than the picture has."""
    unpacker, pending, left = zlib.decompressobj(), bytearray(), png.size[1]
    for part in png.data:
        packed: bytes | memoryview = part
        while packed and left:
            wanted = min(rows, left) * png.row_bytes
            pending += unpacker.decompress(packed, wanted - len(pending))
            packed = unpacker.unconsumed_tail
            if len(pending) == wanted:
                left -= min(rows, left)
                yield bytes(pending)
                pending.clear()
            elif not packed or unpacker.eof:
                break


def _decoded(png: _Png, data: bytes) -> npt.NDArray[Any]:
    """Decode rows as a picture of their own; a palette's as grey, which holds its numbers."""
    color = _GREY if png.color == _PALETTE else png.color
    head = struct.pack(">IIBBBBB", png.size[0], len(data) // png.row_bytes, png.depth, color, 0, 0, 0)
    file = _MAGIC + b"".join(
        _chunk(name, part)
        for name, part in ((b"IHDR", head), (b"IDAT", zlib.compress(data, 0)), (b"IEND", b""))
    )
    pixels = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.shape[0] * png.row_bytes != len(data):
        raise PngError("expected a whole PNG file")
    return np.asarray(pixels)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))


def _stored(png: _Png, row: npt.NDArray[Any]) -> bytes:
    """Return a decoded row as a file stores it, without a filter."""
    if png.color == _RGB:
        row = row[:, ::-1]
    elif png.color == _RGBA:
        row = row[:, [2, 1, 0, 3]]
    return row.astype(">u2" if png.depth == 16 else np.uint8).tobytes()


def _reduced(band: Frame, step: int) -> Frame:
    """Return every block of so many pixels as one; what is left at the edges is cut off."""
    height, width = band.shape[0] // step, band.shape[1] // step
    if not height:
        return band[:0, :width]
    return resized(np.ascontiguousarray(band[: height * step, : width * step]), (width, height))
