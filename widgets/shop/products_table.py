"""The table of products, and what mouse and keyboard do in it."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from widgets.common.tokens import ROW, color
from widgets.shop.products_delegate import ProductsDelegate
from widgets.shop.products_entry import ProductEntry
from widgets.shop.products_model import Column, ProductsRole

WIDTHS: Final = {
    Column.NUMBER: 52,
    Column.TITLE: 240,
    Column.SPECS: 116,
    Column.PRICE: 124,
    Column.REFERENCE: 104,
    Column.LEFT: 100,
    Column.SOLD: 72,
    Column.STATE: 112,
}
# What is left out first where there is no room, with the width of the table from which it is shown.
SHOWN_FROM: Final = {Column.REFERENCE: 900, Column.SOLD: 780}


class ProductsTable(QTableView):
    """F2 edits, Enter goes down, Space selects, Alt+Up and Alt+Down move, Delete takes out of the room.

    Attributes:
        moved: emitted with a product's id and the number it is to have.
        opened: Enter, on a cell without a field; removed: Delete.
        menu_wanted: emitted with a place on the screen.
        has_sold: whether it is known how much was sold; else there is no such column.
    """

    moved = Signal(str, int)
    opened = Signal()
    removed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.delegate = ProductsDelegate(self)
        self.may_move = False
        self.has_sold = True
        self._drop_y = -1
        self.setItemDelegate(self.delegate)
        self.delegate.went_down.connect(self._go_down)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)  # Tab leads out of the table
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(40)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def entry(self) -> ProductEntry | None:
        """The current product."""
        entry: ProductEntry | None = self.currentIndex().data(ProductsRole.ENTRY)
        return entry

    @property
    def chosen(self) -> list[ProductEntry]:
        """The selected products, from top to bottom."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(ProductsRole.ENTRY) for index in indexes]

    def allow_moving(self, *, is_allowed: bool) -> None:
        """Let rows be dragged, or not."""
        self.may_move = is_allowed
        self.setDragEnabled(is_allowed)

    def fit_columns(self) -> None:
        """Share the width: what does not fit is left out, what is left goes to the title."""
        if self.model() is None:
            return
        width = self.viewport().width()
        for column, least in SHOWN_FROM.items():
            self.setColumnHidden(column, width < least or (column is Column.SOLD and not self.has_sold))
        shown = [column for column in Column if not self.isColumnHidden(column)]
        spare = max(0, width - sum(WIDTHS[column] for column in shown))
        for column in shown:
            self.setColumnWidth(column, WIDTHS[column] + (spare if column is Column.TITLE else 0))

    # --- Keys ---

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers, key = event.modifiers(), event.key()
        is_plain = modifiers in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if modifiers == Qt.KeyboardModifier.AltModifier and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move_by(-1 if key == Qt.Key.Key_Up else 1)
        elif is_plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif is_plain and key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key == Qt.Key.Key_Space:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        now = self.currentIndex()
        if now.isValid() and now.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(now)
        else:
            self.opened.emit()

    def _go_down(self) -> None:
        now = self.currentIndex()
        below = now.siblingAtRow(now.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move_by(self, step: int) -> None:
        entry = self.entry
        if self.may_move and entry is not None and entry.is_in_room and entry.number + step > 0:
            self.moved.emit(entry.spu_id, entry.number + step)

    # --- Drag to order ---

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self and self.may_move:
            event.acceptProposedAction()
        else:
            event.ignore()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        number = self.number_at(event.position().toPoint())
        if event.source() is self and number is not None:
            event.acceptProposedAction()
        else:
            self._show_drop_at(-1)
            event.ignore()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop_at(-1)
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        number, entry = self.number_at(event.position().toPoint()), self.entry
        self._show_drop_at(-1)
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the model moves nothing by itself
        event.accept()
        if number is None or entry is None:
            return
        is_below = entry.is_in_room and number > entry.number
        wanted = number - 1 if is_below else number
        if wanted != entry.number:
            self.moved.emit(entry.spu_id, wanted)

    def number_at(self, place: QPoint) -> int | None:
        """The number before which a product would be dropped here; None where it cannot be."""
        index = self.indexAt(place)
        row = index.row() if index.isValid() else self.model().rowCount() - 1
        box = self.visualRect(self.model().index(row, 0))
        is_lower = place.y() > box.center().y()
        entry: ProductEntry = self.model().index(row, 0).data(ProductsRole.ENTRY)
        over = self.model().index(row - 1, 0)
        above: ProductEntry | None = over.data(ProductsRole.ENTRY) if row > 0 else None
        if not entry.is_in_room and (is_lower or above is None or not above.is_in_room):
            return None
        self._show_drop_at(box.bottom() if is_lower and entry.is_in_room else box.top())
        if not entry.is_in_room:
            return None if above is None else above.number + 1
        return entry.number + 1 if is_lower else entry.number

    def _show_drop_at(self, y: int) -> None:
        if y != self._drop_y:
            self._drop_y = y
            self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_y >= 0:
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(0, self._drop_y - 1, self.viewport().width(), 3), color("accent"))
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        if self.entry is not None:
            place = self.visualRect(self.currentIndex()).bottomLeft() if is_keyboard else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))
