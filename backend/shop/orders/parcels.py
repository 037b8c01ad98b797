"""Sends parcels of an order: all that is left, or chosen units of its lines."""

from collections import Counter

from sqlalchemy import Connection, insert

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
from backend.shop.orders.changes import Step, change_order
from backend.shop.orders.holding import sell_held
from backend.shop.orders.reading import find_order
from backend.shop.orders.results import NotAllowedNow, NotInOrder
from backend.storage.order_tables import PARCEL_LINES, PARCELS


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
    parcel = Parcel(new_id(at_ms), wish.carrier, wish.tracking, ParcelState.SHIPPED, held, at_ms, None)
    _write(connection, order_id, parcel, at_ms)
    step = Step(OrderAxis.PARCEL, ParcelState.SHIPPED, actor, f"{wish.carrier} {wish.tracking}", at_ms)
    sell_held(connection, order, step)
    change_order(connection, order, step)
    return find_order(connection, order_id)


def units_left(order: Order) -> Counter[int]:
    """Return the units of each line that are in no parcel yet."""
    left = Counter({line.line: line.quantity for line in order.lines})
    for parcel in order.parcels:
        left.subtract({one.line: one.quantity for one in parcel.lines})
    return left


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
        )
    )
    rows = [
        {"parcel_id": parcel.parcel_id, "line": one.line, "quantity": one.quantity} for one in parcel.lines
    ]
    connection.execute(insert(PARCEL_LINES), rows)
