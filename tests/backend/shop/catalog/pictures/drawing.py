"""Pictures as cameras and programs write them."""

import io

from PIL import Image


def drawn(
    kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object
) -> bytes:
    """The bytes of a picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode.startswith("RGB") else None).save(out, kind, **options)
    return out.getvalue()


def photo(size: tuple[int, int] = (40, 20)) -> bytes:
    """A photo that a telephone took on its side, with words in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: turn it by a quarter to the right
    exif[0x010E] = "my garden"
    return drawn(size=size, exif=exif, comment=b"my garden")


def opened(content: bytes) -> Image.Image:
    """The picture in some bytes."""
    return Image.open(io.BytesIO(content))
