"""How staff move stock, by a delta or by a count, and the ledger of all movements."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, func, select

from backend.contract.stock import MoveStock, SkuStock, StockLedger, StockMovement
from backend.shop.stock.movements import NotEnoughStockError, StockMove, move_stock
from backend.storage.catalog_tables import BUNDLES, STOCK, STOCK_MOVEMENTS
from backend.storage.database import read_rows


class StockTooLow(msgspec.Struct, frozen=True):
    """The movement would take what orders hold, or what is not there."""

    stock: SkuStock


def move_by_staff(
    connection: Connection, sku_id: str, wish: MoveStock, *, actor: str, now_ms: int
) -> SkuStock | StockTooLow | None:
    """Move a SKU's stock; None where there is no such SKU, or it is made of others."""
    stock = read_stock(connection, sku_id)
    if stock is None or _is_bundle(connection, sku_id):
        return None
    is_count = wish.count is not None
    delta = (wish.delta or 0) if wish.count is None else wish.count - stock.on_hand
    move = StockMove(sku_id, "count" if is_count else "adjust", on_hand=delta)
    if stock.on_hand + delta < stock.reserved:
        return StockTooLow(stock)
    try:
        move_stock(connection, [move], reason=wish.reason, order_id=None, actor=actor, at_ms=now_ms)
    except NotEnoughStockError:
        return StockTooLow(stock)
    return read_stock(connection, sku_id)


def read_stock(connection: Connection, sku_id: str) -> SkuStock | None:
    """Return the counts of a SKU."""
    rows = read_rows(connection, select(STOCK).where(STOCK.c.sku_id == sku_id))
    return msgspec.convert(rows[0], SkuStock) if rows else None


def read_ledger(connection: Connection, sku_id: str, before: int | None, limit: int) -> StockLedger | None:
    """Return the newest movements of a SKU, those below a number; None where there is no such SKU."""
    stock = read_stock(connection, sku_id)
    if stock is None:
        return None
    query = select(STOCK_MOVEMENTS).where(STOCK_MOVEMENTS.c.sku_id == sku_id)
    if before is not None:
        query = query.where(STOCK_MOVEMENTS.c.movement_id < before)
    rows = read_rows(connection, query.order_by(STOCK_MOVEMENTS.c.movement_id.desc()).limit(limit + 1))
    movements = [msgspec.convert(row, StockMovement) for row in rows[:limit]]
    return StockLedger(stock, movements, movements[-1].movement_id if len(rows) > limit else None)


def last_movements(connection: Connection, sku_ids: Collection[str]) -> dict[str, int]:
    """Return the number of the newest movement of each SKU."""
    movement = STOCK_MOVEMENTS.c
    newest = select(movement.sku_id, func.max(movement.movement_id)).group_by(movement.sku_id)
    rows = connection.execute(newest.where(movement.sku_id.in_(sorted(sku_ids))))
    return {str(sku_id): int(number) for sku_id, number in rows}


def is_counted_since(connection: Connection, sku_id: str, movement_id: int, *, taken_back: str) -> bool:
    """Return whether staff counted a SKU after a movement, and that stands.

    `taken_back` is the reason of movements that take a count back.
    """
    movement = STOCK_MOVEMENTS.c
    is_count = (movement.kind == "count") | (movement.reason == taken_back)
    counted = select(func.coalesce(func.sum(movement.on_hand), 0)).where(
        movement.sku_id == sku_id, movement.movement_id > movement_id, is_count
    )
    return int(str(connection.scalar(counted))) != 0


def _is_bundle(connection: Connection, sku_id: str) -> bool:
    components = select(BUNDLES.c.component_sku_id).where(BUNDLES.c.bundle_sku_id == sku_id)
    return connection.scalar(components.limit(1)) is not None
