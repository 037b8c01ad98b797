"""Picture files: measured first, decoded as small as is enough, nothing shown that is hidden."""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.files.stills import (
    Kind,
    StillError,
    StillTooLargeError,
    measured,
    read_layered,
    read_still,
    still_content,
)
from tests.support.media_file import Look, grey, make_film

ENOUGH = (64, 48)


def encoded(
    picture: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]", ending: str, *options: int
) -> bytes:
    return cv2.imencode(ending, np.asarray(picture), options)[1].tobytes()


PLAIN = np.full((48, 80, 3), (30, 60, 200), np.uint8)
LOSSLESS = (cv2.IMWRITE_WEBP_QUALITY, 101)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (encoded(PLAIN, ".png"), Kind.PNG),
        (encoded(PLAIN, ".jpg"), Kind.JPEG),
        (encoded(PLAIN, ".jpg", cv2.IMWRITE_JPEG_PROGRESSIVE, 1), Kind.JPEG),
        (encoded(PLAIN, ".webp"), Kind.WEBP),
        (encoded(PLAIN, ".webp", *LOSSLESS), Kind.WEBP),
        (encoded(PLAIN, ".bmp"), Kind.BMP),
        (encoded(np.dstack([PLAIN, PLAIN[..., 0]]), ".webp", *LOSSLESS), Kind.WEBP),
    ],
)
def test_a_picture_file_is_measured_and_read(content: bytes, kind: Kind) -> None:
    measures = measured(content)
    assert measures is not None
    assert (measures.kind, measures.size, measures.is_moving) == (kind, (80, 48), False)
    assert read_still(content, ENOUGH).shape == (48, 80, 3)


@given(
    st.binary(max_size=80),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"BM"]),
)
def test_no_bytes_break_the_measuring(content: bytes, head: bytes) -> None:
    measured(head + content)


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
@pytest.mark.parametrize("ending", [".png", ".webp"])
def test_what_a_picture_hides_is_not_shown(ending: str, depth: type[np.generic]) -> None:
    picture = np.full((48, 64, 4), (30, 60, 200, 255), np.uint8)
    picture[:24, :, 3] = 0
    if depth is np.uint16 and ending == ".png":
        content = encoded(picture.astype(np.uint16) * 257, ending)
    else:
        content = encoded(picture, ending, *(LOSSLESS if ending == ".webp" else ()))
    frame = read_still(content, ENOUGH)
    assert frame[:24].max() == 0
    assert frame[30, 30].tolist() == [30, 60, 200]


def test_hidden_colours_do_not_come_through_when_a_picture_is_made_smaller() -> None:
    picture = np.zeros((480, 640, 4), np.uint8)
    picture[..., :3] = 255
    picture[:, 315:, :3] = (0, 0, 200)
    picture[:, 315:, 3] = 255
    assert read_still(encoded(picture, ".png"), ENOUGH)[:, :, 0].max() == 0


def test_grey_and_sixteen_bit_pictures_are_read() -> None:
    assert read_still(encoded(np.full((48, 64), 90, np.uint8), ".png"), ENOUGH)[0, 0].tolist() == [90] * 3
    assert (
        read_still(encoded(np.full((48, 64), 90 * 257, np.uint16), ".png"), ENOUGH)[0, 0].tolist() == [90] * 3
    )


def test_a_photograph_is_shown_upright() -> None:
    picture = np.zeros((48, 80, 3), np.uint8)
    picture[:24, :40] = 255
    jpeg = encoded(picture, ".jpg")
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"  # orientation 6
    content = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
    frame = read_still(content, ENOUGH)
    assert frame.shape == (80, 48, 3)
    assert frame[20, 36].mean() > 200  # what stood above on the left stands above on the right
    assert frame[20, 10].mean() < 50


def test_a_photograph_of_a_wide_screen_is_converted() -> None:
    jpeg = encoded(PLAIN, ".jpg", cv2.IMWRITE_JPEG_QUALITY, 100)
    profile = b"ICC_PROFILE\0\x01\x01" + bytes(128) + "Display P3".encode("utf-16-be")
    content = jpeg[:2] + b"\xff\xe2" + struct.pack(">H", len(profile) + 2) + profile + jpeg[2:]
    assert read_still(content, ENOUGH)[20, 20, 2] > read_still(jpeg, ENOUGH)[20, 20, 2] + 8


