"""Shows the messages of the chosen order, says when a buyer writes, and sends what staff write."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.contract.order_messages import MessageSide, MessagesPage, OrderMessage, WriteMessage
from backend.contract.shop_events import OrderChanged
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED
from studio.connection.orders_http import OrdersHttp
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import RoomUpdate, Synced
from studio.connection.server_clock import ServerClock
from studio.shop import order_problems
from studio.window.room_window import RoomWindow
from widgets.live.toasts import Offer
from widgets.shop.order_texts import number_text
from widgets.shop.orders_window import OrdersWindow

log = logging.getLogger("livestall.orders")

GATHER_MS: Final = 200
COUNT_MS: Final = 1_000


class ThreadsView(QObject):
    """Reads a thread when it is shown; what comes for a room that was left meanwhile is dropped.

    What nobody looks at is not noted as read. How many messages are unread stands in the studio's window.

    Attributes:
        written: emitted when a buyer wrote.
        show_wanted: emitted with the id of the order whose messages are to be shown.
        is_allowed: whether one may see them.
        timer: gathers what a busy room says of messages.
        count_timer: lets what others read be counted, once a second at most.
    """

    written = Signal()
    show_wanted = Signal(str)

    def __init__(
        self,
        client: RoomClient,
        background: BackgroundTasks,
        clock: ServerClock,
        window: RoomWindow,
    ) -> None:
        super().__init__(window)
        client.updated.connect(self._on_update)
        self._background = background
        self._clock = clock
        self._window = window
        self._place: Place | None = None
        self._orders: OrdersWindow | None = None
        self.is_allowed = True
        self._unread = 0
        self._shown_id = ""
        self._messages: list[OrderMessage] = []
        self._before: int | None = None
        self._gathered: set[str] = set()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(GATHER_MS)
        self.timer.timeout.connect(self._announce)
        self.count_timer = QTimer(self)
        self.count_timer.setSingleShot(True)
        self.count_timer.setInterval(COUNT_MS)
        self.count_timer.timeout.connect(self.count)
        # A message that had no answer is sent again under its key: it may have been written.
        self._unanswered: dict[tuple[str, str], str] = {}

    def go_to(self, place: Place | None) -> None:
        """Follow the threads of this room from now on; None: of none."""
        self._place = place
        self._unanswered.clear()
        self._gathered.clear()
        self._shown_id, self._messages, self._before = "", [], None
        self._show_unread(0)
        self.count()

    def attach(self, orders: OrdersWindow) -> None:
        """Show the threads in this window."""
        self._orders = orders
        orders.thread_wanted.connect(self.read)
        orders.older_wanted.connect(self.read_older)
        orders.message_wanted.connect(self.write)

    def _on_update(self, update: RoomUpdate) -> None:
        if isinstance(update, Synced):
            self.count()
        elif isinstance(update, OrderChanged):
            self._on_order(update)

    def _on_order(self, update: OrderChanged) -> None:
        order_id = update.order.order_id
        if update.message_side is MessageSide.BUYER:
            self._gathered.add(order_id)
            if not self.timer.isActive():
                self.timer.start()
        elif self._unread and not self.count_timer.isActive():
            # Of what others read the room says no more than that an order changed.
            self.count_timer.start()
        if update.message_side is not None and self._orders and order_id == self._orders.thread_id:
            self.read(order_id)

    # --- Reading ---

    def read(self, order_id: str) -> None:
        """Read the newest messages of an order, and note that they were read if somebody looks at them."""

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                page = await http.messages(order_id)
                if page.messages and page.unread and self._is_looked_at(order_id):
                    await http.mark_messages_read(order_id, page.messages[0].number)
                    self.count()
            if place is self._place:
                self._take_newest(order_id, page)

        self._begin(read, lambda error: log.warning("messages could not be read: %r", error))

    def read_older(self, order_id: str) -> None:
        """Read the messages before those that are shown."""

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                page = await http.messages(order_id, self._before)
            if place is self._place and order_id == self._shown_id:
                known = {message.number for message in self._messages}
                older = [message for message in page.messages[::-1] if message.number not in known]
                self._messages, self._before = older + self._messages, page.next
                self._show()

        def on_failed(error: Exception) -> None:
            log.warning("older messages could not be read: %r", error)
            if self._orders is not None:
                self._orders.detail.messages.show_older_failed(order_id)

        self._begin(read, on_failed)

    def count(self) -> None:
        """Read how many messages are unread."""
        if not self.is_allowed:
            self._show_unread(0)
            return

        async def count(place: Place) -> None:
            async with OrdersHttp(place) as http:
                unread = await http.unread_messages()
            if place is self._place:
                self._show_unread(unread)

        self._begin(count, lambda error: log.warning("messages could not be counted: %r", error))

    def _show_unread(self, count: int) -> None:
        self._unread = count
        self._window.show_unread_messages(count)

    def _is_looked_at(self, order_id: str) -> bool:
        return self._orders is not None and self._orders.read_id == order_id

    def _take_newest(self, order_id: str, page: MessagesPage) -> None:
        newest = page.messages[::-1]
        first = newest[0].number if newest else 0
        older = [one for one in self._messages if one.number < first] if order_id == self._shown_id else []
        # Their numbers leave out none: where one lacks between them, what is older is read again.
        if not older or older[-1].number + 1 < first:
            older, self._before = [], page.next
        self._shown_id, self._messages = order_id, older + newest
        self._show()

    def _show(self) -> None:
        if self._orders is not None:
            self._orders.detail.messages.show_messages(
                self._shown_id, self._messages, self._clock.now_ms, has_older=self._before is not None
            )

    # --- A buyer wrote ---

    def _announce(self) -> None:
        gathered, self._gathered = sorted(self._gathered), set()
        self.written.emit()
        self.count()
        unseen = [order_id for order_id in gathered if not self._is_looked_at(order_id)]
        if len(unseen) == 1:
            self._announce_one(unseen[0])
        elif unseen:
            self._tell(self.tr("{n} buyers wrote about their orders").format(n=len(unseen)), unseen[-1])

    def _announce_one(self, order_id: str) -> None:
        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                order = await http.order(order_id)
            if place is self._place:
                text = self.tr("A buyer wrote about order {number}")
                self._tell(text.format(number=number_text(order.number)), order_id)

        self._begin(read, lambda error: log.warning("an order could not be read: %r", error))

    def _tell(self, text: str, order_id: str) -> None:
        offer = Offer(self.tr("Show"), lambda: self.show_wanted.emit(order_id))
        orders = self._orders
        toasts = orders.toasts if orders is not None and orders.isActiveWindow() else self._window.toasts
        toasts.show_toast(text, offer=offer)

    # --- Writing ---

    def write(self, order_id: str, text: str) -> None:
        """Write to the buyer of an order."""
        key = self._unanswered.setdefault((order_id, text), uuid.uuid4().hex)

        async def write(place: Place) -> None:
            async with OrdersHttp(place) as http:
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

    def _on_refused(self, order_id: str, error: Exception) -> None:
        log.warning("a message was not sent: %r", error)
        if self._orders is not None:
            self._orders.detail.messages.show_refused(order_id, order_problems.action_problem(error))
