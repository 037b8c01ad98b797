"""Changes many products alike, as one request to the catalogue."""

import uuid
from collections.abc import Sequence
from typing import TypeAlias

import msgspec
from msgspec import UNSET

from backend.contract.products import (
    MOST_IN_BATCH,
    BatchItem,
    BatchValues,
    EditProducts,
    SeenProduct,
)
from studio.connection.catalog_http import CatalogHttp
from studio.shop.carried import Carried, Known
from widgets.shop.products_acts import (
    ChangeLabels,
    ChangePrices,
    ProductAct,
    PutOnShelf,
    RestoreLabels,
    RestorePrices,
    TakeOffShelf,
)

BatchAct: TypeAlias = ChangePrices | RestorePrices | ChangeLabels | RestoreLabels | PutOnShelf | TakeOffShelf


async def change_alike(act: BatchAct, http: CatalogHttp, known: Known) -> Carried:
    """Do it to the products that the editor saw in these versions; raise as `CatalogHttp` does."""
    items: list[BatchItem] = []
    seen = act.products if isinstance(act, RestorePrices | RestoreLabels) else _seen(act.spu_ids, known)
    for first in range(0, len(seen), MOST_IN_BATCH):
        body = _batch(act, list(seen[first : first + MOST_IN_BATCH]))
        items += (await http.change_alike(body, uuid.uuid4().hex)).items
    carried = Carried(outdated=[item.spu_id for item in items])
    carried.refused = {item.spu_id: item.detail for item in items if item.problem}
    carried.undo = _undo(act, items)
    return carried


def _seen(spu_ids: Sequence[str], known: Known) -> tuple[SeenProduct, ...]:
    return tuple(SeenProduct(spu_id, known[spu_id].version) for spu_id in spu_ids)


def _batch(act: BatchAct, seen: list[SeenProduct]) -> EditProducts:
    match act:
        case ChangePrices(change_bp=change_bp) if change_bp:
            return EditProducts(seen, price_change_bp=change_bp)
        case ChangePrices(change_minor=change_minor):
            return EditProducts(seen, price_change_minor=change_minor)
        case ChangeLabels(category=category, add_tags=add_tags, remove_tags=remove_tags):
            wanted = UNSET if category is None else category
            return EditProducts(seen, category=wanted, add_tags=list(add_tags), remove_tags=list(remove_tags))
        case PutOnShelf() | TakeOffShelf():
            return EditProducts(seen, is_on_shelf=isinstance(act, PutOnShelf))
        case RestorePrices() | RestoreLabels():
            return EditProducts(seen)


def _undo(act: BatchAct, items: Sequence[BatchItem]) -> ProductAct | None:
    """What takes a batch back where only the answer tells what was; each product in its new version."""
    done = [(item, item.before, item.after.version) for item in items if item.before and item.after]
    if not done:
        return None
    if isinstance(act, ChangePrices):
        return RestorePrices(tuple(SeenProduct(item.spu_id, version, was) for item, was, version in done))
    if isinstance(act, ChangeLabels):
        return RestoreLabels(
            tuple(SeenProduct(item.spu_id, version, _labels(was)) for item, was, version in done)
        )
    return None


def _labels(was: BatchValues) -> BatchValues:
    """What was, without prices: who has no right to prices may bring it back."""
    return msgspec.structs.replace(was, prices=[])
