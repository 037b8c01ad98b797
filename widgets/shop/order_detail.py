"""The right side of the orders window: one order, and what can be done with it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QStackedWidget, QWidget
from typing_extensions import override

from backend.contract.cases import Case
from backend.contract.orders import Order
from backend.contract.payments import Attempt
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.retranslate import Retranslated
from widgets.common.tokens import icon
from widgets.shop import case_states, order_states, order_texts
from widgets.shop.case_pictures import small_path
from widgets.shop.mark_bar import MarkBar
from widgets.shop.order_sheet import OrderSheet, PictureOf
from widgets.shop.order_thread import OrderThread

WIDTH: Final = 328


class OrderDetail(Retranslated):
    """Shows an order; nothing where none is chosen.

    Attributes:
        ship_wanted, cancel_wanted, refund_wanted, paid_wanted: what the buttons ask for, of the order that
            is shown.
        copy_wanted: emitted with a text for the clipboard, and what it is.
        case_step_wanted: emitted with a `Case` of the order and a `CaseStep`.
        case_picture_wanted: emitted with the path of a picture that is to be shown large.
        thread_wanted: emitted with the id of the order whose messages are looked at.
    """

    ship_wanted = Signal()
    cancel_wanted = Signal()
    refund_wanted = Signal()
    paid_wanted = Signal()
    copy_wanted = Signal(str, str)
    case_step_wanted = Signal(object, object)
    case_picture_wanted = Signal(str)
    thread_wanted = Signal(str)

    def __init__(self, picture_of: PictureOf) -> None:
        super().__init__()
        self._picture_of = picture_of
        self.order: Order | None = None
        self._attempts: Sequence[Attempt] = ()
        self._cases: Sequence[Case] = ()
        self._now_ms = 0.0
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(300)
        self.number, self.buyer = ElidedLabel(), ElidedLabel()
        self.number.setProperty("role", "title")
        self.buyer.setProperty("role", "dim")
        self.mark_bar = MarkBar()
        self.copy_button = push_button()
        self.copy_button.setIcon(icon("fa5s.copy"))
        self.copy_button.setProperty("kind", "outline")
        self.messages, self.thread_button = OrderThread(), push_button()
        self.thread_button.setCheckable(True)
        self.thread_button.setProperty("kind", "outline")
        self.area = QScrollArea()
        self.area.setObjectName("orderArea")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ship_button, self.cancel_button, self.paid_button = (push_button() for _ in range(3))
        self.refund_button = push_button()
        self.ship_button.setIcon(icon("fa5s.truck"))
        for button, kind in (
            (self.ship_button, "primary"),
            (self.cancel_button, "end"),
            (self.refund_button, "end"),
            (self.paid_button, "outline"),
        ):
            button.setProperty("kind", kind)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = row(self.number, self.copy_button)
        head.setStretch(0, 1)
        head.setContentsMargins(12, 10, 12, 0)
        under = row(self.buyer)
        under.setContentsMargins(12, 0, 12, 0)
        marks = row(self.mark_bar, self.thread_button)
        marks.setStretch(0, 1)
        marks.setContentsMargins(12, 0, 12, 0)
        foot = QFrame()
        foot.setObjectName("panelFoot")
        buttons = row(self.cancel_button, self.refund_button, self.paid_button, self.ship_button, margin=12)
        buttons.insertStretch(3, 1)
        foot.setLayout(buttons)
        self.sheets = QStackedWidget()
        self.sheets.addWidget(self.area)
        self.sheets.addWidget(self.messages)
        shown, layout = QWidget(), column(head, under, marks, self.sheets, foot, spacing=6)
        layout.setStretch(3, 1)
        shown.setLayout(layout)
        self.hint = label("", "dim")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.hint)
        self._pages.addWidget(shown)
        self.setLayout(self._pages)

    def _connect(self) -> None:
        self.ship_button.clicked.connect(self.ship_wanted)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.refund_button.clicked.connect(self.refund_wanted)
        self.paid_button.clicked.connect(self.paid_wanted)
        self.copy_button.clicked.connect(self.copy_number)
        self.thread_button.toggled.connect(self._on_thread_toggled)
        key = QShortcut(QKeySequence(Qt.Key.Key_S), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.ship_button.click)

    @override
    def retranslate(self) -> None:
        plain.set_text(self.hint, self.tr("Choose an order to see all of it."))
        say(self.copy_button, self.tr("Copy"), self.tr("Copy the order's number"))
        say(self.ship_button, self.tr("Ship…  S"), self.tr("Hand the order to a carrier (S)"))
        say(self.cancel_button, self.tr("Cancel…"), self.tr("Call the order off, with a reason"))
        self._show_refund_button()
        say(self.paid_button, self.tr("Mark as paid…"), self.tr("The money of this order is there"))
        self.area.setAccessibleName(self.tr("Order"))
        self._show_unread()
        self._show()

    # --- In ---

    def show_order(self, order: Order | None, now_ms: float, cases: Sequence[Case] = ()) -> None:
        """Show this order with its cases, or none; one that is shown already is brought up to date."""
        is_same = order is not None and self.order is not None and order.order_id == self.order.order_id
        if is_same and order == self.order and cases == self._cases:
            return
        self._now_ms = now_ms
        self.order, self._cases = order, cases
        if not is_same:
            self._attempts = ()
        self._show(keeps_place=is_same)

    def show_attempts(self, order_id: str, attempts: Sequence[Attempt]) -> None:
        """Show the attempts to pay, if their order is still the one that is shown."""
        is_shown = self.order is not None and self.order.order_id == order_id
        if is_shown and list(attempts) != list(self._attempts):
            self._attempts = attempts
            self._show(keeps_place=True)

    def has_case_picture(self, path: str) -> bool:
        """Whether a case that is shown has a small picture there."""
        return any(path == small_path(case, name) for case in self._cases for name in case.pictures)

    def show_pictures(self) -> None:
        """Show pictures that have come meanwhile."""
        if self.order is not None:
            self._show(keeps_place=True)

    def _show(self, *, keeps_place: bool = False) -> None:
        self._pages.setCurrentIndex(0 if self.order is None else 1)
        self.mark_bar.show_order(self.order)
        self._show_thread()
        if self.order is None:
            self.area.takeWidget()
            return
        place = self.area.verticalScrollBar().value() if keeps_place else 0
        order, address = self.order, self.order.address
        self.number.show_text(order_texts.number_text(order.number))
        town = " ".join(filter(None, (address.city, address.district)))
        created = order_texts.time_text(order.created_at_ms, self._now_ms)
        phone = order_texts.masked(address.phone)
        who = self.tr("Coins: nothing is sent") if order.coins else f"{address.name} {phone}"
        self.buyer.show_text(" · ".join(filter(None, (who, town, created))))
        sheet = OrderSheet(order, self._attempts, self._cases, self._picture_of, self._now_ms)
        sheet.copy_wanted.connect(self.copy_wanted)
        sheet.case_step_wanted.connect(self.case_step_wanted)
        sheet.case_picture_wanted.connect(self.case_picture_wanted)
        sheet.link_wanted.connect(lambda link: QDesktopServices.openUrl(QUrl(link)))
        self._put(sheet)
        self.area.verticalScrollBar().setValue(place)
        self.ship_button.setEnabled(order_states.may_ship(order))
        self.cancel_button.setEnabled(order_states.may_cancel(order))
        self.cancel_button.setVisible(not order_states.may_refund(order))
        self.refund_button.setVisible(order_states.may_refund(order))
        self._show_refund_button()
        self.paid_button.setVisible(order_states.may_mark_paid(order))

    @property
    def is_case_open(self) -> bool:
        """Whether a case of the order is open: while it is, it decides about the money."""
        return any(case_states.turn_of(case) is not case_states.Turn.NOBODYS for case in self._cases)

    def _show_refund_button(self) -> None:
        is_open = self.is_case_open
        tip = self.tr("Give money back, or call a paid order off")
        if is_open:
            tip = self.tr("A case of this order is open: decide it there, the money follows.")
        self.refund_button.setEnabled(not is_open)
        say(self.refund_button, self.tr("Refund…"), tip)

    def _put(self, sheet: OrderSheet) -> None:
        before = self.area.widget()
        had_focus = before is not None and before.isAncestorOf(self.window().focusWidget())
        self.area.setWidget(sheet)
        # What comes new stands last in the window's order of Tab, behind the buttons below.
        last: QWidget = self.area
        for one in sheet.findChildren(QWidget):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.setTabOrder(last, one)
                last = one
        if had_focus:
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_thread(self) -> None:
        order_id = "" if self.order is None else self.order.order_id
        self.messages.show_order(order_id)
        self._show_unread()
        if order_id and self.thread_button.isChecked():
            self.thread_wanted.emit(order_id)

    def _show_unread(self) -> None:
        unread = 0 if self.order is None else self.order.unread or 0
        is_new = unread > 0 and not self.thread_button.isChecked()
        self.thread_button.setIcon(icon("fa5s.comment-dots", "accent" if is_new else "dim"))
        tip = self.tr("Messages with the buyer")
        if is_new:
            tip = self.tr("Messages with the buyer, {n} unread").format(n=unread)
        say(self.thread_button, str(unread) if is_new else "", tip)

    def _on_thread_toggled(self, is_on: bool) -> None:  # noqa: FBT001  Qt's signal
        self.sheets.setCurrentWidget(self.messages if is_on else self.area)
        self._show_thread()
        if is_on:
            self.messages.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_number(self) -> None:
        """Ask for the order's number on the clipboard."""
        if self.order is not None:
            self.copy_wanted.emit(self.order.number, self.tr("The order's number"))

    def copy_address(self) -> None:
        """Ask for the order's address on the clipboard."""
        if self.order is not None:
            text = order_texts.address_text(self.order.address)
            self.copy_wanted.emit(text, self.tr("The address"))
