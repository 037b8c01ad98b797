"""A product as the products window shows it, and which filter keeps it."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

LOW: Final = 10
"""Fewer units than this are low."""


@dataclass(frozen=True)
class SkuEntry:
    """One choice of a product's specifications.

    Attributes:
        specs: pairs of name and value; empty where there is no choice.
        reserved: units held for orders that are not paid.
        sold: units sold so far.
        has_stock: whether it has a stock of its own; a bundle has none.
    """

    sku_id: str
    specs: tuple[tuple[str, str], ...]
    price_minor: int
    reference_minor: int | None
    left: int
    code: str = ""
    floor_minor: int = 0
    reserved: int = 0
    sold: int = 0
    has_stock: bool = True

    @property
    def on_hand(self) -> int:
        """Units in the house, those that are held for orders among them."""
        return self.left + self.reserved


@dataclass(frozen=True)
class ProductEntry:
    """One row of the table.

    Attributes:
        number: the spoken number, 1..n; 0 where the room does not sell it.
        place: among all that the room lists, also off the shelf: 1..n; 0 outside of the room.
        image: path of the small picture on the backend; empty where there is none.
        skus: at least one.
    """

    spu_id: str
    number: int
    place: int
    title: str
    image: str
    is_on_shelf: bool
    currency: str
    skus: tuple[SkuEntry, ...]
    category: str = ""
    tags: tuple[str, ...] = ()

    @property
    def is_in_room(self) -> bool:
        """Whether the room shows it."""
        return self.place > 0

    @property
    def sku(self) -> SkuEntry | None:
        """The one SKU; None where there are several to choose from."""
        return self.skus[0] if len(self.skus) == 1 else None

    @property
    def cheapest(self) -> SkuEntry:
        """The SKU with the lowest price."""
        return min(self.skus, key=lambda sku: sku.price_minor)

    @property
    def has_several_prices(self) -> bool:
        """Whether some SKUs cost more than the cheapest."""
        return any(sku.price_minor != self.skus[0].price_minor for sku in self.skus)

    @property
    def left(self) -> int:
        """Units of all SKUs that can be bought."""
        return sum(sku.left for sku in self.skus)

    @property
    def reserved(self) -> int:
        """Units of all SKUs that are held for orders."""
        return sum(sku.reserved for sku in self.skus)

    @property
    def sold(self) -> int:
        """Units of all SKUs that were sold."""
        return sum(sku.sold for sku in self.skus)


@dataclass(frozen=True)
class Movement:
    """One line of the ledger of a SKU's stock.

    Attributes:
        kind: what moved it, in the ledger's word, such as `reserve`, `sale` or `adjust`.
        units: that came to the house or went; where none did, by how many more or fewer can be bought.
    """

    kind: str
    units: int
    reason: str
    at_ms: int


class Shelf(Enum):
    """The filters of the window."""

    ALL = auto()
    IN_ROOM = auto()
    OFF_SHELF = auto()
    SOLD_OUT = auto()
    LOW = auto()

    def holds(self, entry: ProductEntry) -> bool:
        """Whether the filter keeps this product."""
        match self:
            case Shelf.ALL:
                return True
            case Shelf.IN_ROOM:
                return entry.is_in_room
            case Shelf.OFF_SHELF:
                return not entry.is_on_shelf
            case Shelf.SOLD_OUT:
                return entry.is_on_shelf and entry.left == 0
            case Shelf.LOW:
                return entry.is_on_shelf and 0 < entry.left < LOW
