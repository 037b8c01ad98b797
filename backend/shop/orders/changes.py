"""Changes an order: one conditional update on where it stands, a row, and a message to its room."""

from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from backend.contract.orders import Order, OrderAxis, OrderChange, OrderState, PaymentState
from backend.shop.orders.unpaid import let_go
from backend.shop.outbox import OutboxMessage, order_as_now, write_outbox
from backend.shop.telling import tell_paid
from backend.storage.order_tables import ORDER_CHANGES, ORDERS

_COLUMNS: Final = {OrderAxis.ORDER: "state", OrderAxis.PAYMENT: "payment_state"}


class ChangedMeanwhileError(Exception):
    """The order is not as it was read: another writer changed it."""


class Step(msgspec.Struct, frozen=True):
    """A step that an order takes.

    Attributes:
        actor: a user id, or what does it by itself, such as `timer`.
        from_state: of a case, which the order does not know.
    """

    axis: OrderAxis
    to_state: str
    actor: str
    reason: str
    at_ms: int
    from_state: str = ""


def change_order(connection: Connection, order: Order, step: Step, **values: int | None) -> Order:
    """Let an order take a step, change the columns named by `values` with it, and return it as it is then.

    Raises:
        ChangedMeanwhileError: see there; the caller's savepoint undoes the rest.
    """
    column = _COLUMNS.get(step.axis)
    from_state = getattr(order, column) if column else step.from_state or _parcel_state(order, step)
    version = order.version + 1
    changed: dict[str, object] = {"version": version, **values}
    conditions = [ORDERS.c.order_id == order.order_id, ORDERS.c.version == order.version]
    if column:
        changed[column] = step.to_state
        conditions.append(ORDERS.c[column] == from_state)
    if connection.execute(update(ORDERS).where(*conditions).values(changed)).rowcount != 1:
        raise ChangedMeanwhileError(f"The order {order.number} is not at version {order.version} any more.")
    change = OrderChange(version, step.axis, from_state, step.to_state, step.actor, step.reason, step.at_ms)
    row = {"order_id": order.order_id, **msgspec.structs.asdict(change)}
    connection.execute(insert(ORDER_CHANGES).values(row))
    after = msgspec.structs.replace(order, **_typed(changed), changes=[*order.changes, change])
    if _holds_unpaid(order) and step.axis is not OrderAxis.CASE:
        let_go(connection, order.order_id)
    is_payment = (step.axis, from_state) == (OrderAxis.PAYMENT, PaymentState.UNPAID)
    was_paid_now = is_payment and step.to_state == PaymentState.PAID
    _write_change(connection, after, step, was_paid_now=was_paid_now)
    if was_paid_now:
        tell_paid(connection, [after], step.at_ms)
    return after


def _holds_unpaid(order: Order) -> bool:
    return order.state is OrderState.OPEN and order.payment_state is PaymentState.UNPAID


def _parcel_state(order: Order, step: Step) -> str:
    is_known = step.axis is OrderAxis.PARCEL and order.parcels
    return order.parcels[-1].state if is_known else ""


def _typed(changed: dict[str, object]) -> dict[str, object]:
    hints = Order.__annotations__
    return {name: msgspec.convert(value, hints[name]) for name, value in changed.items() if name in hints}


def _write_change(connection: Connection, order: Order, step: Step, *, was_paid_now: bool) -> None:
    query = select(ORDERS.c.session_id).where(ORDERS.c.order_id == order.order_id)
    body = msgspec.structs.replace(
        order_as_now(order),
        was_paid_now=was_paid_now and not order.coins,
        case_state=step.to_state if step.axis is OrderAxis.CASE else "",
    )
    message = OutboxMessage(order.room_id, str(connection.scalar(query)), body)
    write_outbox(connection, [message], step.at_ms)
