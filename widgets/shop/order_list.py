"""The left side of the orders window: the table, or in its place what is to be said while there is none."""

from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget
from typing_extensions import override

from backend.contract.orders import Order, PaymentState
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.retranslate import Retranslated
from widgets.common.tokens import ROW, color
from widgets.shop import order_texts
from widgets.shop.order_model import OrderFilter, OrderModel, OrderRole
from widgets.shop.order_states import Stage, stage_of
from widgets.shop.order_table import OrderTable

FEW: Final = 40
"""So few rows do not fill a screen: then older orders are read without being asked for."""


class _Page(Enum):
    TABLE = auto()
    LOADING = auto()
    MESSAGE = auto()


class OrderList(Retranslated):
    """Shows orders; without them it says why.

    Attributes:
        order_chosen: the current order is another one.
        more_wanted: older orders should be read, if there are any.
        again_wanted: what failed should be tried again.
        search_cleared: search and filter should be emptied.
    """

    order_chosen = Signal()
    more_wanted = Signal()
    again_wanted = Signal()
    search_cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_read = False
        self._problem: tuple[str, str] | None = None
        self._has_search = False
        self.model = OrderModel(self)
        self.filter = OrderFilter(self)
        self.filter.setSourceModel(self.model)
        self.table = OrderTable()
        self.table.setModel(self.filter)
        self.table.selectionModel().currentRowChanged.connect(self.order_chosen)
        self.table.end_reached.connect(self.more_wanted)
        self.message, self.remedy = label("", "title"), label("", "dim")
        self.button, self.notice_button = push_button(), push_button()
        self.button.clicked.connect(self._on_button)
        self.notice_button.clicked.connect(self.again_wanted)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        for words in (self.message, self.remedy):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button.setProperty("kind", "outline")
        says = QWidget()
        middle = row(self.button)
        middle.insertStretch(0, 1)
        middle.addStretch(1)
        layout = column(self.message, self.remedy, middle, margin=40, spacing=12)
        layout.insertStretch(0, 1)
        layout.addStretch(1)
        says.setLayout(layout)
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        self.notice_text = label("")
        self.notice_text.setWordWrap(True)
        strip = row(self.notice_text, self.notice_button)
        strip.setStretch(0, 1)
        strip.setContentsMargins(12, 8, 8, 8)
        self.notice.setLayout(strip)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        for page in (self.table, GreyRows(), says):
            self._pages.addWidget(page)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = column(self.notice, pages)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @override
    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Orders"))
        say(self.notice_button, self.tr("Try again"))
        self.table.horizontalHeader().viewport().update()
        self.table.viewport().update()
        self._show()

    # --- In ---

    def clear(self) -> None:
        """Forget all: the orders of another room come."""
        self._has_read, self._problem = False, None
        self.model.clear()
        self._show()

    def put(self, orders: Sequence[Order]) -> None:
        """Show these orders as they are now, beside those that are there."""
        self._has_read, self._problem = True, None
        self.model.put(orders)
        self._choose_first()
        self._show()

    def show_problem(self, cause: str, remedy: str) -> None:
        """Say why the orders were not read; those that are there stay, marked as not up to date."""
        self._problem = (cause, remedy)
        self._show()

    def set_stage(self, stage: Stage) -> None:
        """Show this stage alone, or all."""
        self.filter.set_stage(stage)
        self._after_filter()

    def set_text(self, text: str) -> None:
        """Show the orders with these words."""
        self._has_search = bool(text.split())
        self.filter.set_text(text)
        self._after_filter()

    def choose(self, order_id: str) -> bool:
        """Make an order the current one; False where it is not in sight."""
        source = self.model.row_of(order_id)
        index = self.filter.mapFromSource(self.model.index(source, 0)) if source >= 0 else None
        if index is None or not index.isValid():
            return False
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        return True

    # --- Out ---

    @property
    def counts(self) -> Counter[Stage]:
        """How many orders each stage has."""
        counts = Counter(stage_of(order) for order in self.model.orders)
        counts[Stage.ALL] = len(self.model.orders)
        return counts

    @property
    def paid_text(self) -> str:
        """The sum of what was paid; empty while nothing was."""
        paid = [order for order in self.model.orders if order.payment_state is not PaymentState.UNPAID]
        total = sum(order.total_minor for order in paid)
        return order_texts.amount_text(total, paid[0].currency) if paid else ""

    @property
    def is_short(self) -> bool:
        """Whether so few rows are in sight that older ones are wanted."""
        return self._has_read and self.filter.rowCount() < FEW

    def next_to_ship(self, after: str) -> Order | None:
        """The order to ship that stands below this one, or else the topmost one."""
        shown = [self.filter.index(row, 0).data(OrderRole.ORDER) for row in range(self.filter.rowCount())]
        place = next((row for row, order in enumerate(shown) if order.order_id == after), -1)
        waiting = (order for order in (*shown[place + 1 :], *shown) if order.order_id != after)
        return next((order for order in waiting if stage_of(order) is Stage.TO_SHIP), None)

    # --- Showing ---

    def _after_filter(self) -> None:
        self._choose_first()
        self._show()
        if self.is_short:
            self.more_wanted.emit()

    def _choose_first(self) -> None:
        if not self.table.currentIndex().isValid() and self.filter.rowCount():
            self.table.setCurrentIndex(self.filter.index(0, 0))
        else:
            self.order_chosen.emit()

    def _on_button(self) -> None:
        if self._problem is not None:
            self.again_wanted.emit()
        else:
            self.search_cleared.emit()

    def _show(self) -> None:
        has_rows = self.filter.rowCount() > 0
        has_orders = self.model.rowCount() > 0
        self.notice.setVisible(self._problem is not None and has_orders)
        if self._problem is not None:
            plain.set_text(self.notice_text, " ".join(self._problem))
        if has_rows:
            page = _Page.TABLE
        elif self._has_read or self._problem is not None:
            page = _Page.MESSAGE
            self._show_message(has_orders=has_orders)
        else:
            page = _Page.LOADING
        self._pages.setCurrentIndex(list(_Page).index(page))

    def _show_message(self, *, has_orders: bool) -> None:
        texts = self._message(has_orders=has_orders)
        plain.set_text(self.message, texts[0])
        plain.set_text(self.remedy, texts[1])
        say(self.button, texts[2] or self.tr("Try again"))
        self.button.setVisible(bool(texts[2]))

    def _message(self, *, has_orders: bool) -> tuple[str, str, str]:
        if has_orders and self._has_search:
            remedy = self.tr("No order holds these words.")
            return self.tr("Nothing found"), remedy, self.tr("Clear the search")
        if has_orders:
            remedy = self.tr("No order stands here at the moment.")
            return self.tr("Nothing here"), remedy, self.tr("Show all orders")
        if self._problem is not None:
            return *self._problem, self.tr("Try again")
        remedy = self.tr("When a viewer buys, the order stands here a moment later.")
        return self.tr("No orders yet"), remedy, ""


class GreyRows(QWidget):
    """What stands for rows while they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Reading the orders…"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("raised"))
        for top in range(ROW, self.height() - ROW, ROW):
            left = 16
            for width in (130, 90, self.width() // 4, 80, 80):
                painter.drawRoundedRect(QRect(left, top + 17, width, 14), 4, 4)
                left += width + 36
        painter.end()
