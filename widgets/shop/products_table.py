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

from widgets.common.theme import color
from widgets.common.tokens import ROW
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
        moved: emitted with the ids of products, the one beside which they are to stand, and whether below it.
        picture_dropped: emitted with a product's id and the data that was dropped on it.
        opened: Enter, on a cell without a field; removed: Delete.
        menu_wanted: emitted with a place on the screen.
        may_move, may_take_pictures: whether rows can be dragged, and pictures dropped on them.
    """

    moved = Signal(object, str, bool)
    picture_dropped = Signal(str, object)
    opened = Signal()
    removed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.delegate = ProductsDelegate(self)
        self.may_move = self.may_take_pictures = False
        self._drop_mark = QRect()
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

    def allow(self, *, moving: bool, pictures: bool) -> None:
        """Let rows be dragged and pictures be dropped, or not."""
        self.may_move, self.may_take_pictures = moving, pictures
        self.setDragEnabled(moving)

    def fit_columns(self) -> None:
        """Share the width: what does not fit is left out, what is left goes to the title."""
        if self.model() is None:
            return
        width = self.viewport().width()
        for column, least in SHOWN_FROM.items():
            self.setColumnHidden(column, width < least)
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
        entry, other = self.entry, self._entry_at(self.currentIndex().row() + step)
        if self.may_move and entry is not None and entry.is_in_room and other is not None:
            self.moved.emit((entry.spu_id,), other.spu_id, step > 0)

    # --- Drag to order, or a picture onto a product ---

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._is_move(event) or self._is_picture(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        place = event.position().toPoint()
        is_taken = self.drop_at(place) is not None if self._is_move(event) else self._show_drop_on(place)
        if is_taken:
            event.acceptProposedAction()
        else:
            self._show_drop(QRect())
            event.ignore()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(QRect())
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        place = event.position().toPoint()
        is_move, found = self._is_move(event), self.drop_at(place)
        below: ProductEntry | None = self.indexAt(place).data(ProductsRole.ENTRY)
        self._show_drop(QRect())
        event.setDropAction(Qt.DropAction.IgnoreAction if is_move else Qt.DropAction.CopyAction)
        event.accept()  # the model moves nothing by itself
        if not is_move and below is not None:
            self.picture_dropped.emit(below.spu_id, event.mimeData())
        elif is_move and found is not None and self.chosen:
            entry, is_below = found
            self.moved.emit(tuple(one.spu_id for one in self.chosen), entry.spu_id, is_below)

    def _is_move(self, event: QDropEvent) -> bool:
        return event.source() is self and self.may_move

    def _is_picture(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        return self.may_take_pictures and event.source() is not self and (data.hasUrls() or data.hasImage())

    def drop_at(self, place: QPoint) -> tuple[ProductEntry, bool] | None:
        """The product of the room beside which others would be dropped here, and whether below it."""
        index = self.indexAt(place)
        row = index.row() if index.isValid() else self.model().rowCount() - 1
        box = self.visualRect(self.model().index(row, 0))
        is_below = place.y() > box.center().y()
        entry = self._entry_at(row)
        if entry is not None and not entry.is_in_room and not is_below:
            row, is_below = row - 1, True
            entry, box = self._entry_at(row), self.visualRect(self.model().index(row, 0))
        if entry is None or not entry.is_in_room:
            return None
        line = box.bottom() if is_below else box.top()
        self._show_drop(QRect(0, line - 1, self.viewport().width(), 3))
        return entry, is_below

    def _entry_at(self, row: int) -> ProductEntry | None:
        entry: ProductEntry | None = self.model().index(row, 0).data(ProductsRole.ENTRY)
        return entry

    def _show_drop_on(self, place: QPoint) -> bool:
        index = self.indexAt(place)
        box = self.visualRect(index)
        self._show_drop(QRect(0, box.top(), 3, box.height()) if index.isValid() else QRect())
        return index.isValid()

    def _show_drop(self, mark: QRect) -> None:
        if mark != self._drop_mark:
            self._drop_mark = mark
            self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._drop_mark.isEmpty():
            painter = QPainter(self.viewport())
            painter.fillRect(self._drop_mark, color("accent"))
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
