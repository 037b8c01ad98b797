"""What the shop's people note on orders for each other: a remark, a flag. Inside the caller's transaction."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update

from backend.contract.orders import MarkOrder, Order, OrderMark
from backend.shop.idempotency import Keeping
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDER_MARKS

_NONE = OrderMark("", is_flagged=False, by="", at_ms=0)


class _KeptMark(msgspec.Struct, frozen=True):
    order_id: str


def mark_order(
    connection: Connection, order_id: str, wish: MarkOrder, *, actor: str, at_ms: int
) -> OrderMark:
    """Write remark and flag over those that are there."""
    mark = OrderMark(wish.remark, wish.is_flagged, actor, at_ms, order_id)
    values = {"remark": mark.remark, "is_flagged": mark.is_flagged, "actor": actor, "at_ms": at_ms}
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


def _recall(connection: Connection, kept: str) -> OrderMark:
    return read_mark(connection, msgspec.json.decode(kept, type=_KeptMark).order_id)


A_MARK = Keeping[OrderMark, OrderMark](OrderMark, _keep, _recall)
