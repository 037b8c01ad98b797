"""Keeps the mouse wheel from what it would change by accident: it turns only what has the focus."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QProxyStyle,
    QScrollBar,
    QStyleFactory,
    QTabBar,
    QWidget,
)
from typing_extensions import override

_TURNED: Final = (QAbstractSlider, QAbstractSpinBox, QComboBox, QTabBar)


class WheelFilter(QObject):
    """Hands the wheel over a widget without focus to what scrolls around it."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget) or watched.hasFocus():
            return False
        event.ignore()
        return True


class StudioStyle(QProxyStyle):
    """Fusion, whose every widget that the wheel turns is guarded as it is first shown.

    A filter of the whole application would do the same, but Python would see each event of each widget.
    """

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))
        self._filter = WheelFilter(self)

    @override
    def polish(self, polished: QWidget | QPalette | QApplication) -> None:  # type: ignore[override]
        super().polish(polished)
        if isinstance(polished, _TURNED) and not isinstance(polished, QScrollBar):
            # Else the wheel itself would give the focus.
            if polished.focusPolicy() is Qt.FocusPolicy.WheelFocus:
                polished.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            polished.installEventFilter(self._filter)
