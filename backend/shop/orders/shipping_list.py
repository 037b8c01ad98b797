"""The orders of a room that wait to be sent, the oldest first. Inside the caller's transaction."""

from typing import Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from backend.contract.orders import OrdersPage, OrderState, PaymentMethod, PaymentState
from backend.shop.orders.reading import MOST_A_PAGE, read_orders
from backend.storage.order_tables import ORDER_LINES, ORDERS, PARCEL_LINES, PARCELS

_PAID: Final = (PaymentState.PAID, PaymentState.PART_REFUNDED)


def read_shipping_list(
    connection: Connection, room_id: str, *, cursor: str | None = None, limit: int = MOST_A_PAGE
) -> OrdersPage:
    """Return a page of the list; the cursor is the `next` of the page before, None for the first."""
    limit = min(max(limit, 1), MOST_A_PAGE)
    conditions = [
        ORDERS.c.room_id == room_id,
        ORDERS.c.state == OrderState.OPEN,
        _may_go(),
        _has_units_left(),
    ]
    if cursor is not None:
        conditions.append(ORDERS.c.order_id > cursor)
    query = select(ORDERS.c.order_id).where(*conditions).order_by(ORDERS.c.order_id).limit(limit + 1)
    ids = [str(order_id) for order_id in connection.scalars(query)]
    # One more than is shown says whether there is a further page.
    shown = ids[:limit]
    orders = read_orders(connection, shown)
    return OrdersPage([orders[order_id] for order_id in shown], shown[-1] if len(ids) > limit else None)


def _may_go() -> ColumnElement[bool]:
    is_at_the_door = ORDERS.c.method == PaymentMethod.CASH_ON_DELIVERY
    is_unpaid = ORDERS.c.payment_state == PaymentState.UNPAID
    return or_(ORDERS.c.payment_state.in_(_PAID), is_at_the_door & is_unpaid)


def _has_units_left() -> ColumnElement[bool]:
    wanted = func.coalesce(func.sum(ORDER_LINES.c.quantity - ORDER_LINES.c.dropped), 0)
    sent = func.coalesce(func.sum(PARCEL_LINES.c.quantity), 0)
    units = select(wanted).where(ORDER_LINES.c.order_id == ORDERS.c.order_id).scalar_subquery()
    # A replacement of an exchange is none of the units that were ordered.
    packed = (
        select(sent)
        .select_from(PARCEL_LINES.join(PARCELS, PARCELS.c.parcel_id == PARCEL_LINES.c.parcel_id))
        .where(PARCELS.c.order_id == ORDERS.c.order_id, PARCELS.c.case_id.is_(None))
        .scalar_subquery()
    )
    return units > packed
