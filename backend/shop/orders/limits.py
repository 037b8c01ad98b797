"""Counts what a buyer has of a SKU with a limit, under each key they are known by."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, update

from backend.contract.orders import Order
from backend.shop.customers.buyer_keys import keys_of, read_key_secret
from backend.storage.bulk import insert_rows
from backend.storage.catalog_tables import BUYER_LIMITS, SKUS
from backend.storage.order_tables import ORDER_LINES

# The guard is the last net: who decided has counted already.
_ADD = (
    "ON CONFLICT (sku_id, buyer_key) DO UPDATE SET quantity = buyer_limits.quantity + excluded.quantity "
    "WHERE buyer_limits.quantity + excluded.quantity <= "
    "(SELECT limit_per_buyer FROM skus WHERE skus.sku_id = excluded.sku_id)"
)
_GIVE_BACK = (
    update(BUYER_LIMITS)
    .where(
        BUYER_LIMITS.c.sku_id == bindparam("b_sku_id"),
        BUYER_LIMITS.c.buyer_key == bindparam("b_buyer_key"),
        BUYER_LIMITS.c.quantity >= bindparam("b_quantity"),
    )
    .values(quantity=BUYER_LIMITS.c.quantity - bindparam("b_quantity"))
)


class OverLimitError(Exception):
    """A buyer would have more than one may."""


def count_bought(connection: Connection, bought: Mapping[tuple[str, str], int]) -> None:
    """Add what buyers have of SKUs with a limit, by SKU and key.

    Raises:
        OverLimitError: see there; the caller's savepoint undoes the rest.
    """
    rows = [
        {"sku_id": sku_id, "buyer_key": key, "quantity": units}
        for (sku_id, key), units in sorted(bought.items())
    ]
    if insert_rows(connection, BUYER_LIMITS, rows, on_conflict=_ADD) != len(rows):
        raise OverLimitError("A buyer's limit was passed: another writer counts the same buyer.")


def count_again(connection: Connection, order: Order) -> None:
    """Count an order that lives again: its lines of SKUs that have a limit now.

    Raises:
        OverLimitError: see `count_bought`.
    """
    ids = sorted({line.sku_id for line in order.lines})
    query = select(SKUS.c.sku_id).where(SKUS.c.sku_id.in_(ids), SKUS.c.limit_per_buyer.is_not(None))
    limited = set(connection.scalars(query))
    lines = [line for line in order.lines if line.sku_id in limited]
    count_bought(connection, _by_key(connection, order, {line.line: line.quantity for line in lines}))
    _count_lines(connection, order.order_id, {line.line: line.quantity for line in lines})


def give_back(connection: Connection, order: Order, units: Mapping[int, int] | None = None) -> None:
    """Take off what a buyer does not have any more: so many units of lines, or the whole order.

    A limit that came after the order never counted it, and one that went has counted it all the same: each
    line says what of it is counted.
    """
    columns = ORDER_LINES.c
    rows = connection.execute(
        select(columns.line, columns.counted).where(columns.order_id == order.order_id, columns.counted > 0)
    )
    counted = {int(line): int(count) for line, count in rows}
    wanted = counted if units is None else units
    returned = {line: min(count, wanted.get(line, 0)) for line, count in counted.items()}
    by_key = [
        {"b_sku_id": sku_id, "b_buyer_key": key, "b_quantity": count}
        for (sku_id, key), count in sorted(_by_key(connection, order, returned).items())
    ]
    if by_key:
        connection.execute(_GIVE_BACK, by_key)
        _count_lines(connection, order.order_id, {line: -count for line, count in returned.items()})


def _by_key(connection: Connection, order: Order, units: Mapping[int, int]) -> Counter[tuple[str, str]]:
    """Return units of an order's lines by SKU and by each key of its buyer."""
    found: Counter[tuple[str, str]] = Counter()
    keys = keys_of(order.buyer_id, order.address, read_key_secret(connection))
    for line in order.lines:
        for key in keys:
            found[line.sku_id, key] += units.get(line.line, 0)
    return +found


def _count_lines(connection: Connection, order_id: str, more: Mapping[int, int]) -> None:
    columns = ORDER_LINES.c
    is_this = columns.order_id == order_id, columns.line == bindparam("b_line")
    adding = update(ORDER_LINES).where(*is_this).values(counted=columns.counted + bindparam("b_more"))
    rows = [{"b_line": line, "b_more": count} for line, count in more.items() if count]
    if rows:
        connection.execute(adding, rows)
