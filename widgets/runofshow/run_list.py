"""The rows of the run of show, and what mouse and keyboard do on them."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QListView
from typing_extensions import override

from widgets.runofshow.run_delegate import RunDelegate
from widgets.runofshow.run_model import StepRole


class RunList(QListView):
    """Enter starts the chosen step, N the next one, Alt+↑↓ moves, F2 or a double click edits, Delete removes.

    Attributes:
        start_wanted, edit_wanted, remove_wanted: emitted with a step's id.
        next_wanted: the next step is to start.
        shift_wanted: emitted with a step's id and how many rows it is to go down.
        menu_wanted: emitted with a step's id and a place on the screen.
    """

    start_wanted = Signal(int)
    edit_wanted = Signal(int)
    remove_wanted = Signal(int)
    next_wanted = Signal()
    shift_wanted = Signal(int, int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, delegate: RunDelegate) -> None:
        super().__init__()
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDropIndicatorShown(True)
        self.doubleClicked.connect(
            lambda index: self.edit_wanted.emit(index.data(StepRole.FIGURES).step.step_id)
        )

    @property
    def chosen_id(self) -> int:
        """The id of the chosen step; 0 for none."""
        index = self.currentIndex()
        step_id: int = index.data(StepRole.FIGURES).step.step_id if index.isValid() else 0
        return step_id

    def choose(self, row: int) -> None:
        """Choose this row where it is another one; below 0 nothing is chosen."""
        if row != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(row, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, chosen = event.key(), self.chosen_id
        is_plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_N and is_plain:
            if is_next_key(event):
                self.next_wanted.emit()
        elif chosen and event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _SHIFTS:
            self.shift_wanted.emit(chosen, _SHIFTS[Qt.Key(key)])
        elif chosen and is_plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.start_wanted.emit(chosen)
        elif chosen and is_plain and key == Qt.Key.Key_F2:
            self.edit_wanted.emit(chosen)
        elif chosen and is_plain and key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(chosen)
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_keyboard else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() if is_keyboard else event.pos()
            step_id = index.data(StepRole.FIGURES).step.step_id
            self.menu_wanted.emit(step_id, self.viewport().mapToGlobal(place))


_SHIFTS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def is_next_key(event: QKeyEvent) -> bool:
    """Whether a key says "next"; held down, it says so once."""
    is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
    return event.key() == Qt.Key.Key_N and is_plain and not event.isAutoRepeat()
