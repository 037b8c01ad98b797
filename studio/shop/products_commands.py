"""What the products window asks for, as requests to the catalogue, one after the other."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.listing import PlaceProduct
from backend.contract.products import (
    ChangeProduct,
    ChangeSku,
    StaffProduct,
)
from backend.contract.stock import MoveStock as MoveStockBody
from studio.connection.catalog_http import CatalogHttp
from studio.shop.carried import Carried, Known
from studio.shop.import_requests import import_key, import_query
from studio.shop.products_batches import change_alike
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
from widgets.shop.room_order import inserted, put_back, steps

_PRODUCTS: Final = frozenset({AssistantRight.PRODUCTS})
_PRICES: Final = frozenset({AssistantRight.PRICES})
RIGHTS: Final[Mapping[type[ProductAct], frozenset[AssistantRight]]] = {
    SetTitle: _PRODUCTS,
    SetPrice: _PRICES,
    MoveStock: _PRODUCTS,
    CountStock: _PRODUCTS,
    AddProduct: _PRODUCTS | _PRICES,
    ChangeDetails: frozenset(),
    SetPicture: _PRODUCTS,
    ChangePrices: _PRICES,
    RestorePrices: _PRODUCTS | _PRICES,
    ChangeLabels: _PRODUCTS,
    RestoreLabels: _PRODUCTS,
    PutInRoom: _PRODUCTS,
    PutBack: _PRODUCTS,
    TakeFromRoom: _PRODUCTS,
    PutOnShelf: _PRODUCTS,
    TakeOffShelf: _PRODUCTS,
    DeleteProducts: _PRODUCTS,
    UndoImport: _PRODUCTS | _PRICES,
}
"""The rights that each act needs; those of a form its fields say."""


def allowed(rights: Collection[AssistantRight]) -> frozenset[type[ProductAct]]:
    """What one may do who has these rights; nothing without a right to products or prices."""
    if not (_PRODUCTS | _PRICES) & set(rights):
        return frozenset()
    return frozenset(kind for kind, needed in RIGHTS.items() if needed <= set(rights))


async def carry_out(act: ProductAct, http: CatalogHttp, known: Known) -> Carried:
    """Do it to the products that the editor saw in these versions; raise as `CatalogHttp` does."""
    match act:
        case SetTitle(spu_id=spu_id, title=title):
            carried = await _change(http, spu_id, ChangeProduct(known[spu_id].version, title=title))
        case SetPrice(spu_id=spu_id, sku_id=sku_id, price_minor=price_minor):
            skus = [ChangeSku(sku_id, price_minor=price_minor)]
            carried = await _change(http, spu_id, ChangeProduct(known[spu_id].version, skus=skus))
        case MoveStock() | CountStock():
            carried = await _move_stock(http, act)
        case AddProduct():
            carried = await _add(http, act)
        case ChangeDetails():
            carried = await _change_details(http, act)
        case SetPicture():
            carried = await _set_picture(http, act, known)
        case DeleteProducts(spu_ids=spu_ids):
            carried = await _delete(http, spu_ids, known)
        case PutInRoom() | PutBack() | TakeFromRoom():
            carried = await _arrange(http, act)
        case UndoImport(file=file):
            done = await http.undo_import(import_key(file, "import"), import_query(file, dry_run=False))
            carried = Carried(import_left=done.left)
        case _:
            carried = await change_alike(act, http, known)
    return carried


async def _change(http: CatalogHttp, spu_id: str, change: ChangeProduct) -> Carried:
    update = await http.change(spu_id, change, _key())
    return Carried([update.after])


async def _move_stock(http: CatalogHttp, act: MoveStock | CountStock) -> Carried:
    if isinstance(act, CountStock):
        body = MoveStockBody(act.reason, count=act.counted)
    else:
        body = MoveStockBody(act.reason, delta=act.delta)
    await http.move_stock(act.sku_id, body, _key())
    return Carried([await http.product(act.spu_id)])


async def _add(http: CatalogHttp, act: AddProduct) -> Carried:
    names = [(await http.upload(content)).picture.name for content in act.pictures]
    made = await http.create(msgspec.structs.replace(act.product, pictures=names), act.key)
    order = (await http.listing()).spu_ids if act.product.is_in_room else None
    return Carried([made], order=order, undo=DeleteProducts((made.spu_id,)))


async def _change_details(http: CatalogHttp, act: ChangeDetails) -> Carried:
    change = act.change
    if act.pictures is not None:
        names = [
            one if isinstance(one, str) else (await http.upload(one)).picture.name for one in act.pictures
        ]
        change = msgspec.structs.replace(change, pictures=names)
    update = await http.change(act.spu_id, change, _key())
    return Carried([update.after], undo=_restoring(update.before, update.after))


async def _set_picture(http: CatalogHttp, act: SetPicture, known: Known) -> Carried:
    product = known[act.spu_id]
    name = (await http.upload(act.picture)).picture.name
    rest = [one.name for one in product.pictures[1:] if one.name != name]
    update = await http.change(act.spu_id, ChangeProduct(product.version, pictures=[name, *rest]), _key())
    return Carried([update.after], undo=_restoring(update.before, update.after))


def _restoring(before: StaffProduct, after: StaffProduct) -> ChangeDetails:
    """What makes a product again what it was; SKUs that came are not sold any more."""
    old = {sku.sku_id: sku for sku in before.skus}
    fields = (
        "specs",
        "code",
        "price_minor",
        "reference_minor",
        "floor_minor",
        "limit_per_buyer",
        "is_active",
    )
    skus = []
    for sku in after.skus:
        was = old.get(sku.sku_id)
        if was is None:
            skus.append(ChangeSku(sku.sku_id, is_active=False))
            continue
        changed = {name: getattr(was, name) for name in fields if getattr(was, name) != getattr(sku, name)}
        if changed:
            skus.append(ChangeSku(sku.sku_id, **changed))
    change = ChangeProduct(
        after.version,
        title=before.title,
        description=before.description,
        category=before.category,
        tags=before.tags,
        is_on_shelf=before.is_on_shelf,
        skus=skus,
    )
    return ChangeDetails(before.spu_id, change, tuple(one.name for one in before.pictures))


async def _delete(http: CatalogHttp, spu_ids: Sequence[str], known: Known) -> Carried:
    carried = Carried()
    for spu_id in spu_ids:
        removal = await http.remove(spu_id, known[spu_id].version)
        if removal.after is None:
            carried.removed.append(spu_id)
        else:
            carried.products.append(removal.after)
            carried.kept = removal.reason
    carried.order = (await http.listing()).spu_ids
    return carried


async def _arrange(http: CatalogHttp, act: PutInRoom | PutBack | TakeFromRoom) -> Carried:
    now = (await http.listing()).spu_ids
    if isinstance(act, TakeFromRoom):
        for spu_id in act.spu_ids:
            now = (await http.take_from_room(spu_id)).spu_ids
        return Carried(order=now)
    if isinstance(act, PutInRoom):
        wanted = inserted(now, act.spu_ids, act.before)
    else:
        wanted = put_back(now, act.spu_ids, act.order)
    for spu_id, place in steps(now, wanted):
        now = (await http.put_in_room(PlaceProduct(spu_id, place), _key())).spu_ids
    return Carried(order=now)


def _key() -> str:
    return uuid.uuid4().hex
