"""What buyers bought in a session and is not sent yet: it goes in one parcel with what they buy further.

Only a paid order makes a further one cheaper: else one that is never paid would have a parcel
sent for nothing. What is held of orders whose goods went back counts as well, as far as parcels that
were sent did not need it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, exists, func, select

from backend.contract.addresses import Address
from backend.contract.orders import PaymentState
from backend.contract.shipping import ShippingRule
from backend.shop.pricing.shipping import ALONE, SentAlong, Weighed, shipping_of
from backend.storage.case_tables import CASES
from backend.storage.catalog_tables import SKUS
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDER_LINES, ORDERS, PARCELS

PAID: Final = (PaymentState.PAID, PaymentState.PART_REFUNDED)

_decode = msgspec.json.Decoder(Address).decode


class BoughtOrder(msgspec.Struct, frozen=True):
    """An order as shipping sees it.

    Attributes:
        is_sent: whether something of it was sent.
        lines: what is to be sent of it, or was.
        net_minor: what that costs.
        shipping_minor: what sending it costs, less what was given back of that.
        agreed_minor: what sending it cost before something was given back.
    """

    order_id: str
    number: str
    buyer_id: str
    session_id: str
    address: Address
    is_sent: bool
    lines: list[Weighed]
    net_minor: int
    shipping_minor: int
    agreed_minor: int


class BoughtTogether:
    """The orders of one buyer and address in a session."""

    def __init__(self, orders: Sequence[BoughtOrder]) -> None:
        self._sent = [one for one in orders if one.is_sent]
        self._waiting = [one for one in orders if one.lines and not one.is_sent]
        self._without_goods = [one for one in orders if not (one.lines or one.is_sent)]

    def along(self, rule: ShippingRule) -> SentAlong:
        """Return what waits, and all that is held for sending it."""
        if not (self._waiting or self._without_goods):
            return ALONE
        return SentAlong(
            numbers=[one.number for one in self._waiting],
            lines=[line for one in self._waiting for line in one.lines],
            net_minor=sum(one.net_minor for one in self._waiting),
            shipping_minor=_shipping(self._waiting) + sum(self._held(rule).values()),
        )

    def held_for_nothing(self, rule: ShippingRule) -> dict[str, int]:
        """Return what is held of orders whose goods went back, and what waits does not need."""
        along = self.along(rule)
        needed_minor = shipping_of(rule, along.lines, along.net_minor)
        return _of_each(self._held(rule), along.shipping_minor - needed_minor)

    def unpaid_of_sent(self, rule: ShippingRule) -> int:
        """Return what parcels that were sent cost, and neither their own orders paid nor what is held."""
        return max(self._spent(rule) - _shipping(self._without_goods), 0)

    def _held(self, rule: ShippingRule) -> dict[str, int]:
        """Return what is held of orders whose goods went back: it pays for sent parcels first."""
        held = {one.order_id: one.shipping_minor for one in self._without_goods}
        return _of_each(held, sum(held.values()) - self._spent(rule))

    def _spent(self, rule: ShippingRule) -> int:
        """Return what parcels that were sent cost more than was agreed for their own orders."""
        lines = [line for one in self._sent for line in one.lines]
        cost_minor = shipping_of(rule, lines, sum(one.net_minor for one in self._sent))
        # What staff gave back of it is the shop's to bear: no other order pays it instead.
        return max(cost_minor - sum(one.agreed_minor for one in self._sent), 0)


class OpenParcels:
    """What buyers bought in sessions."""

    def __init__(self, bought: Sequence[BoughtOrder] = ()) -> None:
        self._bought = bought

    def together(
        self, buyer_id: str, session_id: str, address: Address, *, without: str | None = None
    ) -> BoughtTogether:
        """Return a buyer's orders of a session to an address, but for the one that is left out."""
        whose = (buyer_id, session_id, address)
        return BoughtTogether(
            [
                one
                for one in self._bought
                if session_id
                and (one.buyer_id, one.session_id, one.address) == whose
                and one.order_id != without
            ]
        )


def read_open_parcels(
    connection: Connection, buyer_ids: Collection[str], session_ids: Collection[str]
) -> OpenParcels:
    """Return what is paid of buyers' sessions, or was sent."""
    if not session_ids:
        return OpenParcels()
    is_theirs = ORDERS.c.buyer_id.in_(sorted(buyer_ids)) & ORDERS.c.session_id.in_(sorted(session_ids))
    return OpenParcels(read_bought(connection, is_theirs, ORDERS.c.payment_state.in_(PAID)))


def read_bought(
    connection: Connection, whose: ColumnElement[bool], counts: ColumnElement[bool]
) -> list[BoughtOrder]:
    """Return the orders that count, and those that something was sent of, the oldest first."""
    order = ORDERS.c
    is_sent = exists().where(PARCELS.c.order_id == order.order_id)
    given_back = (
        select(func.coalesce(func.sum(CASES.c.shipping_minor), 0))
        .where(CASES.c.order_id == order.order_id, CASES.c.state == "refunded")
        .scalar_subquery()
    )
    query = select(
        order.order_id,
        order.number,
        order.buyer_id,
        order.session_id,
        order.address,
        is_sent.label("is_sent"),
        (order.shipping_minor - given_back).label("shipping_minor"),
        order.shipping_minor.label("agreed_minor"),
    )
    rows = read_rows(connection, query.where(whose, counts | is_sent).order_by(order.order_id))
    lines = _lines(connection, [str(row["order_id"]) for row in rows])
    return [_bought(row, lines.get(str(row["order_id"]), [])) for row in rows]


def _lines(connection: Connection, order_ids: Sequence[str]) -> dict[str, list[tuple[Weighed, int]]]:
    """Return the units of orders that were sent or are to be, and what was paid for them."""
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


def _bought(row: Mapping[str, object], lines: Sequence[tuple[Weighed, int]]) -> BoughtOrder:
    values = {
        **row,
        "address": _decode(str(row["address"])),
        "is_sent": bool(row["is_sent"]),
        "lines": [weighed for weighed, _ in lines],
        "net_minor": sum(paid for _, paid in lines),
        # PostgreSQL sums up to a decimal.
        "shipping_minor": int(str(row["shipping_minor"])),
    }
    return msgspec.convert(values, BoughtOrder)


def _shipping(orders: Sequence[BoughtOrder]) -> int:
    return sum(one.shipping_minor for one in orders)


def _of_each(amounts: Mapping[str, int], most_minor: int) -> dict[str, int]:
    """Return what each gives to a sum of at most so much, the first one first; without who gives nothing."""
    taken: dict[str, int] = {}
    for name, minor in amounts.items():
        part = min(minor, most_minor)
        if part > 0:
            taken[name] = part
            most_minor -= part
    return taken
