"""A slider with a place it goes back to: by a double click or Delete, and seen by where its bar begins."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider
from typing_extensions import override

from widgets.common.theme import color

_GROOVE: Final = 4.0
_KNOB: Final = 14.0


class ResetSlider(QSlider):
    """Whole numbers from `low` to `high`; a bar that may go both ways begins at 0."""

    def __init__(self, low: int, high: int, default: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._default = default
        self.setRange(low, high)
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setValue(default)

    @property
    def default(self) -> int:
        """Where it goes back to."""
        return self._default

    def reset(self) -> None:
        """Go back."""
        self.setValue(self._default)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        left, right = self._reach()
        if event.button() is Qt.MouseButton.LeftButton and right > left:
            share = (event.position().x() - left) / (right - left)
            self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))
        super().mousePressEvent(event)  # the knob is under the mouse now: it can be dragged on

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()

    def _reach(self) -> tuple[float, float]:
        """Return where the knob's middle is at the lowest and at the highest value."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderGroove, self
        )
        return groove.left() + _KNOB / 2, groove.right() + 1 - _KNOB / 2

    def _place(self, value: float) -> float:
        left, right = self._reach()
        return left + (right - left) * (value - self.minimum()) / max(1, self.maximum() - self.minimum())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        left, right = self._reach()
        origin = self._place(min(max(0, self.minimum()), self.maximum()))
        knob = self._place(self.value())
        painter.setBrush(color("line"))
        painter.drawRoundedRect(QRectF(left, middle - _GROOVE / 2, right - left, _GROOVE), 2, 2)
        if self.minimum() < 0:
            painter.drawRoundedRect(QRectF(origin - 1, middle - 5, 2, 10), 1, 1)
        painter.setBrush(color("accent" if self.isEnabled() else "disabled"))
        bar = QRectF(min(origin, knob), middle - _GROOVE / 2, abs(knob - origin), _GROOVE)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(color("accent" if self.hasFocus() else "text" if self.isEnabled() else "disabled"))
        painter.drawEllipse(QPointF(knob, middle), _KNOB / 2, _KNOB / 2)
        painter.end()
