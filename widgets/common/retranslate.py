"""The base of widgets that set their texts again when the language changes."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Retranslated(QWidget):
    """Sets all its texts in `retranslate`, called by its constructor and at every change of language."""

    def retranslate(self) -> None:
        """Set every text, tooltip and accessible name again."""
        raise NotImplementedError

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
