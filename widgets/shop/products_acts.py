"""What the products window asks of the shop."""

from dataclasses import dataclass, field
from typing import TypeAlias

from backend.contract.products import ChangeProduct, NewProduct, SeenProduct
from widgets.shop.import_file import ImportFile


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
    """Set the stock to the units that were counted in the house, those held for orders among them."""

    spu_id: str
    sku_id: str
    counted: int
    reason: str


@dataclass(frozen=True, eq=False)
class AddProduct:
    """Add a product to the shop.

    Attributes:
        product: all of it but the pictures.
        pictures: the bytes of image files, in the gallery's order.
        key: the same for each try, so that it is added once.
    """

    product: NewProduct
    pictures: tuple[bytes, ...]
    key: str


@dataclass(frozen=True, eq=False)
class ChangeDetails:
    """Change what the form of a product shows.

    Attributes:
        pictures: the whole gallery, names of pictures that are there and bytes of new ones; None leaves it.
    """

    spu_id: str
    change: ChangeProduct
    pictures: tuple[str | bytes, ...] | None = None


@dataclass(frozen=True, eq=False)
class SetPicture:
    """Put this in the place of a product's first picture."""

    spu_id: str
    picture: bytes = field(repr=False)


@dataclass(frozen=True)
class ChangePrices:
    """Change all prices of products by a part of them or by an amount: one of the two is 0."""

    spu_ids: tuple[str, ...]
    change_bp: int = 0
    change_minor: int = 0


@dataclass(frozen=True, eq=False)
class RestorePrices:
    """Bring back what was before a change of prices."""

    products: tuple[SeenProduct, ...]


@dataclass(frozen=True)
class ChangeLabels:
    """Change the category and the tags of products; those that are to go go first.

    Attributes:
        category: None leaves it.
    """

    spu_ids: tuple[str, ...]
    category: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class RestoreLabels:
    """Bring back what was before a change of category and tags."""

    products: tuple[SeenProduct, ...]


@dataclass(frozen=True)
class PutInRoom:
    """Show products in the room before another one, or move them there; at the end where that is empty."""

    spu_ids: tuple[str, ...]
    before: str = ""


@dataclass(frozen=True)
class PutBack:
    """Show products in the room where they stood in this order."""

    spu_ids: tuple[str, ...]
    order: tuple[str, ...]


@dataclass(frozen=True)
class TakeFromRoom:
    """Do not show products in the room any more; the shop keeps them."""

    spu_ids: tuple[str, ...]


@dataclass(frozen=True)
class PutOnShelf:
    """Let products be sold."""

    spu_ids: tuple[str, ...]


@dataclass(frozen=True)
class TakeOffShelf:
    """Do not sell products any more, in no room."""

    spu_ids: tuple[str, ...]


@dataclass(frozen=True)
class DeleteProducts:
    """Delete products; the shop keeps one that orders have, off the shelf."""

    spu_ids: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class UndoImport:
    """Take an import back, where nobody changed or bought since what it brought."""

    file: ImportFile = field(repr=False)


ProductAct: TypeAlias = (
    SetTitle
    | SetPrice
    | MoveStock
    | CountStock
    | AddProduct
    | ChangeDetails
    | SetPicture
    | ChangePrices
    | RestorePrices
    | ChangeLabels
    | RestoreLabels
    | PutInRoom
    | PutBack
    | TakeFromRoom
    | PutOnShelf
    | TakeOffShelf
    | DeleteProducts
    | UndoImport
)


def products_of(act: ProductAct) -> tuple[str, ...]:
    """The ids of the products that an act is about; none where it adds one."""
    match act:
        case AddProduct() | UndoImport():
            return ()
        case RestorePrices(products=products) | RestoreLabels(products=products):
            return tuple(seen.spu_id for seen in products)
        case SetTitle() | SetPrice() | MoveStock() | CountStock() | ChangeDetails() | SetPicture():
            return (act.spu_id,)
        case _:
            return act.spu_ids
