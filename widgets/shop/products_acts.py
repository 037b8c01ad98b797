"""What the products window asks of the shop."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class SetTitle:
    """Call a product this."""

    spu_id: str
    title: str


@dataclass(frozen=True)
class SetPrice:
    """Sell the one SKU of a product at this price."""

    spu_id: str
    sku_id: str
    price_minor: int


@dataclass(frozen=True)
class MoveStock:
    """Add units that came, or take some out: a movement beside what sells meanwhile."""

    spu_id: str
    sku_id: str
    delta: int
    reason: str


@dataclass(frozen=True)
class CountStock:
    """Set what is left to what was counted."""

    spu_id: str
    sku_id: str
    left: int
    reason: str


@dataclass(frozen=True)
class AddProduct:
    """Add a product with one SKU to the shop, and to the room.

    Attributes:
        picture: the bytes of an image file; empty for none.
        key: the same for each try, so that it is added once.
    """

    title: str
    price_minor: int
    stock: int
    picture: bytes
    key: str


@dataclass(frozen=True)
class SetPicture:
    """Let this be a product's picture."""

    spu_id: str
    picture: bytes


@dataclass(frozen=True)
class PutInRoom:
    """Show a product in the room under a spoken number, or move it there; 0 is the end."""

    spu_id: str
    number: int


@dataclass(frozen=True)
class TakeFromRoom:
    """Do not show a product in the room any more; the shop keeps it."""

    spu_id: str


@dataclass(frozen=True)
class PutOnShelf:
    """Let a product be sold."""

    spu_id: str


@dataclass(frozen=True)
class TakeOffShelf:
    """Do not sell a product any more, in no room."""

    spu_id: str


@dataclass(frozen=True)
class DeleteProduct:
    """Delete a product that was never sold."""

    spu_id: str


ProductAct: TypeAlias = (
    SetTitle
    | SetPrice
    | MoveStock
    | CountStock
    | AddProduct
    | SetPicture
    | PutInRoom
    | TakeFromRoom
    | PutOnShelf
    | TakeOffShelf
    | DeleteProduct
)
