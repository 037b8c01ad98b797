"""What takes an act back, and what is said once one was done."""

from PySide6.QtCore import QCoreApplication

from widgets.common.money import amount_text
from widgets.shop.products_acts import (
    AddProduct,
    CountStock,
    DeleteProduct,
    MoveStock,
    ProductAct,
    PutInRoom,
    PutOnShelf,
    SetPicture,
    SetPrice,
    SetTitle,
    TakeFromRoom,
    TakeOffShelf,
)
from widgets.shop.products_entry import ProductEntry, SkuEntry


def undo_of(act: ProductAct, before: ProductEntry | None) -> ProductAct | None:
    """The act that brings back what was before; None where nothing does."""
    made: ProductAct | None = None
    if before is None:
        return None
    spu_id = before.spu_id
    match act:
        case SetTitle():
            made = SetTitle(spu_id, before.title)
        case SetPrice(sku_id=sku_id):
            made = SetPrice(spu_id, sku_id, _sku(before, sku_id).price_minor)
        case MoveStock(sku_id=sku_id, delta=delta):
            made = MoveStock(spu_id, sku_id, -delta, _taken_back())
        case CountStock(sku_id=sku_id, left=left) if left != _sku(before, sku_id).left:
            made = MoveStock(spu_id, sku_id, _sku(before, sku_id).left - left, _taken_back())
        case PutInRoom():
            made = PutInRoom(spu_id, before.number) if before.is_in_room else TakeFromRoom(spu_id)
        case TakeFromRoom():
            made = PutInRoom(spu_id, before.number)
        case PutOnShelf():
            made = TakeOffShelf(spu_id)
        case TakeOffShelf():
            made = PutOnShelf(spu_id)
    return made


def done_text(act: ProductAct, before: ProductEntry | None) -> str:
    """What was done, in a line."""
    translate = QCoreApplication.translate
    text = {
        SetTitle: translate("Products", "Now called {new}"),
        SetPrice: translate("Products", "{title}: now {amount}"),
        MoveStock: translate("Products", "Stock of {title} saved"),
        CountStock: translate("Products", "Stock of {title} saved"),
        AddProduct: translate("Products", "Added: {new}"),
        SetPicture: translate("Products", "Picture of {title} saved"),
        PutInRoom: translate("Products", "In this room: {title}"),
        TakeFromRoom: translate("Products", "Not in this room any more: {title}"),
        PutOnShelf: translate("Products", "On the shelf: {title}"),
        TakeOffShelf: translate("Products", "Off the shelf, in no room on sale: {title}"),
        DeleteProduct: translate("Products", "Deleted: {title}"),
    }[type(act)]
    if isinstance(act, PutInRoom) and before is not None and before.is_in_room:
        text = translate("Products", "{title} is number {n} now")
    price = act.price_minor if isinstance(act, SetPrice) else 0
    return text.format(
        title="" if before is None else before.title,
        new=act.title if isinstance(act, SetTitle | AddProduct) else "",
        amount="" if before is None else amount_text(price, before.currency),
        n=act.number if isinstance(act, PutInRoom) else 0,
    )


def _sku(entry: ProductEntry, sku_id: str) -> SkuEntry:
    return next((sku for sku in entry.skus if sku.sku_id == sku_id), entry.skus[0])


def _taken_back() -> str:
    return QCoreApplication.translate("Products", "taken back")
