"""Sends parcels of an order: all that is left, or chosen units of its lines; and notes that they arrived."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, insert, update

from backend.contract.orders import (
    Order,
    OrderAxis,
    OrderState,
    Parcel,
    ParcelLine,
    ParcelState,
    PaymentMethod,
    PaymentState,
    ShipOrder,
)
from backend.shop.ids import new_id
from backend.shop.orders.changes import ChangedMeanwhileError, Step, change_order
from backend.shop.orders.holding import sell_held
from backend.shop.orders.reading import find_order
from backend.shop.orders.results import NotAllowedNow, NotInOrder
from backend.shop.telling import tell_shipped
from backend.storage.order_tables import PARCEL_LINES, PARCELS

DAY_MS: Final = 24 * 3_600_000
ARRIVES_AFTER_MS: Final = 10 * DAY_MS
COMPLETES_AFTER_MS: Final = 7 * DAY_MS


def can_ship(order: Order) -> bool:
    """Return whether parcels may go: of an open order that is paid, or is paid at the door."""
    may_go = order.payment_state in {PaymentState.PAID, PaymentState.PART_REFUNDED}
    return order.state is OrderState.OPEN and (may_go or order.method is PaymentMethod.CASH_ON_DELIVERY)


def ship_order(
    connection: Connection, order_id: str, wish: ShipOrder, *, actor: str, at_ms: int
) -> Order | NotAllowedNow | NotInOrder | None:
    """Send a parcel; None where there is no such order."""
    order = find_order(connection, order_id)
    if order is None:
        return None
    left = units_left(order)
    lines = wish.lines or [ParcelLine(line, units) for line, units in sorted(left.items()) if units]
    if not can_ship(order) or not lines:
        return NotAllowedNow(order)
    wanted: Counter[int] = Counter()
    for one in lines:
        wanted[one.line] += one.quantity
        if wanted[one.line] > left[one.line]:
            return NotInOrder(one.line, left[one.line])
    held = [ParcelLine(line, units) for line, units in sorted(wanted.items())]
    step = Step(OrderAxis.PARCEL, ParcelState.SHIPPED, actor, f"{wish.carrier} {wish.tracking}", at_ms)
    sell_held(connection, order, step)
    return send_parcel(connection, order, ShipOrder(wish.carrier, wish.tracking, held), step)


def send_parcel(
    connection: Connection, order: Order, what: ShipOrder, step: Step, case_id: str | None = None
) -> Order:
    """Write a parcel that is on its way, of the lines that are named, and return the order with it."""
    parcel = Parcel(
        parcel_id=new_id(step.at_ms),
        carrier=what.carrier,
        tracking=what.tracking,
        state=ParcelState.SHIPPED,
        lines=what.lines or [],
        shipped_at_ms=step.at_ms,
        delivered_at_ms=None,
        case_id=case_id,
    )
    _write(connection, order.order_id, parcel, step.at_ms)
    # What was all delivered is not any more.
    change_order(connection, order, step, completes_at_ms=None)
    after = find_order(connection, order.order_id) or order
    tell_shipped(connection, after, parcel, step.at_ms)
    return after


def deliver_parcels(
    connection: Connection, order: Order, parcel_ids: Iterable[str], *, actor: str, reason: str, at_ms: int
) -> Order:
    """Note that parcels on their way arrived, and return the order as it is then."""
    for parcel_id in parcel_ids:
        is_this = (PARCELS.c.parcel_id == parcel_id, PARCELS.c.state == ParcelState.SHIPPED)
        arrived = {"state": ParcelState.DELIVERED, "delivered_at_ms": at_ms, "due_at_ms": None}
        if connection.execute(update(PARCELS).where(*is_this).values(arrived)).rowcount != 1:
            raise ChangedMeanwhileError(f"The parcel {parcel_id} is not on its way any more.")
    step = Step(OrderAxis.PARCEL, ParcelState.DELIVERED, actor, reason, at_ms, ParcelState.SHIPPED)
    after = find_order(connection, order.order_id) or order
    change_order(connection, after, step, completes_at_ms=completes_at(after))
    return find_order(connection, order.order_id) or after


def confirm_delivery(
    connection: Connection, order: Order, parcel_id: str | None, *, actor: str, at_ms: int
) -> Order | NotAllowedNow:
    """Take in that one parcel arrived, or all that are on their way."""
    on_the_way = [one.parcel_id for one in order.parcels if one.state is ParcelState.SHIPPED]
    arrived = [one for one in on_the_way if parcel_id in {None, one}]
    if not arrived:
        return NotAllowedNow(order)
    return deliver_parcels(connection, order, arrived, actor=actor, reason="", at_ms=at_ms)


def completes_at(order: Order) -> int | None:
    """Return when an open order is complete by itself; None before all of it arrived."""
    arrived = [one.delivered_at_ms for one in order.parcels if one.delivered_at_ms is not None]
    is_all = len(arrived) == len(order.parcels) and not any(units_left(order).values())
    if order.state is not OrderState.OPEN or not arrived or not is_all:
        return None
    return max(arrived) + COMPLETES_AFTER_MS


def units_left(order: Order) -> Counter[int]:
    """Return the units of each line that are still to be sent."""
    left = Counter({line.line: line.quantity - line.dropped for line in order.lines})
    left.subtract(units_sent(order))
    return left


def units_sent(order: Order) -> Counter[int]:
    """Return the units of each line that are in parcels, without replacements."""
    sent: Counter[int] = Counter()
    for parcel in order.parcels:
        if parcel.case_id is None:
            sent.update({one.line: one.quantity for one in parcel.lines})
    return sent


def _write(connection: Connection, order_id: str, parcel: Parcel, at_ms: int) -> None:
    connection.execute(
        insert(PARCELS).values(
            parcel_id=parcel.parcel_id,
            order_id=order_id,
            carrier=parcel.carrier,
            tracking=parcel.tracking,
            state=parcel.state,
            packed_at_ms=at_ms,
            shipped_at_ms=at_ms,
            case_id=parcel.case_id,
            due_at_ms=at_ms + ARRIVES_AFTER_MS,
        )
    )
    rows = [
        {"parcel_id": parcel.parcel_id, "line": one.line, "quantity": one.quantity} for one in parcel.lines
    ]
    connection.execute(insert(PARCEL_LINES), rows)
