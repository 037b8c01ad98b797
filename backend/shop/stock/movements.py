"""Moves stock: each movement is a row, and the counts beside it are their sums."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select, update

from backend.storage.catalog_tables import STOCK, STOCK_MOVEMENTS


class StockMove(msgspec.Struct, frozen=True):
    """What is added to a SKU's stock; `kind` says why, as in `reserve` or `sale`."""

    sku_id: str
    kind: str
    on_hand: int = 0
    reserved: int = 0
    sold: int = 0


class NotEnoughStockError(Exception):
    """A movement would take what is not there."""


_MOVE = (
    update(STOCK)
    .where(
        STOCK.c.sku_id == bindparam("b_sku_id"),
        STOCK.c.on_hand - STOCK.c.reserved >= bindparam("b_needed"),
    )
    .values(
        on_hand=STOCK.c.on_hand + bindparam("b_on_hand"),
        reserved=STOCK.c.reserved + bindparam("b_reserved"),
        sold=STOCK.c.sold + bindparam("b_sold"),
    )
)


def reserve(sku_id: str, units: int) -> StockMove:
    """Return the movement that keeps units for an order."""
    return StockMove(sku_id, "reserve", reserved=units)


def release(sku_id: str, units: int) -> StockMove:
    """Return the movement that gives up what was kept."""
    return StockMove(sku_id, "release", reserved=-units)


def sell(sku_id: str, units: int) -> StockMove:
    """Return the movement of units that were kept and are sold."""
    return StockMove(sku_id, "sale", on_hand=-units, reserved=-units, sold=units)


def take_back(sku_id: str, units: int) -> StockMove:
    """Return the movement of sold units that never left the house."""
    return StockMove(sku_id, "unsale", on_hand=units, sold=-units)


def restock(sku_id: str, units: int) -> StockMove:
    """Return the movement of sold units that came back and are good to be sold again."""
    return StockMove(sku_id, "return", on_hand=units, sold=-units)


def replace(sku_id: str, units: int) -> StockMove:
    """Return the movement of units that are sent in place of others, without having been kept."""
    return StockMove(sku_id, "replacement", on_hand=-units, sold=units)


def move_stock(
    connection: Connection,
    moves: Sequence[StockMove],
    *,
    reason: str,
    order_id: str | None,
    actor: str,
    at_ms: int,
) -> None:
    """Move stock and write the movements.

    Raises:
        NotEnoughStockError: one of them takes more than is there; the caller's savepoint undoes the others.
    """
    count_moves(connection, moves)
    record_moves(connection, moves, reason=reason, order_id=order_id, actor=actor, at_ms=at_ms)


def count_moves(connection: Connection, moves: Iterable[StockMove]) -> None:
    """Add movements to the counts alone, each SKU once and in one order everywhere.

    Raises:
        NotEnoughStockError: see `move_stock`.
    """
    for sku_id, sums in sorted(_summed(moves).items()):
        values = {f"b_{name}": sums[name] for name in ("on_hand", "reserved", "sold")}
        needed = max(sums["reserved"] - sums["on_hand"], 0)
        row = {"b_sku_id": sku_id, "b_needed": needed, **values}
        if connection.execute(_MOVE, row).rowcount != 1:
            raise NotEnoughStockError(f"The stock of {sku_id} does not allow {sums}.")


def record_moves(
    connection: Connection,
    moves: Sequence[StockMove],
    *,
    reason: str,
    order_id: str | None,
    actor: str,
    at_ms: int,
) -> None:
    """Write the rows of movements whose counts are right already."""
    if moves:
        rows = [move_row(move, reason=reason, order_id=order_id, actor=actor, at_ms=at_ms) for move in moves]
        connection.execute(insert(STOCK_MOVEMENTS), rows)


def move_row(
    move: StockMove, *, reason: str, order_id: str | None, actor: str, at_ms: int
) -> dict[str, object]:
    """Return the row of a movement."""
    return {
        "sku_id": move.sku_id,
        "kind": move.kind,
        "on_hand": move.on_hand,
        "reserved": move.reserved,
        "sold": move.sold,
        "reason": reason,
        "order_id": order_id,
        "actor": actor,
        "at_ms": at_ms,
    }


class Held(msgspec.Struct, frozen=True):
    """What an order has of a SKU's stock."""

    reserved: int
    sold: int


def held_by(connection: Connection, order_id: str) -> dict[str, Held]:
    """Return what an order has reserved and bought of each SKU, by its movements."""
    moved = STOCK_MOVEMENTS.c
    query = (
        select(moved.sku_id, func.sum(moved.reserved), func.sum(moved.sold))
        .where(moved.order_id == order_id)
        .group_by(moved.sku_id)
        .order_by(moved.sku_id)
    )
    return {
        str(sku_id): Held(int(reserved), int(sold)) for sku_id, reserved, sold in connection.execute(query)
    }


def stock_needed(units: Mapping[str, int], components: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return the stock that units of SKUs take: bundles as their components, merged and sorted by SKU."""
    needed: Counter[str] = Counter()
    for sku_id, quantity in units.items():
        for component, count in (components.get(sku_id) or {sku_id: 1}).items():
            needed[component] += count * quantity
    return dict(sorted(needed.items()))


def _summed(moves: Iterable[StockMove]) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = {}
    for move in moves:
        of_sku = sums.setdefault(move.sku_id, {"on_hand": 0, "reserved": 0, "sold": 0})
        of_sku["on_hand"] += move.on_hand
        of_sku["reserved"] += move.reserved
        of_sku["sold"] += move.sold
    return sums
