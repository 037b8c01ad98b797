"""What refunds leave of the shipping of orders that share a parcel: what the others need, no more."""

from sqlalchemy import Connection, select

from backend.contract.orders import Order, OrderState, PaymentState
from backend.contract.shipping import ShippingRule
from backend.shop.orders.open_parcels import PAID, BoughtTogether, OpenParcels, read_bought
from backend.shop.pricing.shipping import rule_for, shipping_of
from backend.shop.settings import read_settings
from backend.storage.order_tables import ORDERS


def shipping_kept_for_others(connection: Connection, order: Order) -> int:
    """Return what of an order's shipping the buyer's other orders need that go in the same parcel.

    Those that were sent already needed it as well.
    """
    rule = _rule(connection, order)
    others = _together(connection, order, without=order.order_id)
    along = others.along(rule)
    waiting_minor = max(shipping_of(rule, along.lines, along.net_minor) - along.shipping_minor, 0)
    return waiting_minor + others.unpaid_of_sent(rule)


def shipping_held_for_nothing(connection: Connection, order: Order) -> dict[str, int]:
    """Return what is held of an order, and of those that share its parcel, whose goods all went back.

    What the others need that still wait is not among it, nor what parcels that were sent needed.
    """
    return _together(connection, order).held_for_nothing(_rule(connection, order))


def _rule(connection: Connection, order: Order) -> ShippingRule:
    address = order.address
    rule = rule_for(read_settings(connection).shipping, address.country, address.province)
    # Where nothing is sent to any more, nothing is held for sending it.
    return rule or ShippingRule()


def _together(connection: Connection, order: Order, *, without: str | None = None) -> BoughtTogether:
    """Return the orders that share a parcel with one, and this one itself where it is not left out.

    Those that are not paid yet count too: they will be paid at the sum that was agreed on.
    """
    is_this = ORDERS.c.order_id == order.order_id
    session_id = str(connection.scalar(select(ORDERS.c.session_id).where(is_this)))
    may_be_paid = (ORDERS.c.state == OrderState.OPEN) & (ORDERS.c.payment_state == PaymentState.UNPAID)
    counts = ORDERS.c.payment_state.in_(PAID) | may_be_paid
    if session_id:
        is_theirs = (ORDERS.c.buyer_id == order.buyer_id) & (ORDERS.c.session_id == session_id)
        parcels = OpenParcels(read_bought(connection, is_theirs, counts))
        return parcels.together(order.buyer_id, session_id, order.address, without=without)
    alone = [] if without else read_bought(connection, is_this, counts)
    return BoughtTogether(alone)
