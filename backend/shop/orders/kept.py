"""Answers that are orders: their id is kept, and the order read again as it is then."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from backend.contract.orders import Order
from backend.shop.idempotency import Keeping
from backend.shop.orders.reading import find_order, read_orders


class _KeptOrder(msgspec.Struct, frozen=True):
    """What is kept; rows of earlier versions hold more beside it."""

    order_id: str


_decode = msgspec.json.Decoder(_KeptOrder).decode


def keep_order(order: Order) -> bytes:
    """Return what is kept of an order."""
    return msgspec.json.encode(_KeptOrder(order.order_id))


def recall_orders(connection: Connection, kept: Iterable[str]) -> dict[str, Order]:
    """Return the orders by what is kept of each."""
    ids = {one: _decode(one).order_id for one in kept}
    orders = read_orders(connection, set(ids.values()))
    return {one: orders[order_id] for one, order_id in ids.items()}


def _recall(connection: Connection, kept: str) -> Order | None:
    return find_order(connection, _decode(kept).order_id)


AN_ORDER = Keeping[Order, None](Order, keep_order, _recall)
