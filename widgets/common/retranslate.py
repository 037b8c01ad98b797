"""What sets its texts again when the language changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

if TYPE_CHECKING:
    _AnyWidget = QWidget
else:
    _AnyWidget = object


class Retranslating(_AnyWidget):
    """Stands before a class of Qt, such as `QPushButton`; calls `retranslate` at every change of language."""

    def retranslate(self) -> None:
        """Set every text, tooltip and accessible name again."""
        raise NotImplementedError

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Retranslated(Retranslating, QWidget):
    """Sets all its texts in `retranslate`, called by its constructor and at every change of language."""
