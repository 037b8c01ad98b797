"""Shows the messages of the chosen order in the orders window, and sends what staff write."""

import logging
import uuid
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject

from backend.contract.order_messages import OrderMessage, WriteMessage
from backend.contract.shop_events import OrderChanged
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED
from studio.connection.orders_http import OrdersHttp
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.shop import order_problems
from widgets.shop.orders_window import OrdersWindow

log = logging.getLogger("livestall.orders")

Connect = Callable[[Place], Awaitable[OrdersHttp]]


class ThreadsView(QObject):
    """Reads a thread when it is looked at; what comes for a room that was left meanwhile is dropped.

    Args:
        connect: returns HTTP to the shop of a room.
    """

    def __init__(
        self,
        client: RoomClient,
        background: BackgroundTasks,
        connect: Connect,
        clock: ServerClock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        client.updated.connect(self._on_update)
        self._background = background
        self._connect = connect
        self._clock = clock
        self._place: Place | None = None
        self._orders: OrdersWindow | None = None
        # A message that had no answer is sent again under its key: it may have been written.
        self._unanswered: dict[tuple[str, str], str] = {}

    def go_to(self, place: Place | None) -> None:
        """Read the threads of this room from now on; None: of none."""
        self._place = place
        self._unanswered.clear()

    def attach(self, orders: OrdersWindow) -> None:
        """Show the threads in this window."""
        self._orders = orders
        orders.thread_wanted.connect(self.read)
        orders.message_wanted.connect(self.write)

    def _on_update(self, update: RoomUpdate) -> None:
        if not isinstance(update, OrderChanged) or update.message_side is None or self._orders is None:
            return
        if update.order.order_id == self._orders.thread_id:
            self.read(update.order.order_id)

    def read(self, order_id: str) -> None:
        """Read the newest messages of an order, and note that they were read."""

        async def read(place: Place) -> None:
            async with await self._connect(place) as http:
                page = await http.messages(order_id)
                if page.messages and page.unread:
                    await http.mark_messages_read(order_id, page.messages[0].number)
            if place is self._place:
                self._show(order_id, page.messages[::-1])

        self._begin(read, lambda error: log.warning("messages could not be read: %r", error))

    def write(self, order_id: str, text: str) -> None:
        """Write to the buyer of an order."""
        key = self._unanswered.setdefault((order_id, text), uuid.uuid4().hex)

        async def write(place: Place) -> None:
            async with await self._connect(place) as http:
                await http.write_message(order_id, WriteMessage(text), key)
            if place is self._place and self._orders is not None:
                self._unanswered.pop((order_id, text), None)
                self._orders.detail.messages.show_sent(order_id)
                self.read(order_id)

        self._begin(write, lambda error: self._on_refused(order_id, error))

    def _begin(
        self, work: Callable[[Place], Awaitable[None]], on_failed: Callable[[Exception], None]
    ) -> None:
        place = self._place
        if place is None:
            return

        async def begin() -> None:
            try:
                await work(place)
            except FAILED as error:
                if place is self._place:
                    on_failed(error)

        self._background.begin(begin)

    def _show(self, order_id: str, messages: list[OrderMessage]) -> None:
        if self._orders is not None:
            self._orders.detail.messages.show_messages(order_id, messages, self._clock.now_ms)

    def _on_refused(self, order_id: str, error: Exception) -> None:
        log.warning("a message was not sent: %r", error)
        if self._orders is not None:
            self._orders.detail.messages.show_refused(order_id, order_problems.action_problem(error))
