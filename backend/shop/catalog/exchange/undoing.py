"""Takes an import back: what it changed becomes what it was where nobody changed it since."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from backend.contract.exchange import MOST_TOLD, ImportUndone, UndoLeft
from backend.contract.products import ChangeProduct, ChangeSku, ProductUpdate, StaffProduct
from backend.contract.stock import MoveStock, SkuStock
from backend.shop.catalog.announcing import announce_stock
from backend.shop.catalog.changing import change_read
from backend.shop.catalog.exchange.applying import Applied
from backend.shop.catalog.exchange.differences import Trace, mark_of, value_of
from backend.shop.catalog.removing import remove_product
from backend.shop.catalog.results import BadReference, ProductRefused
from backend.shop.catalog.staff_reading import read_product
from backend.shop.catalog.writing import Writing
from backend.shop.stock.counting import is_counted_since, move_by_staff

WHY = "import taken back"


def undo_product(
    connection: Connection, applied: Applied, *, has_picture: Callable[[str], bool], writing: Writing
) -> ImportUndone:
    """Take back what an import did to a product."""
    now = read_product(connection, applied.spu_id)
    if now is None:
        return ImportUndone()
    if applied.trace.is_new:
        return _take_away(connection, now, applied.trace, has_picture, writing)
    moved, stuck = _move_back(connection, applied.trace, writing)
    wish, left = _wish(now, applied.trace)
    update = _change(connection, now, wish, has_picture, writing)
    if not isinstance(update, ProductUpdate):
        left, update = [one.field for one in applied.trace.differences], ProductUpdate(now, now)
    fields = list(dict.fromkeys([*left, *(["stock"] if stuck else [])]))
    is_restored = bool(moved) or update.before != update.after
    return ImportUndone(restored=int(is_restored), left=[UndoLeft(now.title, fields)] if fields else [])


def summed(parts: Sequence[ImportUndone]) -> ImportUndone:
    """Return all of it together."""
    return ImportUndone(
        sum(one.restored for one in parts),
        sum(one.removed for one in parts),
        sum(one.kept for one in parts),
        [left for one in parts for left in one.left][:MOST_TOLD],
    )


def _take_away(
    connection: Connection,
    now: StaffProduct,
    trace: Trace,
    has_picture: Callable[[str], bool],
    writing: Writing,
) -> ImportUndone:
    """Remove a new product; one that was sold, or edited since, is taken off the shelf."""
    if mark_of(now) == trace.mark:
        removal = remove_product(connection, now.spu_id, now.version, writing)
        is_gone = getattr(removal, "after", now) is None
        return ImportUndone(removed=int(is_gone), kept=int(not is_gone))
    _change(connection, now, ChangeProduct(now.version, is_on_shelf=False), has_picture, writing)
    return ImportUndone(kept=1)


def _wish(now: StaffProduct, trace: Trace) -> tuple[ChangeProduct, list[str]]:
    """Return what brings a product back, and the fields that others changed since."""
    skus = {sku.sku_id: sku for sku in now.skus}
    own: dict[str, Any] = {}
    of_skus: dict[str, dict[str, Any]] = {}
    left: list[str] = []
    for one in trace.differences:
        thing = skus.get(one.sku_id) if one.sku_id else now
        if thing is None or value_of(thing, one.field) != one.now:
            left.append(one.field)
        elif one.sku_id:
            of_skus.setdefault(one.sku_id, {})[one.field] = one.was
        else:
            own[one.field] = one.was
    changes = [ChangeSku(sku_id, **fields) for sku_id, fields in of_skus.items()]
    changes += [ChangeSku(one, is_active=False) for one in trace.new_skus if one in skus]
    return ChangeProduct(now.version, skus=changes, **own), left


def _change(
    connection: Connection,
    now: StaffProduct,
    wish: ChangeProduct,
    has_picture: Callable[[str], bool],
    writing: Writing,
) -> ProductUpdate | ProductRefused:
    made = change_read(connection, now, wish, has_picture=has_picture, writing=writing)
    if not isinstance(made, BadReference):
        return made
    # What was crossed out then may not be crossed out now: the rule says what becomes of it.
    skus = [replace(sku, reference_minor=msgspec.UNSET) for sku in wish.skus]
    return change_read(connection, now, replace(wish, skus=skus), has_picture=has_picture, writing=writing)


def _move_back(connection: Connection, trace: Trace, writing: Writing) -> tuple[set[str], set[str]]:
    """Move stock back; return the SKUs where that could be, and those whose stock stays.

    Orders may have the units; and who counted since knows what there is, whatever the import said.
    """
    moved: set[str] = set()
    for sku_id, delta in trace.moves.items():
        since = trace.movements.get(sku_id)
        if since is not None and is_counted_since(connection, sku_id, since, taken_back=WHY):
            continue
        wish = MoveStock(WHY, delta=-delta)
        done = move_by_staff(connection, sku_id, wish, actor=writing.by.user_id, now_ms=writing.now_ms)
        if isinstance(done, SkuStock):
            moved.add(sku_id)
    if moved:
        announce_stock(connection, moved, writing.now_ms)
    return moved, trace.moves.keys() - moved
