"""Refunds that nobody asked for with a case: one that opens and ends at once."""

from collections.abc import Mapping

from sqlalchemy import Connection

from backend.contract.cases import Case, CaseKind, RefundCase
from backend.contract.orders import Order
from backend.contract.own_reasons import OwnReason
from backend.shop.cases.opening import new_case
from backend.shop.cases.refunding import refund_case
from backend.shop.cases.results import CaseNotAllowedNow, CoinsSpent, ShippingTooMuch
from backend.shop.cases.store import add_case, find_case
from backend.shop.orders.held_shipping import shipping_held_for_nothing
from backend.shop.orders.paying import PaidOrders
from backend.shop.orders.reading import find_order


def refund_at_once(
    connection: Connection,
    order: Order,
    units: Mapping[int, int],
    wish: RefundCase,
    orders: PaidOrders,
    *,
    actor: str,
    at_ms: int,
) -> Case | CaseNotAllowedNow | ShippingTooMuch | CoinsSpent:
    """Give back what units of an order are worth; where that is refused, nothing was changed."""
    with connection.begin_nested() as savepoint:
        case = new_case(
            connection, order, CaseKind.REFUND_ONLY, units, actor=actor, reason=wish.reason, at_ms=at_ms
        )
        add_case(connection, case, order)
        opened = find_case(connection, case.case_id) or case
        touched = find_order(connection, order.order_id) or order
        result = refund_case(connection, opened, touched, wish, orders, actor=actor, at_ms=at_ms)
        if not isinstance(result, Case):
            savepoint.rollback()
        return result


def give_back_held_shipping(
    connection: Connection,
    order: Order,
    orders: PaidOrders,
    *,
    actor: str,
    at_ms: int,
    without: str | None = None,
) -> None:
    """Give back what is held of the shipping of an order's parcel, and needed by nothing in it any more.

    That of the order `without` stays: people have just decided on it.
    """
    for order_id, held_minor in shipping_held_for_nothing(connection, order).items():
        held = find_order(connection, order_id)
        # What went back in the provider's console is not given twice.
        minor = min(held_minor, held.shipping_left_minor) if held else 0
        if held is None or order_id == without or minor <= 0:
            continue
        wish = RefundCase(minor, OwnReason.SHIPPING_NOT_NEEDED)
        refund_at_once(connection, held, {}, wish, orders, actor=actor, at_ms=at_ms)