@pytest.mark.parametrize(("transfer", "level"), [(18, 229), (16, 254), (13, 191)])
def test_a_picture_of_hdr_is_tone_mapped(transfer: int, level: int) -> None:
    png = encoded(np.full((48, 64, 3), 191, np.uint8), ".png")
    chunk = b"cICP" + bytes([9 if transfer != 13 else 1, transfer, 0, 1])
    noted = struct.pack(">I", 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    frame = read_still(png[:33] + noted + png[33:], ENOUGH)
    assert frame[20, 20].tolist() == pytest.approx([level] * 3, abs=4)


def test_an_enormous_photograph_is_made_smaller_while_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    flags: list[int] = []
    decode = cv2.imdecodeWithMetadata

    def noted(content: object, how: int) -> object:
        flags.append(how)
        return decode(content, how)  # type: ignore[call-overload]

    monkeypatch.setattr(cv2, "imdecodeWithMetadata", noted)
    content = encoded(np.full((1200, 1600, 3), 90, np.uint8), ".jpg")
    assert read_still(content, ENOUGH).shape == (48, 64, 3)
    assert flags == [cv2.IMREAD_REDUCED_COLOR_8]


def png_of(width: int, height: int) -> bytes:
    """The head of a picture of this size, without its pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + bytes(40)
    )


def progressive_of(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(40)


@pytest.mark.parametrize(
    "content",
    [png_of(60_000, 60_000), progressive_of(30_000, 20_000), png_of(2**31 - 1, 1000), png_of(30_000, 20_000)],
)
def test_what_would_fill_the_memory_is_refused_before_it_is_decoded(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(cv2, "imdecodeWithMetadata")
    with pytest.raises(StillTooLargeError, match="expected at most 512 MB"):
        read_still(content, ENOUGH)


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", encoded(PLAIN, ".png")[:50], png_of(10, 10), png_of(0, 10)]
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(StillError):
        read_still(content, ENOUGH)


def test_a_film_is_no_still(tmp_path: Path) -> None:
    assert (
        still_content(make_film(tmp_path / "film.avi", [(0.0, grey(9))], Look("mjpeg", "yuvj420p"))) is None
    )
    moving = make_film(tmp_path / "moving.apng", [(0.0, grey(9)), (1.0, grey(90))], Look("apng", "rgb24"))
    assert still_content(moving) is None
    path = tmp_path / "still.png"
    path.write_bytes(encoded(PLAIN, ".png"))
    assert still_content(path) == path.read_bytes()


def test_an_enormous_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.truncate(257 << 20)
    with pytest.raises(StillTooLargeError, match="256 MB"):
        still_content(path)


def test_a_webp_that_moves_shows_its_first_picture(tmp_path: Path) -> None:
    """FFmpeg decodes none of it: it is no film."""
    animation = cv2.Animation()
    animation.frames = [np.full((48, 64, 4), (level,) * 3 + (255,), np.uint8) for level in (40, 200)]
    animation.durations = [200, 200]
    path = tmp_path / "moves.webp"
    assert cv2.imwriteanimation(str(path), animation)
    content = still_content(path)
    assert content is not None
    assert read_still(content, (64, 48)).mean() == pytest.approx(40, abs=1)


@pytest.mark.parametrize(("ending", "depth"), [(".png", np.uint8), (".png", np.uint16), (".webp", np.uint8)])
def test_a_picture_with_transparency_is_read_with_its_colours_multiplied(
    ending: str, depth: type[np.generic]
) -> None:
    most = np.iinfo(depth).max  # type: ignore[type-var]
    picture = np.full((48, 80, 4), most, depth)
    picture[:, 40:, 3] = 0  # hidden white
    picture[:, :20, 3] = most // 2
    read = read_layered(encoded(picture, ending, *(LOSSLESS if ending == ".webp" else ())), ENOUGH)
    assert read.shape == (48, 80, 4)
    assert read[5, 30].tolist() == [255] * 4
    assert read[5, 60].tolist() == [0] * 4
    assert np.abs(read[5, 10].astype(int) - 127).max() <= 1


@pytest.mark.parametrize("ending", [".png", ".jpg", ".bmp"])
def test_a_picture_without_transparency_has_three_channels(ending: str) -> None:
    assert read_layered(encoded(PLAIN, ending), ENOUGH).shape == (48, 80, 3)
