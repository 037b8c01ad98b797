"""What the states of an order amount to for who works on orders: where it stands, and what can be done."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from backend.contract.orders import Order, OrderLine, OrderState, ParcelState, PaymentMethod, PaymentState


class Stage(StrEnum):
    """What an order waits for; ALL is no stage but no filter, and CASES shows cases in place of orders."""

    ALL = "all"
    TO_PAY = "to_pay"
    TO_SHIP = "to_ship"
    SHIPPED = "shipped"
    DONE = "done"
    CANCELLED = "cancelled"
    CASES = "cases"


class ShipmentState(StrEnum):
    """What all parcels of an order amount to."""

    NONE = "none"
    PACKED = "packed"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class Shipment:
    """How far an order is on its way.

    Attributes:
        sent, units: how many units are on their way or arrived, and how many there are.
    """

    state: ShipmentState
    sent: int
    units: int


def shipment_of(order: Order) -> Shipment:
    """Return what the parcels of an order amount to."""
    units = sum(line.quantity - line.dropped for line in order.lines)
    sent = sum(
        line.quantity
        for parcel in order.parcels
        if parcel.state is not ParcelState.PACKED and parcel.case_id is None
        for line in parcel.lines
    )
    return Shipment(_shipment_state(order, units, sent), sent, units)


def _shipment_state(order: Order, units: int, sent: int) -> ShipmentState:
    states = [parcel.state for parcel in order.parcels]
    if not states:
        return ShipmentState.NONE
    if sent == 0:
        return ShipmentState.PACKED
    if sent < units:
        return ShipmentState.PARTLY_SHIPPED
    if all(state is ParcelState.DELIVERED for state in states):
        return ShipmentState.DELIVERED
    return ShipmentState.SHIPPED


def stage_of(order: Order) -> Stage:
    """Return what an order waits for."""
    if order.state is OrderState.CANCELLED:
        return Stage.CANCELLED
    if order.state is OrderState.COMPLETED or order.payment_state is PaymentState.REFUNDED:
        return Stage.DONE
    is_paid_later = order.method is PaymentMethod.CASH_ON_DELIVERY
    if order.payment_state is PaymentState.UNPAID and not is_paid_later:
        return Stage.TO_PAY
    return Stage.TO_SHIP if sum(units_to_ship(order).values()) > 0 else Stage.SHIPPED


def units_to_ship(order: Order) -> Counter[int]:
    """Return the units of each line that are still to be sent, by its number."""
    left = Counter({line.line: line.quantity - line.dropped for line in order.lines})
    for parcel in order.parcels:
        # A replacement of an exchange is none of the units that were ordered.
        if parcel.case_id is None:
            left.subtract({one.line: one.quantity for one in parcel.lines})
    return left


def waits_since_ms(order: Order) -> int:
    """Return since when an order waits to be sent: it was paid then, or placed where it is paid later."""
    return order.created_at_ms if order.paid_at_ms is None else order.paid_at_ms


def may_ship(order: Order) -> bool:
    """Whether there is something to ship, and it may go."""
    return order.state is OrderState.OPEN and stage_of(order) is Stage.TO_SHIP


def sent_together(order: Order, known: Iterable[Order]) -> list[Order]:
    """Return the other orders of the same buyer that wait to be sent to the same address."""
    return [
        other
        for other in known
        if other.order_id != order.order_id
        and (other.buyer_id, other.address) == (order.buyer_id, order.address)
        and may_ship(other)
    ]


def may_cancel(order: Order) -> bool:
    """Whether the order can be called off: nothing is to be paid back, nothing packed."""
    is_settled = order.payment_state in {PaymentState.UNPAID, PaymentState.REFUNDED}
    is_free = is_settled or order.total_minor == 0
    return order.state is OrderState.OPEN and is_free and not order.parcels


def may_refund(order: Order) -> bool:
    """Whether units that were paid or shipping can be given back, or the order called off."""
    is_left = order.shipping_left_minor > 0 or bool(refundable_lines(order))
    return (_is_paid(order) and is_left) or may_call_off(order)


def refundable_lines(order: Order) -> list[OrderLine]:
    """Return the lines of which units can be given back; of a cancelled order all went back with it."""
    if order.state is OrderState.CANCELLED:
        return []
    return [line for line in order.lines if line.refunded < line.quantity]


def may_call_off(order: Order) -> bool:
    """Whether a paid order can be called off: nothing of it was packed.

    Also where all its units were given back, but shipping was kept for another order.
    """
    return _is_paid(order) and order.state is OrderState.OPEN and not order.parcels


def _is_paid(order: Order) -> bool:
    is_paid = order.payment_state in {PaymentState.PAID, PaymentState.PART_REFUNDED}
    return is_paid and order.total_minor > 0


def may_mark_paid(order: Order) -> bool:
    """Whether its money comes by a way that only people see."""
    is_by_hand = order.method in {PaymentMethod.TRANSFER, PaymentMethod.CASH_ON_DELIVERY}
    is_waiting = order.state is OrderState.OPEN and order.payment_state is PaymentState.UNPAID
    return is_by_hand and is_waiting
