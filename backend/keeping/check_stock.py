"""Checks of the stock: it is the sum of its movements, and nothing is kept for orders that need nothing."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, or_, select

from backend.keeping.finding import Finding, rows_of
from backend.storage.catalog_tables import STOCK, STOCK_MOVEMENTS
from backend.storage.order_tables import ORDERS


def check_stock(connection: Connection) -> Iterator[Finding]:
    """Give what is wrong with the stock."""
    yield from _sums(connection)
    yield from _bounds(connection)
    yield from _kept_for_nothing(connection)


def _sums(connection: Connection) -> Iterator[Finding]:
    moved, stock = STOCK_MOVEMENTS.c, STOCK.c
    counts = (stock.on_hand, stock.reserved, stock.sold)
    sums = [func.coalesce(func.sum(one), 0) for one in (moved.on_hand, moved.reserved, moved.sold)]
    query = (
        select(stock.sku_id, *counts, *sums)
        .outerjoin(STOCK_MOVEMENTS, moved.sku_id == stock.sku_id)
        .group_by(stock.sku_id, *counts)
        .having(or_(*(count != added for count, added in zip(counts, sums, strict=True))))
        .order_by(stock.sku_id)
    )
    for sku_id, *numbers in rows_of(connection, query):
        kept, added = tuple(numbers[:3]), tuple(int(one) for one in numbers[3:])
        yield Finding(f"stock of {sku_id}", f"on hand, reserved, sold are {kept}, its movements say {added}")
    lost = select(moved.sku_id).where(moved.sku_id.not_in(select(stock.sku_id))).distinct()
    for (sku_id,) in rows_of(connection, lost):
        yield Finding(f"stock of {sku_id}", "it has movements, and no count")


def _bounds(connection: Connection) -> Iterator[Finding]:
    stock = STOCK.c
    is_wrong = or_(stock.reserved < 0, stock.on_hand < stock.reserved, stock.sold < 0)
    query = select(stock.sku_id, stock.on_hand, stock.reserved, stock.sold).where(is_wrong)
    for sku_id, on_hand, reserved, sold in rows_of(connection, query.order_by(stock.sku_id)):
        what = f"on hand {on_hand}, reserved {reserved}, sold {sold} cannot be"
        yield Finding(f"stock of {sku_id}", what)


def _kept_for_nothing(connection: Connection) -> Iterator[Finding]:
    moved, reserved = STOCK_MOVEMENTS.c, func.sum(STOCK_MOVEMENTS.c.reserved)
    waits = (ORDERS.c.state == "open") & (ORDERS.c.payment_state == "unpaid")
    query = (
        select(ORDERS.c.number, ORDERS.c.state, ORDERS.c.payment_state, moved.sku_id, reserved)
        .join(ORDERS, ORDERS.c.order_id == moved.order_id)
        .group_by(ORDERS.c.order_id, ORDERS.c.number, ORDERS.c.state, ORDERS.c.payment_state, moved.sku_id)
        .having((reserved < 0) | ((reserved != 0) & ~waits))
        .order_by(ORDERS.c.order_id)
    )
    for number, state, payment, sku_id, units in rows_of(connection, query):
        yield Finding(
            f"order {number}", f"it is {state} and {payment}, and {units} of {sku_id} are kept for it"
        )
