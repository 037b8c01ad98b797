"""Counts what buyers hold of the stock without having paid, under each key they are known by."""

from collections.abc import Collection, Iterable

import msgspec
from sqlalchemy import Connection, delete, func, select

from backend.storage.order_tables import UNPAID_HOLDS


class Unpaid(msgspec.Struct, frozen=True):
    """What waits for a buyer's payment."""

    orders: int = 0
    units: int = 0

    def __add__(self, other: "Unpaid") -> "Unpaid":
        return Unpaid(self.orders + other.orders, self.units + other.units)


def read_unpaid(connection: Connection, keys: Collection[str]) -> dict[str, Unpaid]:
    """Return what waits under each of the keys that something waits under."""
    held = UNPAID_HOLDS.c
    query = (
        select(held.buyer_key, func.count(), func.sum(held.units))
        .where(held.buyer_key.in_(sorted(keys)))
        .group_by(held.buyer_key)
    )
    return {str(key): Unpaid(int(orders), int(units)) for key, orders, units in connection.execute(query)}


def hold_rows(order_id: str, keys: Iterable[str], units: int) -> list[dict[str, object]]:
    """Return the rows of an order that waits for its payment."""
    return [{"buyer_key": key, "order_id": order_id, "units": units} for key in keys]


def let_go(connection: Connection, order_id: str) -> None:
    """Count an order no more: it is paid, on its way, or over."""
    connection.execute(delete(UNPAID_HOLDS).where(UNPAID_HOLDS.c.order_id == order_id))
