"""Pictures of products, as they are uploaded and kept."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import UpTo

MAX_PICTURE_BYTES: Final = 12 * 1024 * 1024
MAX_PICTURE_PIXELS: Final = 40_000_000
THUMBNAIL_SIDE: Final = 320

PictureName = Annotated[str, UpTo(100)]


class Picture(msgspec.Struct, frozen=True):
    """A picture that the shop keeps.

    Attributes:
        name: by which products refer to it.
        path: of the picture on the backend.
        thumbnail: path of a small one; of pictures that were not uploaded, the same as `path`.
    """

    name: str
    path: str
    thumbnail: str


class StoredPicture(msgspec.Struct, frozen=True):
    """What `POST /api/v1/pictures` gives; the same picture again has the same name.

    Attributes:
        width, height: of the picture as it is kept, in pixels.
    """

    picture: Picture
    width: int
    height: int


class PicturesRemoval(msgspec.Struct, frozen=True):
    """What a deletion of pictures took away."""

    deleted: list[str]
