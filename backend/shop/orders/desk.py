"""What the shop's people have beside the orders themselves: marks on them, and the list of what to send."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from backend.contract.orders import MarkOrder, Order, OrderMark, OrdersPage
from backend.shop.idempotency import KeyReused, Request, write_once
from backend.shop.orders.marks import mark_order, marks_for, with_marks
from backend.shop.orders.reading import find_order
from backend.shop.orders.shipping_list import read_shipping_list
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK = 200


class OrderDesk:
    """The desk of a room's staff; buyers see nothing of it.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def marked(self, person: Person, orders: Sequence[Order]) -> list[Order]:
        """Return orders as the person sees them: to staff of their room with what is noted on them."""
        if not orders or not all(person.is_staff_of(order) for order in orders):
            return list(orders)
        return await self._database.read(lambda connection: with_marks(connection, orders))

    async def mark(
        self, person: Person, order_id: str, wish: MarkOrder, request: Request
    ) -> OrderMark | KeyReused | None:
        """Note something on an order; None where it is none of the person's business."""

        def act(connection: Connection) -> OrderMark | None:
            order = find_order(connection, order_id)
            if order is None or not person.is_staff_of(order):
                return None
            return mark_order(connection, order_id, wish, actor=person.user_id, at_ms=self._clock_ms())

        keeping = marks_for(person)
        return await write_once(self._writer, request, keeping, act, status=OK, clock_ms=self._clock_ms)

    async def shipping_list(self, person: Person, *, cursor: str | None, limit: int) -> OrdersPage:
        """Return a page of what the person's room has to send, the oldest first, with what is noted on it."""

        def read(connection: Connection) -> OrdersPage:
            page = read_shipping_list(connection, person.room_id, cursor=cursor, limit=limit)
            return OrdersPage(with_marks(connection, page.orders), page.next)

        return await self._database.read(read)
