"""The style of the whole application: Fusion, and what each widget of a kind gets as it is first shown."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QProxyStyle,
    QScrollBar,
    QStyleFactory,
    QTabBar,
    QWidget,
)
from typing_extensions import override

from widgets.common.wheel import WheelFilter

SPIN_MARGIN: Final = 8
_TURNED: Final = (QAbstractSlider, QAbstractSpinBox, QComboBox, QTabBar)


class StudioStyle(QProxyStyle):
    """Guards everything that the wheel turns.

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
        elif isinstance(polished, QLineEdit) and isinstance(polished.parent(), QAbstractSpinBox):
            # Style sheets do not reach the line of a spin box: its words would touch the border.
            polished.setTextMargins(SPIN_MARGIN, 0, 0, 0)
