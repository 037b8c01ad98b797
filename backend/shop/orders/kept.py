"""Answers that are orders: their id is kept, and the order read again as it is then.

Rights are those of then, too: whoever lost the right to an order gets it by no key that they used before.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from backend.contract.orders import Order
from backend.shop.idempotency import Keeping
from backend.shop.orders.reading import find_order, read_orders
from backend.shop.people import Person


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


def orders_for(person: Person) -> Keeping[Order, None]:
    """Return how answers are kept that are orders, and given again to whom they are any business of then."""

    def recall(connection: Connection, kept: str) -> Order | None:
        order = find_order(connection, _decode(kept).order_id)
        return order if order and person.may_see(order) else None

    return Keeping[Order, None](Order, keep_order, recall)
