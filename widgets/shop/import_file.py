"""A file of products that is to be imported, and how."""

from dataclasses import dataclass
from enum import StrEnum

from backend.contract.exchange import PicturesOf, StockOf


class ListingOf(StrEnum):
    """Where products that are new are shown.

    Attributes:
        ROOM: the room lists them after all others.
        NONE: they lie in the shop alone.
    """

    ROOM = "room"
    NONE = "none"


@dataclass(frozen=True)
class ImportFile:
    """A file to be imported, and how.

    Attributes:
        name: for people.
        content: the bytes of the file.
        key: of this import; the same one is carried out once.
        stock: what becomes of the stock of SKUs that are there.
        pictures: whether links to pictures are followed.
        listing: where what is new is shown.
    """

    name: str
    content: bytes
    key: str
    stock: StockOf = StockOf.LEAVE
    pictures: PicturesOf = PicturesOf.LEAVE
    listing: ListingOf = ListingOf.ROOM
