"""The field in a cell of the products' table, with a bubble under it for the keys or what is wrong."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import set_tone

Check = Callable[[str], str]
"""What is wrong with a text; empty where nothing is."""

_ACCEPTING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class CellEdit(QLineEdit):
    """A field that is left by Enter or Tab only with a text that can be saved.

    Args:
        check: says what is wrong with a text.
        hint: what the keys do; shown while nothing is wrong.
    """

    def __init__(self, parent: QWidget, check: Check, hint: str) -> None:
        super().__init__(parent)
        self.setObjectName("cell")
        self._room, self._check, self._hint = parent, check, hint
        self.bubble = QLabel(parent)
        self.bubble.setObjectName("bubble")
        self.destroyed.connect(self.bubble.deleteLater)
        self._say(hint, "")
        self.textEdited.connect(lambda: self._say(self._hint, ""))

    @property
    def problem(self) -> str:
        """What is wrong with the text; empty where nothing is."""
        return self._check(self.text())

    def show_problem(self, why: str) -> None:
        """Say why the text was refused."""
        self._say(why, "bad")

    def _say(self, text: str, tone: str) -> None:
        plain.set_text(self.bubble, text)
        plain.set_description(self, text)
        set_tone(self.bubble, tone)
        self.bubble.adjustSize()
        self._place()

    def _place(self) -> None:
        room = self._room
        below = self.geometry().bottomLeft() + QPoint(0, 4)
        left = max(4, min(below.x(), room.width() - self.bubble.width() - 4))
        top = below.y()
        if top + self.bubble.height() > room.height():
            top = self.geometry().top() - self.bubble.height() - 4
        self.bubble.move(left, top)
        self.bubble.raise_()
        self.bubble.setVisible(bool(self.bubble.text()))

    @override
    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ACCEPTING
        ):
            problem = self.problem
            if problem:
                self.show_problem(problem)
                return True
        return super().event(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.bubble.hide()  # at once: the field itself is deleted only later
        super().hideEvent(event)

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
