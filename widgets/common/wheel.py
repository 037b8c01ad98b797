"""Keeps the mouse wheel from what it would change by accident: it turns only what has the focus."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class WheelFilter(QObject):
    """Hands the wheel over a widget without focus to what scrolls around it."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget) or watched.hasFocus():
            return False
        event.ignore()
        return True
