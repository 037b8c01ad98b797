"""What the shop's people note on orders for each other: a remark, a flag. Inside the caller's transaction."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update

from backend.contract.orders import MarkOrder, Order, OrderMark
from backend.contract.phones import HIDDEN
from backend.shop.idempotency import Keeping
from backend.shop.orders.reading import find_order
from backend.shop.people import Person
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDER_MARKS

_NONE = OrderMark("", is_flagged=False, by="", at_ms=0)


class _KeptMark(msgspec.Struct, frozen=True):
    order_id: str


def mark_order(
    connection: Connection, order_id: str, wish: MarkOrder, *, actor: str, at_ms: int
) -> OrderMark:
    """Write remark and flag over those that are there.

    A remark that comes back as it is hidden from staff stays, and stays that of who wrote it: who sets the
    flag alone neither loses nor learns what others noted.
    """
    before = read_mark(connection, order_id)
    remark, by = (before.remark, before.by) if wish.remark == HIDDEN else (wish.remark, actor)
    mark = OrderMark(remark, wish.is_flagged, by, at_ms, order_id)
    values = {"remark": remark, "is_flagged": mark.is_flagged, "actor": by, "at_ms": at_ms}
    is_this = ORDER_MARKS.c.order_id == order_id
    if connection.execute(update(ORDER_MARKS).where(is_this).values(values)).rowcount == 0:
        connection.execute(insert(ORDER_MARKS).values(order_id=order_id, **values))
    return mark


def read_mark(connection: Connection, order_id: str) -> OrderMark:
    """Return what is noted on an order."""
    return _read(connection, [order_id]).get(order_id, _NONE)


def with_marks(connection: Connection, orders: Sequence[Order]) -> list[Order]:
    """Return the orders with what is noted on them, as staff see them."""
    marks = _read(connection, [order.order_id for order in orders])
    return [msgspec.structs.replace(order, mark=marks.get(order.order_id, _NONE)) for order in orders]


def _read(connection: Connection, order_ids: Sequence[str]) -> dict[str, OrderMark]:
    if not order_ids:
        return {}
    query = select(ORDER_MARKS).where(ORDER_MARKS.c.order_id.in_(order_ids))
    return {
        str(row["order_id"]): msgspec.convert({**row, "by": row["actor"]}, OrderMark, strict=False)
        for row in read_rows(connection, query)
    }


def _keep(mark: OrderMark) -> bytes:
    return msgspec.json.encode(_KeptMark(mark.order_id))


def marks_for(person: Person) -> Keeping[OrderMark, None]:
    """Return how answers are kept that are marks, and given again to the staff of the order's room."""

    def recall(connection: Connection, kept: str) -> OrderMark | None:
        order_id = msgspec.json.decode(kept, type=_KeptMark).order_id
        order = find_order(connection, order_id)
        return read_mark(connection, order_id) if order and person.is_staff_of(order) else None

    return Keeping[OrderMark, None](OrderMark, _keep, recall)
