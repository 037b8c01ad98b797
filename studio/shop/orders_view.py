"""Shows a room's orders in their window, says when one is new, and carries out what is done with one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.contract.audience import YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.orders import Order, OrdersPage
from backend.contract.payments import Attempt
from studio.background_tasks import BackgroundTasks
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import RoomUpdate, Synced
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings
from studio.shop import order_problems
from studio.shop.case_reader import CaseReader
from studio.shop.cases_view import CasesView
from studio.shop.order_files_view import OrderFilesView
from studio.shop.order_news import OrderNews
from studio.shop.order_reader import OrderReader
from studio.shop.threads_view import ThreadsView
from studio.window.room_window import RoomWindow
from widgets.common.foreign_picture import foreign_picture
from widgets.common.money import amount_text
from widgets.live.toasts import Offer, Tone
from widgets.shop.order_dialog import OrderAction
from widgets.shop.order_texts import number_text
from widgets.shop.orders_window import OrdersWindow

POLL_MS: Final = 5_000
MOST_SINGLY: Final = 3


class OrdersView(QObject):
    """Between the shop and the orders window, which is made when it is first wanted.

    What the room says of orders is read at once, as a page where it says much. While the line to the room is
    down and the window can be seen, the newest page and the chosen order are read every five seconds.

    Attributes:
        chime_wanted: a new order is to be heard.
        timer: lets the window follow what happens while the room says nothing.
        news: what the room says of orders.
    """

    chime_wanted = Signal()

    def __init__(
        self,
        client: RoomClient,
        clock: ServerClock,
        background: BackgroundTasks,
        settings: SavedSettings,
        window: RoomWindow,
    ) -> None:
        super().__init__(window)
        self._client = client
        self._background = background
        self._clock = clock
        self._settings = settings
        self._window = window
        self._orders: OrdersWindow | None = None
        self._files: OrderFilesView | None = None
        self._is_allowed = True
        self._has_read = self._has_gap = False
        self._known: set[str] = set()
        self._placed: set[str] = set()
        self._announced: set[str] = set()
        self._new = 0
        self._thread_to_open = ""
        self.timer = QTimer(self)
        self.timer.setInterval(POLL_MS)
        self.timer.timeout.connect(self._poll)
        self._reader = OrderReader(background, self)
        self._connect_reader()
        self._cases = CasesView(client, CaseReader(background, self), window)
        self._threads = ThreadsView(client, background, clock, window)
        self._threads.written.connect(self._ring)
        self._threads.show_wanted.connect(self._open_at_thread)
        self._cases.opened.connect(lambda _case: self._ring())
        self._cases.show_wanted.connect(self._open_at_case)
        self.news = OrderNews(client, self)
        self.news.changed.connect(self._on_changed)
        client.updated.connect(self.on_update)
        window.orders_wanted.connect(self.open)

    def _connect_reader(self) -> None:
        reader = self._reader
        reader.first_page_read.connect(self._on_first_page)
        reader.next_page_read.connect(self._on_next_page)
        reader.order_read.connect(self._on_order)
        reader.reading_failed.connect(self._on_failed)
        reader.attempts_read.connect(self._on_attempts)
        reader.picture_read.connect(self._on_picture)
        reader.done.connect(self._on_done)
        reader.refused.connect(self._on_refused)
        reader.to_ship_read.connect(self._on_to_ship)
        reader.mark_refused.connect(self._on_mark_refused)

    # --- In ---

    def go_to(self, place: Place | None) -> None:
        """Show the orders of this room from now on; None: of none."""
        if place == self._reader.place:
            return
        self._reader.go_to(place)
        if self._files is not None:
            self._files.go_to(place)
        self._cases.go_to(place)
        self._threads.go_to(place)
        self._has_read = self._has_gap = False
        self._thread_to_open = ""
        for ids in (self._known, self._placed, self._announced):
            ids.clear()
        self.news.begin()
        self._show_new(0)
        if self._orders is not None:
            self._orders.clear()
        self.refresh()

    def on_update(self, update: RoomUpdate) -> None:
        """Follow what one may do, and read again what may have changed while the line was down."""
        if isinstance(update, Synced):
            self.refresh()
            self._cases.refresh()
        elif isinstance(update, YouChanged):
            before = self._is_allowed
            you = update.you
            self._is_allowed = you.role is Role.HOST or AssistantRight.ORDERS in you.rights
            self._cases.is_allowed = self._threads.is_allowed = self._is_allowed
            if before != self._is_allowed:
                self._cases.refresh()
                self._threads.count()
            if before != self._is_allowed and self._orders is not None:
                self._orders.clear()
                self.refresh()

    def refresh(self) -> None:
        """Read the newest orders and the chosen one, if the window can be seen."""
        if self._orders is None or not self._orders.isVisible():
            return
        if not self._is_allowed:
            self._orders.show_problem(*order_problems.no_right())
        elif self._reader.place is None:
            self._orders.show_problem(*order_problems.no_place())
        else:
            self._reader.read_newest()
            self.refresh_order(self._orders.chosen_id)

    def refresh_order(self, order_id: str) -> None:
        """Read one order as it is now, a new one too; an empty id is of none."""
        if order_id and self._is_allowed:
            self._reader.read_order(order_id)
            if self._orders is not None and order_id == self._orders.chosen_id:
                self._reader.read_attempts(order_id)

    def _on_changed(self, changed: Sequence[str], new: Sequence[str]) -> None:
        new = [order_id for order_id in new if order_id not in self._known]
        self._placed.update(new)
        if len(new) > 1:
            self._announced.update(new)
            self._tell(self.tr("{n} new orders").format(n=len(new)), len(new), max(new))
        if self._orders is None or not self._orders.isVisible():
            changed = new if len(new) == 1 else []
        if len(changed) > MOST_SINGLY:
            self.refresh()
        else:
            for order_id in changed:
                self.refresh_order(order_id)

    def _poll(self) -> None:
        is_seen = self._orders is not None and not self._orders.isMinimized()
        if is_seen and not self._client.is_connected:
            self.refresh()
            self._cases.refresh()

    # --- The window ---

    def open(self) -> None:
        """Show the orders."""
        orders = self._orders or self._made()
        orders.come_forward()
        self._show_new(0)

    def close(self) -> None:
        """Close the window with the studio's."""
        if self._orders is not None:
            self._orders.close()

    def _made(self) -> OrdersWindow:
        orders = OrdersWindow(self._window.windowIcon())
        orders.restore_layout(self._settings.now.orders_layout)
        orders.head.show_sound(is_on=self._settings.now.has_order_sound)
        orders.show_time(self._clock.now_ms)
        self._clock.ticked.connect(orders.show_time)
        orders.shown.connect(self._on_shown)
        orders.hidden.connect(self._on_hidden)
        orders.refresh_wanted.connect(self.refresh)
        orders.refresh_wanted.connect(self._cases.refresh)
        orders.more_wanted.connect(self._reader.read_older)
        orders.order_chosen.connect(self._reader.read_attempts)
        orders.order_wanted.connect(self._reader.read_order)
        orders.action.connect(self._reader.act)
        orders.mark_wanted.connect(self._reader.mark)
        orders.to_ship_wanted.connect(self._reader.read_to_ship)
        orders.order_chosen.connect(self._reader.read_order)
        orders.sound_toggled.connect(lambda is_on: self._settings.change(has_order_sound=is_on))
        self._orders = orders
        self._cases.attach(orders)
        self._threads.attach(orders)
        self._files = OrderFilesView(self._background, self._clock, orders)
        self._files.go_to(self._reader.place)
        return orders

    def _on_shown(self) -> None:
        self.timer.start()
        self.refresh()
        self._cases.refresh()

    def _on_hidden(self) -> None:
        self.timer.stop()
        if self._orders is not None:
            self._settings.change(orders_layout=self._orders.layout_text())

    # --- What was read ---

    def _on_first_page(self, page: OrdersPage) -> None:
        if self._has_read and self._are_all_unknown(page):
            # More came than a page holds: what lies between it and the known ones is read next.
            self._reader.go_on_after(page)
            self._has_gap = True
        new = [order for order in page.orders if self._is_news(order)] if self._has_read else []
        self._has_read = True
        self._put(page.orders)
        self._announce(new)
        self._fill_gap()

    def _on_next_page(self, page: OrdersPage) -> None:
        self._has_gap = self._has_gap and self._are_all_unknown(page)
        self._put(page.orders)
        self._fill_gap()

    def _are_all_unknown(self, page: OrdersPage) -> bool:
        return bool(page.orders) and all(order.order_id not in self._known for order in page.orders)

    def _fill_gap(self) -> None:
        if self._has_gap:
            self._reader.read_older()

    def _on_order(self, order: Order) -> None:
        is_new = order.order_id in self._placed and self._is_news(order)
        self._put([order])
        if is_new:
            self._announce([order])
        if order.order_id == self._thread_to_open and self._orders is not None:
            self._thread_to_open = ""
            self._orders.open_thread(order.order_id)

    def _put(self, orders: Sequence[Order]) -> None:
        self._known.update(order.order_id for order in orders)
        if self._orders is None:
            return
        self._orders.put(orders, has_more=self._reader.has_more)
        self._reader.read_pictures(list(orders))
        if self._orders.list.is_short:
            self._reader.read_older()

    def _on_failed(self, error: Exception) -> None:
        if self._orders is not None:
            self._orders.show_problem(*order_problems.reading_problem(error))

    def _on_attempts(self, order_id: str, attempts: Sequence[Attempt]) -> None:
        if self._orders is not None:
            self._orders.show_attempts(order_id, attempts)

    def _on_picture(self, path: str, content: bytes) -> None:
        picture = foreign_picture(content)
        if picture is not None and self._orders is not None:
            self._orders.show_picture(path, picture)

    def _on_done(self, action: OrderAction, order: Order) -> None:
        if self._orders is not None:
            self._orders.show_done(action, order)

    def _on_refused(self, action: OrderAction, error: Exception) -> None:
        if self._orders is not None:
            self._orders.show_refused(action, order_problems.action_problem(error))
            self.refresh_order(action.order_id)  # a refusal often means that a colleague was faster

    def _on_to_ship(self, orders: Sequence[Order]) -> None:
        # They are no page: what lies between them may be unread.
        if self._orders is not None:
            self._orders.put(orders)
            self._reader.read_pictures(list(orders))

    def _on_mark_refused(self, error: Exception) -> None:
        if self._orders is not None:
            self._orders.toasts.show_toast(order_problems.action_problem(error), Tone.BAD)

    # --- New orders ---

    def _is_news(self, order: Order) -> bool:
        return order.order_id not in self._known and order.order_id not in self._announced

    def _announce(self, new: Sequence[Order]) -> None:
        if len(new) == 1:
            [order] = new
            amount = amount_text(order.total_minor, order.currency)
            text = self.tr("New order {number}: {amount}")
            text = text.format(number=number_text(order.number), amount=amount)
            self._tell(text, 1, order.order_id)
        elif new:
            self._tell(self.tr("{n} new orders").format(n=len(new)), len(new), new[0].order_id)

    def _tell(self, text: str, count: int, newest_id: str) -> None:
        self._ring()
        if self._orders is not None and self._orders.isActiveWindow():
            return
        self._show_new(self._new + count)
        offer = Offer(self.tr("Show"), lambda: self._open_at(newest_id))
        self._window.toasts.show_toast(text, offer=offer)

    def _ring(self) -> None:
        if self._settings.now.has_order_sound:
            self.chime_wanted.emit()

    def _open_at_case(self, order_id: str) -> None:
        self.open()
        if self._orders is not None:
            self._orders.choose_case(order_id)

    def _open_at_thread(self, order_id: str) -> None:
        self.open()
        if self._orders is not None and not self._orders.open_thread(order_id):
            # It is older than what was read: it opens as soon as it is here.
            self._thread_to_open = order_id
            self._reader.read_order(order_id)

    def _open_at(self, order_id: str) -> None:
        self.open()
        if self._orders is not None:
            self._orders.choose(order_id)

    def _show_new(self, count: int) -> None:
        self._new = count
        self._window.show_new_orders(count)
