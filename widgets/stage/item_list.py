"""The list of what is in a scene: the topmost first, each with an eye and a lock, ordered by dragging."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QIcon, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from widgets.common import plain
from widgets.common.theme import ICON_SIZE, color, icon

_ROW: Final = Qt.ItemDataRole.UserRole
_CELL: Final = 28
_HEIGHT: Final = 32
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ItemRow:
    """One row: the scene's item, and how its source is doing (a reason when it is not well)."""

    item_id: str
    name: str
    icon_name: str
    is_visible: bool
    is_locked: bool
    reason: str = ""


class _Delegate(QStyledItemDelegate):
    """Paints the eye and the lock at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ItemRow = index.data(_ROW)
        whole = QRect(option.rect)
        option.rect = whole.adjusted(0, 0, -2 * _CELL, 0)
        super().paint(painter, option, index)
        eye, lock = cells(whole)
        _paint(painter, eye, icon("fa5s.eye", "text") if row.is_visible else icon("fa5s.eye-slash", "dim"))
        _paint(painter, lock, icon("fa5s.lock", "text") if row.is_locked else icon("fa5s.lock-open", "faint"))


def _paint(painter: QPainter, cell: QRect, picture: QIcon) -> None:
    place = QRect(cell.topLeft(), ICON_SIZE)
    place.moveCenter(cell.center())
    picture.paint(painter, place)


def cells(whole: QRect) -> tuple[QRect, QRect]:
    """Where the eye and the lock are in a row."""
    lock = QRect(whole.right() - _CELL + 1, whole.top(), _CELL, whole.height())
    return lock.translated(-_CELL, 0), lock


class ItemList(QListWidget):
    """Shows the rows it is given; a click on an eye or a lock asks, and so do V and L on the keyboard.

    Attributes:
        eye_clicked, lock_clicked, removed: emitted with an item's id.
        moved: emitted with an item's id and its new row.
        chosen: emitted with the id of the row that was selected by the host.
    """

    eye_clicked = Signal(str)
    lock_clicked = Signal(str)
    removed = Signal(str)
    moved = Signal(str, int)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Delegate(self))
        self.setIconSize(ICON_SIZE)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(3 * _HEIGHT)
        self._rows: tuple[ItemRow, ...] = ()
        self.currentRowChanged.connect(self._on_row_changed)

    @property
    def rows(self) -> tuple[ItemRow, ...]:
        """What is shown, the topmost first."""
        return self._rows

    @property
    def current_id(self) -> str:
        """The id of the selected item; empty when none is."""
        number = self.currentRow()
        return self._rows[number].item_id if 0 <= number < len(self._rows) else ""

    def show_rows(self, rows: tuple[ItemRow, ...]) -> None:
        """Show these; the selection stays on its item, or goes to the topmost."""
        if rows == self._rows and self.count() == len(rows):
            return
        current = self.current_id
        blocked = self.blockSignals(True)  # noqa: FBT003  Qt's own name
        self.clear()
        self._rows = rows
        for row in rows:
            self._add(row)
        ids = [row.item_id for row in rows]
        self.setCurrentRow(ids.index(current) if current in ids else 0)
        self.blockSignals(blocked)

    def choose(self, item_id: str) -> None:
        """Select an item."""
        for number, row in enumerate(self._rows):
            if row.item_id == item_id:
                self.setCurrentRow(number)

    def _add(self, row: ItemRow) -> None:
        made = QListWidgetItem(self)
        plain.set_text(made, row.name)
        plain.set_tooltip(made, row.reason or row.name)
        made.setIcon(icon(row.icon_name, "fault" if row.reason else "dim"))
        made.setForeground(color("text" if row.is_visible else "faint"))
        made.setData(_ROW, row)

    def _on_row_changed(self, number: int) -> None:
        if 0 <= number < len(self._rows):
            self.chosen.emit(self._rows[number].item_id)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid():
            eye, lock = cells(self.visualRect(index))
            item_id = self._rows[index.row()].item_id
            if eye.contains(at):
                self.eye_clicked.emit(item_id)
                return
            if lock.contains(at):
                self.lock_clicked.emit(item_id)
                return
        super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item_id, number = self.current_id, self.currentRow()
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_V if item_id:
                self.eye_clicked.emit(item_id)
            case Qt.Key.Key_L if item_id:
                self.lock_clicked.emit(item_id)
            case Qt.Key.Key_Delete if item_id:
                self.removed.emit(item_id)
            case Qt.Key.Key_Up if is_alt and number > 0:
                self.moved.emit(item_id, number - 1)
            case Qt.Key.Key_Down if is_alt and number + 1 < len(self._rows):
                self.moved.emit(item_id, number + 1)
            case _:
                super().keyPressEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for another order; the list itself changes when the project does."""
        source = self.currentRow()
        target = self.indexAt(event.position().toPoint())
        row = target.row() if target.isValid() else len(self._rows) - 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if 0 <= source < len(self._rows) and row != source:
            self.moved.emit(self._rows[source].item_id, row)

    @override
    def event(self, event: QEvent) -> bool:
        """Keep V, L and Delete for the list while it has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_plain = not event.modifiers()
            if is_plain and event.key() in (Qt.Key.Key_V, Qt.Key.Key_L, Qt.Key.Key_Delete):
                event.accept()
                return True
        return super().event(event)
