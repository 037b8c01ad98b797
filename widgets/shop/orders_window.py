"""The window of a room's orders: a table with search and filters, and the chosen order with its actions."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeySequence, QPixmap, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter
from typing_extensions import override

from backend.contract.orders import Order
from backend.contract.payments import Attempt
from widgets.common import plain
from widgets.shop import order_copy, order_states
from widgets.shop.order_actions import OrderActions
from widgets.shop.order_detail import WIDTH, OrderDetail
from widgets.shop.order_dialog import OrderAction
from widgets.shop.order_list import OrderList
from widgets.shop.order_states import Stage
from widgets.shop.orders_head import OrdersHead
from widgets.shop.shop_window import ShopWindow

SIZE: Final = QSize(1280, 720)
MINIMUM: Final = QSize(1024, 576)


class OrdersWindow(ShopWindow):
    """Asks for what it shows by signals, and is given it by the methods under "In".

    Attributes:
        refresh_wanted: the orders should be read again.
        more_wanted: older orders should be read.
        order_chosen: emitted with the id of the order whose attempts to pay are wanted.
        action: emitted with an `OrderAction`.
        sound_toggled: emitted with whether a new order makes a sound.
    """

    refresh_wanted = Signal()
    more_wanted = Signal()
    order_chosen = Signal(str)
    action = Signal(object)
    sound_toggled = Signal(bool)

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__(app_icon)
        self._now_ms = 0.0
        self._has_more = False
        self._chosen_id = ""
        # The keys are the table's, as soon as it has rows; who searches meanwhile goes on searching.
        self._awaits_rows = False
        self.order_actions = OrderActions(self)
        self.head, self.list = OrdersHead(), OrderList()
        self.detail = OrderDetail(self.list.model.picture)
        self.splitter: QSplitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(6)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self._lay_out(self.head, self.splitter)
        self.setMinimumSize(MINIMUM)
        self.resize(SIZE)
        self.splitter.setSizes([SIZE.width() - WIDTH, WIDTH])
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        head, orders, detail, table = self.head, self.list, self.detail, self.list.table
        head.text_changed.connect(orders.set_text)
        head.stage_chosen.connect(orders.set_stage)
        head.sound_toggled.connect(self.sound_toggled)
        head.refresh_wanted.connect(self.refresh_wanted)
        orders.order_chosen.connect(self._on_order_chosen)
        orders.more_wanted.connect(self.more_wanted)
        orders.again_wanted.connect(self.refresh_wanted)
        orders.search_cleared.connect(self.clear_search)
        table.opened.connect(self._focus_detail)
        table.ship_wanted.connect(self.ask_to_ship)
        table.copy_wanted.connect(self.copy_rows)
        table.menu_wanted.connect(self._open_menu)
        detail.ship_wanted.connect(self.ask_to_ship)
        detail.cancel_wanted.connect(self.ask_to_cancel)
        detail.paid_wanted.connect(self.ask_if_paid)
        detail.copy_wanted.connect(self._copy)
        self.order_actions.action.connect(self.action)
        self.order_actions.next_wanted.connect(self._ship_next)
        for keys, slot in (
            ("Ctrl+F", self._focus_search),
            ("F5", self.refresh_wanted.emit),
            ("Ctrl+W", self.close),
            ("Esc", self.focus_rows),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    @override
    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Orders"))
        self.splitter.setAccessibleName(self.tr("Orders"))

    # --- In ---

    def clear(self) -> None:
        """Forget the orders of the room before."""
        self.order_actions.close_all()
        self._has_more = False
        self.list.clear()
        self.detail.show_order(None, self._now_ms)
        self._show_counts()

    def put(self, orders: Sequence[Order], *, has_more: bool | None = None) -> None:
        """Show these orders as they are now; `has_more`: whether older ones are unread, None as before."""
        if has_more is not None:
            self._has_more = has_more
        self.list.put(orders)
        if orders and self._awaits_rows:
            self._awaits_rows = False
            if not self.head.search.text():
                self.focus_rows()
        self._show_counts()

    def show_problem(self, cause: str, remedy: str) -> None:
        """Say why the orders were not read, and what helps."""
        self.list.show_problem(cause, remedy)

    def show_picture(self, image_url: str, picture: QPixmap) -> None:
        """Show this picture where a line has its address."""
        self.list.model.set_picture(image_url, picture)
        order = self.detail.order
        if order is not None and any(line.image_url == image_url for line in order.lines):
            self.detail.show_pictures()

    def show_attempts(self, order_id: str, attempts: Sequence[Attempt]) -> None:
        """Show the attempts to pay of an order."""
        self.detail.show_attempts(order_id, attempts)

    def show_time(self, now_ms: float) -> None:
        """Count down what must be paid until a certain time."""
        self._now_ms = now_ms
        self.list.model.set_now(now_ms)

    def show_done(self, action: OrderAction, order: Order) -> None:
        """Show what an action made of its order, and go on to the next one where that was wanted."""
        self.put([order])
        self.order_actions.close_for(action)

    def show_refused(self, action: OrderAction, why: str) -> None:
        """Say why an action was not carried out."""
        self.order_actions.give_back(action, why)

    def choose(self, order_id: str) -> None:
        """Show this order; search and filter give way to it."""
        if not self.list.choose(order_id):
            self.clear_search()
            self.list.choose(order_id)

    def clear_search(self) -> None:
        """Show all orders."""
        self.head.search.clear()
        self.head.choose(Stage.ALL)

    @property
    def chosen_id(self) -> str:
        """The id of the order that is shown; empty for none."""
        return "" if self.detail.order is None else self.detail.order.order_id

    # --- Actions ---

    def ask_to_ship(self) -> None:
        """Ask for carrier and tracking number of the current order, if it can be shipped."""
        self.order_actions.ask_to_ship(self.detail.order)

    def ask_to_cancel(self) -> None:
        """Ask why the current order is called off, if it can be."""
        self.order_actions.ask_to_cancel(self.detail.order)

    def ask_if_paid(self) -> None:
        """Ask whether the money of the current order is there, if only people see that."""
        self.order_actions.ask_if_paid(self.detail.order)

    def copy_rows(self) -> None:
        """Put the selected orders on the clipboard, as a table."""
        chosen = self.list.table.chosen
        if chosen:
            self._copy(order_copy.table(chosen), self.tr("{n} orders").format(n=len(chosen)))

    def _ship_next(self, order_id: str) -> None:
        following = self.list.next_to_ship(order_id)
        if following is None:
            self.toasts.show_toast(self.tr("Nothing more to ship here."))
            return
        self.choose(following.order_id)
        self.ask_to_ship()

    def _copy(self, text: str, what: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.toasts.show_toast(self.tr("On the clipboard: {what}").format(what=what))

    # --- Showing ---

    def _show_counts(self) -> None:
        self.head.show_counts(self.list.counts, self.list.paid_text, has_more=self._has_more)

    def _on_order_chosen(self) -> None:
        order = self.list.table.order
        self.detail.show_order(order, self._now_ms)
        order_id = "" if order is None else order.order_id
        if order_id and order_id != self._chosen_id:
            self.order_chosen.emit(order_id)
        self._chosen_id = order_id

    def _focus_detail(self) -> None:
        self.detail.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_search(self) -> None:
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    @override
    def focus_rows(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_menu(self, place: QPoint) -> None:
        order = self.detail.order
        if order is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, slot, is_possible in (
            (self.tr("Ship…"), self.ask_to_ship, order_states.may_ship(order)),
            (self.tr("Mark as paid…"), self.ask_if_paid, order_states.may_mark_paid(order)),
            (self.tr("Copy the number"), self.detail.copy_number, True),
            (self.tr("Copy the address"), self.detail.copy_address, True),
            (self.tr("Copy as a table"), self.copy_rows, True),
            (self.tr("Cancel the order…"), self.ask_to_cancel, order_states.may_cancel(order)),
        ):
            action = menu.addAction("")
            plain.set_text(action, text)
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        menu.popup(place)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._awaits_rows = True
        self.focus_rows()
        super().showEvent(event)
