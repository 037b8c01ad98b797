"""Enormous PNG files, in bands: the same picture as decoded whole."""

import struct
import zlib

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from effects.files import png_bands
from effects.files.frames import opaque
from effects.files.png_bands import PngError, is_whole, read_in_bands
from effects.files.stills import read_still

WHOLE = (10_000, 10_000)
FILTERS = [
    cv2.IMWRITE_PNG_FILTER_NONE,
    cv2.IMWRITE_PNG_FILTER_SUB,
    cv2.IMWRITE_PNG_FILTER_UP,
    cv2.IMWRITE_PNG_FILTER_AVG,
    cv2.IMWRITE_PNG_FILTER_PAETH,
    cv2.IMWRITE_PNG_ALL_FILTERS,
]


@pytest.fixture(autouse=True)
def small_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png_bands, "_BAND_BYTES", 2000)


def noise(channels: int, kind: type[np.unsignedinteger] = np.uint8) -> npt.NDArray[np.unsignedinteger]:
    """A picture that leaves no filter without work."""
    shape = (102, 66, channels) if channels > 1 else (102, 66)
    return np.random.default_rng(5).integers(0, np.iinfo(kind).max, shape, kind)


def encoded(picture: npt.NDArray[np.unsignedinteger], *options: int) -> bytes:
    return cv2.imencode(".png", np.asarray(picture), options)[1].tobytes()


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("way", FILTERS)
def test_bands_make_the_picture_that_is_in_the_file(
    way: int, channels: int, kind: type[np.unsignedinteger]
) -> None:
    picture = noise(channels, kind)
    content = encoded(picture, cv2.IMWRITE_PNG_FILTER, way)
    assert np.array_equal(read_in_bands(content, WHOLE), opaque(picture))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_palette() -> bytes:
    """Ten rows of the indices 0, 1 and 2, all but the first filtered as a difference."""
    head = struct.pack(">IIBBBBB", 30, 10, 8, 3, 0, 0, 0)
    rows = b"\0" + bytes([0, 1, 2] * 10) + (b"\2" + bytes(30)) * 9
    colors, alphas = bytes([200, 0, 0, 0, 100, 0, 0, 0, 50]), bytes([255, 255, 0])
    parts = (
        (b"IHDR", head),
        (b"PLTE", colors),
        (b"tRNS", alphas),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def test_colours_of_a_palette_are_looked_up_and_hidden_ones_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png_bands, "_BAND_BYTES", 100)
    frame = read_in_bands(with_palette(), WHOLE)
    assert frame.shape == (10, 30, 3)
    assert frame[9, :3].tolist() == [[0, 0, 200], [0, 100, 0], [0, 0, 0]]


def test_an_enormous_png_is_made_smaller_while_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("effects.files.stills.MOST_DECODED_BYTES", 100_000)
    picture = np.full((900, 1600, 3), (30, 60, 200), np.uint8)
    picture[450:] = 90
    frame = read_still(encoded(picture), (160, 90))
    assert frame.shape == (90, 160, 3)
    assert frame[20, 20].tolist() == [30, 60, 200]
    assert frame[70, 20].tolist() == [90, 90, 90]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        encoded(noise(3))[:60],
        encoded(noise(3))[:5000],
        encoded(noise(3)).replace(b"IDAT", b"XDAT"),
        encoded(noise(3))[:28] + b"\1" + encoded(noise(3))[29:],
        encoded(noise(1), cv2.IMWRITE_PNG_BILEVEL, 1),
    ],
)
def test_what_is_broken_or_cannot_be_cut_is_refused(content: bytes) -> None:
    with pytest.raises((PngError, zlib.error)):
        read_in_bands(content, WHOLE)


def test_a_png_that_promises_more_than_it_holds_is_not_whole() -> None:
    """OpenCV takes 4 GB for a part of that length, in a file of some hundred bytes."""
    content = cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes()
    place = content.index(b"IDAT") - 4
    assert is_whole(content)
    assert is_whole(content + b"junk")
    assert not is_whole(content[:place] + b"\xf4\0\0\0" + content[place + 4 :])
    assert not is_whole(content[:-1])
    assert not is_whole(content[:20])
