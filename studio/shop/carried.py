"""What became of an act of the products window."""

from collections.abc import Mapping

import msgspec

from backend.contract.exchange import UndoLeft
from backend.contract.products import StaffProduct
from widgets.shop.products_acts import ProductAct

Known = Mapping[str, StaffProduct]


class Carried(msgspec.Struct):
    """What became of an act.

    Attributes:
        products: those that are other now.
        removed: ids of those that are no more.
        order: what the room lists; None where it was not touched.
        undo: what takes the act back, where only the shop's answer tells.
        refused: what was not done of many, in the shop's words, by the product's id.
        kept: why a product was not deleted, but taken off the shelf.
        import_left: what of an import was not taken back.
        outdated: ids of products that are to be read again.
    """

    products: list[StaffProduct] = msgspec.field(default_factory=list)
    removed: list[str] = msgspec.field(default_factory=list)
    order: list[str] | None = None
    undo: ProductAct | None = None
    refused: dict[str, str] = msgspec.field(default_factory=dict)
    kept: str = ""
    import_left: list[UndoLeft] = msgspec.field(default_factory=list)
    outdated: list[str] = msgspec.field(default_factory=list)
