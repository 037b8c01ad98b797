"""Cancels orders that nothing was sent of and nobody has to be paid back for."""

from typing import Final

from sqlalchemy import Connection, select

from backend.contract.orders import Order, OrderAxis, OrderState, PaymentState
from backend.contract.payments import AttemptState
from backend.shop.orders.changes import Step, change_order
from backend.shop.orders.holding import give_up_held
from backend.shop.orders.pauses import has_open_case
from backend.shop.orders.reading import find_order
from backend.shop.orders.results import NotAllowedNow, PaymentUnderWay
from backend.storage.payment_tables import PAYMENT_ATTEMPTS

# Of a failed one the buyer may try again with the provider.
_PAYABLE: Final = (AttemptState.CREATED, AttemptState.PENDING, AttemptState.FAILED)


def can_cancel(order: Order) -> bool:
    """Return whether an order may be cancelled: open, not paid or all paid back, nothing on its way."""
    is_settled = order.payment_state in {PaymentState.UNPAID, PaymentState.REFUNDED}
    return order.state is OrderState.OPEN and (is_settled or order.total_minor == 0) and not order.parcels


def cancel_order(
    connection: Connection, order_id: str, *, actor: str, reason: str, at_ms: int
) -> Order | NotAllowedNow | PaymentUnderWay | None:
    """Cancel an order and give up what it held; None where there is no such order.

    An order that is cancelled already is returned as it is. While an attempt to pay it waits, it is not let
    go: who closes the attempts cannot know of one that is opened meanwhile.
    """
    order = find_order(connection, order_id)
    if order is None or order.state is OrderState.CANCELLED:
        return order
    if not can_cancel(order) or has_open_case(connection, order_id):
        return NotAllowedNow(order)
    if order.payment_state is PaymentState.UNPAID and _has_payable_attempt(connection, order_id):
        return PaymentUnderWay(order)
    step = Step(OrderAxis.ORDER, OrderState.CANCELLED, actor, reason, at_ms)
    give_up_held(connection, order, step)
    return change_order(connection, order, step, expires_at_ms=None, closed_at_ms=at_ms)


def _has_payable_attempt(connection: Connection, order_id: str) -> bool:
    attempts = PAYMENT_ATTEMPTS.c
    query = select(attempts.attempt_id).where(attempts.order_id == order_id, attempts.state.in_(_PAYABLE))
    return connection.scalar(query.limit(1)) is not None
