"""The table of orders, and what mouse and keyboard do in it."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from backend.contract.orders import Order
from widgets.common.tokens import ROW
from widgets.shop.order_delegate import OrderDelegate
from widgets.shop.order_model import Column, OrderRole

WIDTHS: Final = {
    Column.NUMBER: 144,
    Column.BUYER: 100,
    Column.GOODS: 210,
    Column.TOTAL: 92,
    Column.STATE: 100,
    Column.PAYMENT: 128,
    Column.PARCELS: 108,
    Column.NOTE: 120,
}
# What is left out first where there is no room, with the width of the table from which it is shown.
SHOWN_FROM: Final = {Column.GOODS: 900, Column.NOTE: 1000}
GROWING: Final = Column.BUYER, Column.GOODS
LEAST_BUYER: Final = 72


class OrderTable(QTableView):
    """Enter goes to the detail, S ships, Ctrl+C copies the selected rows.

    Attributes:
        opened, ship_wanted, copy_wanted: what the keys ask for.
        menu_wanted: emitted with a place on the screen.
        end_reached: the last row came into sight.
    """

    opened = Signal()
    ship_wanted = Signal()
    copy_wanted = Signal()
    menu_wanted = Signal(QPoint)
    end_reached = Signal()

    def __init__(self) -> None:
        super().__init__()
        plain_rows(self)
        self.setItemDelegate(OrderDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def order(self) -> Order | None:
        """The current order."""
        order: Order | None = self.currentIndex().data(OrderRole.ORDER)
        return order

    @property
    def chosen(self) -> list[Order]:
        """The selected orders, from top to bottom."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(OrderRole.ORDER) for index in indexes]

    def fit_columns(self) -> None:
        """Share the width: what does not fit is left out, what is left goes to buyer and goods."""
        if self.model() is None:
            return
        width = self.viewport().width()
        for column, least in SHOWN_FROM.items():
            self.setColumnHidden(column, width < least)
        shown = [column for column in Column if not self.isColumnHidden(column)]
        spare = max(LEAST_BUYER - WIDTHS[Column.BUYER], width - sum(WIDTHS[column] for column in shown))
        growing = [column for column in GROWING if column in shown]
        for column in shown:
            extra = 0
            if column in growing:
                share = spare // len(growing)
                extra = spare - share * (len(growing) - 1) if column is growing[0] else share
            self.setColumnWidth(column, WIDTHS[column] + extra)

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum():
            self.end_reached.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif is_plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif is_plain and event.key() == Qt.Key.Key_S:
            self.ship_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        if self.order is not None:
            place = self.visualRect(self.currentIndex()).bottomLeft() if is_keyboard else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))


def plain_rows(table: QTableView) -> None:
    """Give a table rows of one height that are chosen whole, and a head that is only read."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)  # Tab leads out of the table, to the detail
    table.setShowGrid(False)
    table.setMouseTracking(True)
    table.setWordWrap(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(ROW)
    columns = table.horizontalHeader()
    columns.setHighlightSections(False)
    columns.setSectionsClickable(False)
    columns.setMinimumSectionSize(40)
    columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
