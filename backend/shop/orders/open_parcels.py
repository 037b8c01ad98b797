"""What buyers bought in a session and is not sent yet: it goes in one parcel with what they buy further.

Only a paid order makes a further one cheaper: else one that is never paid would have a parcel
sent for nothing.
"""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, exists, func, select

from backend.contract.addresses import Address
from backend.contract.orders import Order, OrderState, PaymentState
from backend.shop.pricing.shipping import ALONE, SentAlong, Weighed, rule_for, shipping_of
from backend.shop.settings import read_settings
from backend.storage.case_tables import CASES
from backend.storage.catalog_tables import SKUS
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDER_LINES, ORDERS, PARCELS

_PAID: Final = (PaymentState.PAID, PaymentState.PART_REFUNDED)

_decode = msgspec.json.Decoder(Address).decode


class _Waiting(msgspec.Struct, frozen=True):
    """An order that nothing was sent of.

    Attributes:
        lines: what is still to be sent.
        net_minor: what it costs.
        shipping_minor: what sending it costs, less what was given back of that.
    """

    order_id: str
    number: str
    buyer_id: str
    session_id: str
    address: Address
    lines: list[Weighed]
    net_minor: int
    shipping_minor: int


class OpenParcels:
    """The parcels that are not sent yet."""

    def __init__(self, waiting: Sequence[_Waiting] = ()) -> None:
        self._waiting = waiting

    def along(
        self, buyer_id: str, session_id: str, address: Address, *, without: str | None = None
    ) -> SentAlong:
        """Return what waits of a buyer's session for an address, beside the order that is left out."""
        found = [
            one
            for one in self._waiting
            if (one.buyer_id, one.session_id, one.address) == (buyer_id, session_id, address)
            and one.order_id != without
        ]
        if not found or not session_id:
            return ALONE
        return SentAlong(
            numbers=[one.number for one in found if one.lines],
            lines=[line for one in found for line in one.lines],
            net_minor=sum(one.net_minor for one in found),
            shipping_minor=sum(one.shipping_minor for one in found),
        )


def read_open_parcels(
    connection: Connection, buyer_ids: Collection[str], session_ids: Collection[str]
) -> OpenParcels:
    """Return what is paid of buyers' sessions, and waits to be sent."""
    return _read(connection, buyer_ids, session_ids, ORDERS.c.payment_state.in_(_PAID))


def shipping_kept_for_others(connection: Connection, order: Order) -> int:
    """Return what of an order's shipping the buyer's other orders need that go in the same parcel.

    Of those that are not paid yet, too: they will be paid at the sum that was agreed on.
    """
    session_id = str(
        connection.scalar(select(ORDERS.c.session_id).where(ORDERS.c.order_id == order.order_id))
    )
    if not session_id:
        return 0
    may_be_paid = (ORDERS.c.state == OrderState.OPEN) & (ORDERS.c.payment_state == PaymentState.UNPAID)
    counts = ORDERS.c.payment_state.in_(_PAID) | may_be_paid
    parcels = _read(connection, {order.buyer_id}, {session_id}, counts)
    along = parcels.along(order.buyer_id, session_id, order.address, without=order.order_id)
    rule = rule_for(read_settings(connection).shipping, order.address.country, order.address.province)
    if rule is None:
        return 0
    return max(shipping_of(rule, along.lines, along.net_minor) - along.shipping_minor, 0)


def _read(
    connection: Connection,
    buyer_ids: Collection[str],
    session_ids: Collection[str],
    counts: ColumnElement[bool],
) -> OpenParcels:
    if not session_ids:
        return OpenParcels()
    rows = _unsent(connection, buyer_ids, session_ids, counts)
    lines = _lines_left(connection, [str(row["order_id"]) for row in rows])
    sent = _sent_to(connection, buyer_ids, session_ids)
    # Shipping that was kept of an order without goods pays for one parcel, not for those after it.
    return OpenParcels(
        [
            _waiting(row, left)
            for row in rows
            if (left := lines.get(str(row["order_id"]), []))
            or (row["buyer_id"], row["session_id"]) not in sent
        ]
    )


def _unsent(
    connection: Connection,
    buyer_ids: Collection[str],
    session_ids: Collection[str],
    counts: ColumnElement[bool],
) -> list[dict[str, object]]:
    order = ORDERS.c
    given_back = (
        select(func.coalesce(func.sum(CASES.c.shipping_minor), 0))
        .where(CASES.c.order_id == order.order_id, CASES.c.state == "refunded")
        .scalar_subquery()
    )
    query = (
        select(
            order.order_id,
            order.number,
            order.buyer_id,
            order.session_id,
            order.address,
            (order.shipping_minor - given_back).label("shipping_minor"),
        )
        .where(
            order.buyer_id.in_(sorted(buyer_ids)),
            order.session_id.in_(sorted(session_ids)),
            counts,
            ~_is_sent(),
        )
        .order_by(order.order_id)
    )
    return read_rows(connection, query)


def _sent_to(
    connection: Connection, buyer_ids: Collection[str], session_ids: Collection[str]
) -> set[tuple[str, str]]:
    """Return the buyers and sessions that something was sent of."""
    order = ORDERS.c
    query = (
        select(order.buyer_id, order.session_id)
        .distinct()
        .where(order.buyer_id.in_(sorted(buyer_ids)), order.session_id.in_(sorted(session_ids)), _is_sent())
    )
    return {(str(buyer_id), str(session_id)) for buyer_id, session_id in connection.execute(query)}


def _is_sent() -> ColumnElement[bool]:
    return exists().where(PARCELS.c.order_id == ORDERS.c.order_id)


def _lines_left(connection: Connection, order_ids: Sequence[str]) -> dict[str, list[tuple[Weighed, int]]]:
    """Return the units of orders that are still to be sent, and what was paid for them."""
    if not order_ids:
        return {}
    line = ORDER_LINES.c
    left = line.quantity - line.dropped
    query = (
        select(line.order_id, left, func.coalesce(SKUS.c.weight_g, 0), line.net_minor, line.quantity)
        .outerjoin(SKUS, SKUS.c.sku_id == line.sku_id)
        .where(line.order_id.in_(order_ids), left > 0)
        .order_by(line.order_id, line.line)
    )
    found: dict[str, list[tuple[Weighed, int]]] = {}
    for order_id, units, weight_g, net_minor, quantity in connection.execute(query):
        paid = int(net_minor) - int(net_minor) * (int(quantity) - int(units)) // int(quantity)
        found.setdefault(str(order_id), []).append((Weighed(int(units), int(weight_g)), paid))
    return found


def _waiting(row: dict[str, object], lines: Sequence[tuple[Weighed, int]]) -> _Waiting:
    values = {
        **row,
        "address": _decode(str(row["address"])),
        "lines": [weighed for weighed, _ in lines],
        "net_minor": sum(paid for _, paid in lines),
        # PostgreSQL sums up to a decimal.
        "shipping_minor": int(str(row["shipping_minor"])),
    }
    return msgspec.convert(values, _Waiting)
