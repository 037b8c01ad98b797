"""What takes an act back, and what is said once one was done."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from widgets.common.money import amount_text
from widgets.shop.products_acts import (
    AddProduct,
    ChangeDetails,
    ChangeLabels,
    ChangePrices,
    CountStock,
    DeleteProducts,
    MoveStock,
    ProductAct,
    PutBack,
    PutInRoom,
    PutOnShelf,
    RestoreLabels,
    RestorePrices,
    SetPicture,
    SetPrice,
    SetTitle,
    TakeFromRoom,
    TakeOffShelf,
    UndoImport,
)
from widgets.shop.products_entry import ProductEntry, SkuEntry


def undo_of(act: ProductAct, before: Sequence[ProductEntry], order: Sequence[str]) -> ProductAct | None:
    """The act that brings back products and the room's order; None where only the shop's answer can tell."""
    if not before:
        return None
    first, ids = before[0], tuple(entry.spu_id for entry in before)
    listed = tuple(entry.spu_id for entry in before if entry.is_in_room)
    made: ProductAct | None = None
    match act:
        case SetTitle():
            made = SetTitle(first.spu_id, first.title)
        case SetPrice(sku_id=sku_id):
            made = SetPrice(first.spu_id, sku_id, _sku(first, sku_id).price_minor)
        case MoveStock(sku_id=sku_id, delta=delta):
            made = MoveStock(first.spu_id, sku_id, -delta, _taken_back())
        case CountStock(sku_id=sku_id, counted=counted) if counted != _sku(first, sku_id).on_hand:
            delta = _sku(first, sku_id).on_hand - counted
            made = MoveStock(first.spu_id, sku_id, delta, _taken_back())
        case PutInRoom():
            made = PutBack(listed, tuple(order)) if listed else TakeFromRoom(ids)
        case TakeFromRoom():
            made = PutBack(listed, tuple(order))
        case PutOnShelf():
            made = TakeOffShelf(tuple(entry.spu_id for entry in before if not entry.is_on_shelf))
        case TakeOffShelf():
            made = PutOnShelf(tuple(entry.spu_id for entry in before if entry.is_on_shelf))
    return made


def done_text(act: ProductAct, before: Sequence[ProductEntry]) -> str:
    """What was done, in a line."""
    translate = QCoreApplication.translate
    if len(before) > 1:
        return _done_to_many(act).format(n=f"{len(before):,}")
    text = {
        SetTitle: translate("Products", "Now called {new}"),
        SetPrice: translate("Products", "{title}: now {amount}"),
        MoveStock: translate("Products", "Stock of {title} saved"),
        CountStock: translate("Products", "Stock of {title} saved"),
        AddProduct: translate("Products", "Added: {new}"),
        ChangeDetails: translate("Products", "Saved: {title}"),
        SetPicture: translate("Products", "Picture of {title} saved"),
        ChangePrices: translate("Products", "Prices of {title} changed"),
        RestorePrices: translate("Products", "Prices are as before"),
        ChangeLabels: translate("Products", "Category and tags of {title} saved"),
        RestoreLabels: translate("Products", "Category and tags are as before"),
        PutInRoom: translate("Products", "In this room: {title}"),
        PutBack: translate("Products", "In this room: {title}"),
        TakeFromRoom: translate("Products", "Not in this room any more: {title}"),
        PutOnShelf: translate("Products", "On the shelf: {title}"),
        TakeOffShelf: translate("Products", "Off the shelf, in no room on sale: {title}"),
        DeleteProducts: translate("Products", "Deleted: {title}"),
        UndoImport: translate("Products", "The import is taken back"),
    }[type(act)]
    first = before[0] if before else None
    if isinstance(act, PutInRoom) and first is not None and first.is_in_room:
        text = translate("Products", "Moved: {title}")
    price = act.price_minor if isinstance(act, SetPrice) else 0
    return text.format(
        title="" if first is None else first.title,
        new=_new_title(act),
        amount="" if first is None else amount_text(price, first.currency),
    )


def _done_to_many(act: ProductAct) -> str:
    translate = QCoreApplication.translate
    return {
        ChangePrices: translate("Products", "Prices of {n} products changed"),
        ChangeLabels: translate("Products", "Category and tags of {n} products saved"),
        PutOnShelf: translate("Products", "{n} products on the shelf"),
        TakeOffShelf: translate("Products", "{n} products off the shelf, in no room on sale"),
        TakeFromRoom: translate("Products", "{n} products not in this room any more"),
        DeleteProducts: translate("Products", "{n} products deleted"),
    }.get(type(act), translate("Products", "{n} products in this room"))


def _new_title(act: ProductAct) -> str:
    match act:
        case SetTitle(title=title):
            return title
        case AddProduct(product=product):
            return product.title
    return ""


def _sku(entry: ProductEntry, sku_id: str) -> SkuEntry:
    return next((sku for sku in entry.skus if sku.sku_id == sku_id), entry.skus[0])


def _taken_back() -> str:
    return QCoreApplication.translate("Products", "taken back")
