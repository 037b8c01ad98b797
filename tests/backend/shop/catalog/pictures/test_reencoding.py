import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from backend.contract.pictures import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, THUMBNAIL_SIDE
from backend.shop.catalog.pictures.reencoding import LONGEST_SIDE, PictureError, reencode
from tests.backend.shop.catalog.pictures.drawing import drawn, opened, photo


def png_of_size(width: int, height: int) -> bytes:
    """The head of a picture that would be so large, and none of its pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 100) + b"IDAT"


def test_a_photo_stands_upright_and_keeps_nothing_but_its_pixels() -> None:
    encoded = reencode(photo())
    assert (encoded.width, encoded.height) == (20, 40)
    for content in (encoded.content, encoded.thumbnail):
        kept = opened(content)
        assert (kept.format, kept.size) == ("WEBP", (20, 40))
        assert b"my garden" not in content
        assert not {"exif", "icc_profile", "xmp"} & set(kept.info)


@pytest.mark.parametrize(
    "content",
    [
        drawn("PNG"),
        drawn("PNG", mode="RGBA"),
        drawn("PNG", mode="LA"),
        drawn("PNG", mode="P"),
        drawn("PNG", mode="I;16"),
        drawn("JPEG", mode="L"),
        drawn("JPEG", mode="CMYK"),
        drawn("WEBP"),
        drawn("GIF", mode="P"),
    ],
)
def test_each_kind_of_picture_is_taken(content: bytes) -> None:
    encoded = reencode(content)
    assert (encoded.width, encoded.height) == (40, 20)
    assert opened(encoded.content).format == "WEBP"


def test_what_can_be_seen_through_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    kept = opened(reencode(out.getvalue()).content)
    assert kept.convert("RGBA").getpixel((4, 4)) == (0, 0, 0, 0)


def test_a_large_picture_is_made_smaller_and_its_thumbnail_small() -> None:
    encoded = reencode(drawn(size=(4000, 1000)))
    assert (encoded.width, encoded.height) == (LONGEST_SIDE, 400)
    assert opened(encoded.thumbnail).size == (THUMBNAIL_SIDE, 80)


def test_colours_of_a_profile_become_those_of_the_screen() -> None:
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert opened(reencode(drawn(icc_profile=linear)).content).size == (40, 20)
    assert opened(reencode(drawn(icc_profile=b"no profile at all")).content).size == (40, 20)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        drawn("BMP"),
        drawn("TIFF"),
        drawn("PNG")[:-40],
        drawn("JPEG")[:200],
        b"\x89PNG\r\n\x1a\n" + bytes(60),
    ],
)
def test_what_is_no_whole_picture_of_a_kind_that_is_taken_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError, match="no whole picture"):
        reencode(content)


@pytest.mark.parametrize("side", [7_000, 10_000, 30_000])
def test_a_picture_with_too_many_pixels_is_refused_by_its_head_alone(side: int) -> None:
    assert side * side > MAX_PICTURE_PIXELS
    with pytest.raises(PictureError, match="million pixels"):
        reencode(png_of_size(side, side))


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(PictureError, match="MB"):
        reencode(bytes(MAX_PICTURE_BYTES + 1))


@given(
    place=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]),
)
def test_a_damaged_picture_is_taken_or_refused_and_breaks_nothing(place: float, byte: int, kind: str) -> None:
    content = bytearray(drawn(kind))
    content[int(place * len(content))] = byte
    with suppress(PictureError):
        assert reencode(bytes(content)).width > 0
