"""The window of a room's orders: a table with search and filters, and the chosen order with its actions."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeySequence, QPixmap, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget
from typing_extensions import override

from backend.contract.cases import Case
from backend.contract.orders import Order, ShipOrder
from backend.contract.payments import Attempt
from widgets.common import plain
from widgets.common.menus import popup
from widgets.live.toasts import Tone
from widgets.shop import order_copy, order_states, order_texts
from widgets.shop.case_actions import CaseActions
from widgets.shop.case_dialog import CaseAction
from widgets.shop.case_list import CaseList
from widgets.shop.case_pictures import LargePicture
from widgets.shop.order_actions import OrderActions
from widgets.shop.order_detail import WIDTH, OrderDetail
from widgets.shop.order_dialog import OrderAction
from widgets.shop.order_files import OrderFiles
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
        order_wanted: emitted with the id of an order that is to be shown, and was not read yet.
        more_cases_wanted: closed cases should be read.
        action: emitted with an `OrderAction`.
        case_action: emitted with a `CaseAction`.
        case_picture_wanted: emitted with the path of a case's picture that is to be shown large.
        mark_wanted: emitted with an order's id and a `MarkOrder`.
        thread_wanted: emitted with the id of the order whose messages are looked at.
        older_wanted: emitted with the id of an order whose older messages are wanted.
        message_wanted: emitted with an order's id and a text for its buyer.
        to_ship_wanted: all that waits to be sent should be read.
        sound_toggled: emitted with whether a new order makes a sound.
    """

    refresh_wanted = Signal()
    more_wanted = Signal()
    order_chosen = Signal(str)
    order_wanted = Signal(str)
    more_cases_wanted = Signal()
    action = Signal(object)
    case_action = Signal(object)
    case_picture_wanted = Signal(str)
    mark_wanted = Signal(str, object)
    thread_wanted = Signal(str)
    older_wanted = Signal(str)
    message_wanted = Signal(str, str)
    to_ship_wanted = Signal()
    sound_toggled = Signal(bool)

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__(app_icon)
        self._now_ms = 0.0
        self._has_more = False
        self._chosen_id = self._wanted_id = ""
        # The keys are the table's, as soon as it has rows; who searches meanwhile goes on searching.
        self._awaits_rows = False
        self.order_actions, self.case_actions = OrderActions(self), CaseActions(self)
        self.files = OrderFiles(self)
        self.head, self.list, self.cases = OrdersHead(), OrderList(), CaseList()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.list)
        self.lists.addWidget(self.cases)
        self.detail = OrderDetail(self.list.model.picture)
        self.splitter: QSplitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(6)
        self.splitter.addWidget(self.lists)
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
        head.text_changed.connect(self.cases.set_text)
        head.stage_chosen.connect(self._on_stage_chosen)
        head.sound_toggled.connect(self.sound_toggled)
        head.refresh_wanted.connect(self.refresh_wanted)
        orders.order_chosen.connect(self._on_order_chosen)
        orders.more_wanted.connect(self.more_wanted)
        orders.again_wanted.connect(self.refresh_wanted)
        orders.search_cleared.connect(self.clear_search)
        self._connect_cases()
        head.import_wanted.connect(self.files.ask_to_import)
        head.files_wanted.connect(lambda place: self.files.open_menu(place, len(table.chosen)))
        table.opened.connect(self._focus_detail)
        table.ship_wanted.connect(self.ask_to_ship)
        table.copy_wanted.connect(self.copy_rows)
        table.menu_wanted.connect(self._open_menu)
        detail.ship_wanted.connect(self.ask_to_ship)
        detail.cancel_wanted.connect(self.ask_to_cancel)
        detail.paid_wanted.connect(self.ask_if_paid)
        detail.refund_wanted.connect(self.ask_to_refund)
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

    def _connect_cases(self) -> None:
        cases = self.cases
        cases.case_chosen.connect(self._on_order_chosen)
        cases.more_wanted.connect(self.more_cases_wanted)
        cases.again_wanted.connect(self.refresh_wanted)
        cases.search_cleared.connect(self.head.search.clear)
        cases.table.opened.connect(self._focus_detail)
        self.detail.case_step_wanted.connect(
            lambda case, step: self.case_actions.ask(case, self.detail.order, step)
        )
        self.case_actions.action.connect(self.case_action)
        self.detail.case_picture_wanted.connect(self.case_picture_wanted)
        self.detail.mark_bar.mark_wanted.connect(self.mark_wanted)
        self.detail.thread_wanted.connect(self.thread_wanted)
        self.detail.messages.older_wanted.connect(self.older_wanted)
        self.looked_at.connect(self._on_looked_at)
        self.detail.messages.write_wanted.connect(self.message_wanted)

    @override
    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Orders"))
        self.splitter.setAccessibleName(self.tr("Orders"))

    # --- In ---

    def clear(self) -> None:
        """Forget the orders of the room before."""
        self.order_actions.close_all()
        self.case_actions.close_all()
        self._has_more = False
        self.list.clear()
        self.cases.clear()
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

    def put_cases(self, cases: Sequence[Case]) -> None:
        """Show these cases as they are now."""
        self.cases.put(cases)
        self._on_order_chosen()
        self._show_counts()

    def show_problem(self, cause: str, remedy: str) -> None:
        """Say why the orders were not read, and what helps."""
        self._wanted_id = ""  # it may be tried again
        self.list.show_problem(cause, remedy)
        self.cases.show_problem(cause, remedy)

    def show_picture(self, image_url: str, picture: QPixmap) -> None:
        """Show this picture where a line has its address."""
        self.list.model.set_picture(image_url, picture)
        order = self.detail.order
        is_of_line = order is not None and any(line.image_url == image_url for line in order.lines)
        if is_of_line or self.detail.has_case_picture(image_url):
            self.detail.show_pictures()

    def show_large(self, picture: QPixmap) -> None:
        """Show a picture as large as the screen allows."""
        LargePicture(picture, self).show()

    def show_attempts(self, order_id: str, attempts: Sequence[Attempt]) -> None:
        """Show the attempts to pay of an order."""
        self.detail.show_attempts(order_id, attempts)

    def show_time(self, now_ms: float) -> None:
        """Count down what must be paid until a certain time."""
        self._now_ms = now_ms
        self.list.model.set_now(now_ms)
        self.cases.model.set_now(now_ms)

    def show_done(self, action: OrderAction, order: Order) -> None:
        """Show what an action made of its order, and go on to the next one where that was wanted."""
        self.put([order])
        if isinstance(action.body, ShipOrder):
            number = order_texts.number_text(order.number)
            self.toasts.show_toast(self.tr("Shipped: {number}").format(number=number))
        self.order_actions.close_for(action)

    def show_refused(self, action: OrderAction, why: str) -> None:
        """Say why an action was not carried out."""
        if not self.order_actions.give_back(action, why):
            self.toasts.show_toast(why, Tone.BAD)  # of an order that lies in another one's parcel

    def show_case_done(self, action: CaseAction, case: Case) -> None:
        """Show what an action made of its case."""
        self.put_cases([case])
        self.case_actions.close_for(action)

    def show_case_refused(self, action: CaseAction, why: str) -> None:
        """Say why a case's step was not taken."""
        self.case_actions.give_back(action, why)

    def choose_case(self, order_id: str) -> None:
        """Show the cases, and of them the most urgent one of this order."""
        self.head.search.clear()
        self.head.choose(Stage.CASES)
        self.cases.choose(order_id)

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

    @property
    def thread_id(self) -> str:
        """The id of the order whose messages are shown; empty for none."""
        return self.chosen_id if self.isVisible() and self.detail.thread_button.isChecked() else ""

    @property
    def read_id(self) -> str:
        """The id of the order whose messages somebody looks at; empty for none, as in the background."""
        return self.thread_id if self.isActiveWindow() and not self.isMinimized() else ""

    def open_thread(self, order_id: str) -> bool:
        """Show this order with its messages, and return whether it is there."""
        self.choose(order_id)
        is_there = self.chosen_id == order_id
        if is_there:
            self.detail.thread_button.setChecked(True)
        return is_there

    def _on_looked_at(self) -> None:
        if self.thread_id:
            self.thread_wanted.emit(self.thread_id)

    # --- Actions ---

    def ask_to_ship(self) -> None:
        """Ask for carrier and tracking number of the current order, if it can be shipped."""
        self.order_actions.ask_to_ship(self.detail.order, self.list.model.orders)

    def ask_to_cancel(self) -> None:
        """Ask why the current order is called off, if it can be."""
        self.order_actions.ask_to_cancel(self.detail.order)

    def ask_to_refund(self) -> None:
        """Ask what of the current order is paid back, if something can be."""
        self.order_actions.ask_to_refund(self.detail.order)

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
        counts = self.list.counts
        counts[Stage.CASES] = self.cases.model.waiting
        self.head.show_counts(counts, self.list.paid_text, has_more=self._has_more)

    @property
    def _shows_cases(self) -> bool:
        return self.lists.currentWidget() is self.cases

    def _on_stage_chosen(self, stage: Stage) -> None:
        is_cases = stage is Stage.CASES
        self.lists.setCurrentWidget(self.cases if is_cases else self.list)
        if is_cases:
            self._on_order_chosen()
            return
        self.list.set_stage(stage)
        if stage is Stage.TO_SHIP:
            self.to_ship_wanted.emit()

    def _on_order_chosen(self) -> None:
        order = self._order_to_show()
        order_id = "" if order is None else order.order_id
        self.detail.show_order(order, self._now_ms, self.cases.model.of_order(order_id))
        if order_id and order_id != self._chosen_id:
            self.order_chosen.emit(order_id)
        self._chosen_id = order_id

    def _order_to_show(self) -> Order | None:
        if not self._shows_cases:
            return self.list.table.order
        case = self.cases.table.case
        order = None if case is None else self.list.model.find(case.order_id)
        if case is not None and order is None and case.order_id != self._wanted_id:
            self._wanted_id = case.order_id
            self.order_wanted.emit(case.order_id)
        return order

    def _focus_detail(self) -> None:
        self.detail.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_search(self) -> None:
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    @override
    def focus_rows(self) -> None:
        table = self.cases.table if self._shows_cases else self.list.table
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_menu(self, place: QPoint) -> None:
        order = self.detail.order
        if order is None:
            return
        menu = QMenu(self)
        may_refund = order_states.may_refund(order) and not self.detail.is_case_open
        for text, slot, is_possible in (
            (self.tr("Ship…"), self.ask_to_ship, order_states.may_ship(order)),
            (self.tr("Mark as paid…"), self.ask_if_paid, order_states.may_mark_paid(order)),
            (self.tr("Copy the number"), self.detail.copy_number, True),
            (self.tr("Copy the address"), self.detail.copy_address, True),
            (self.tr("Copy as a table"), self.copy_rows, True),
            (self.tr("Refund…"), self.ask_to_refund, may_refund),
            (self.tr("Cancel the order…"), self.ask_to_cancel, order_states.may_cancel(order)),
        ):
            action = menu.addAction("")
            plain.set_text(action, text)
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        popup(menu, place)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._awaits_rows = True
        self.focus_rows()
        super().showEvent(event)
