"""A small running curve with its name and newest value, painted by QPainter."""

from collections import deque
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.theme import color, tabular

CAPACITY: Final = 90
PADDING: Final = 9
HEADER: Final = 30
NOTE_HEIGHT: Final = 12
NARROW: Final = 150
NAME_HEIGHT: Final = 15
"""The name gets a line of its own where it does not fit beside the value."""


class Sparkline(QWidget):
    """The last 90 values as a curve; the scale goes from 0 to the greatest of them, at least `least_top`."""

    def __init__(self, token: str, least_top: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self._least_top = least_top
        self._values: deque[float] = deque(maxlen=CAPACITY)
        self._name = ""
        self._text = "–"
        self._note = ""
        self._tone = "text"
        self.setMinimumSize(96, 76)

    @property
    def text(self) -> str:
        """The newest value, as it is shown."""
        return self._text

    @property
    def values(self) -> tuple[float, ...]:
        """The values of the curve, oldest first."""
        return tuple(self._values)

    def set_name(self, name: str) -> None:
        """Set the curve's name."""
        self._name = name
        plain.set_name(self, name)
        self.update()

    def push(self, value: float, text: str, note: str = "", tone: str = "text") -> None:
        """Add a value, how it reads, a small note under it, and the colour token of the text."""
        self._values.append(value)
        self._text, self._note, self._tone = text, note, tone
        plain.set_description(self, f"{text} {note}".strip())
        plain.set_tooltip(self, f"{self._name}: {text} {note}".strip())
        self.update()

    def show_values(self, values: Sequence[float], text: str, note: str = "") -> None:
        """Show these values, oldest first, instead of all that were there."""
        self._values.clear()
        self._values.extend(values[:-1])
        self.push(values[-1] if values else 0.0, text, note)

    def clear(self, text: str = "–") -> None:
        """Forget all values."""
        self._values.clear()
        self._text, self._note, self._tone = text, "", "text"
        plain.set_description(self, text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(170, 84)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("raised"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        if len(self._values) > 1:
            self._paint_curve(painter)
        self._paint_texts(painter)
        painter.end()

    def _paint_curve(self, painter: QPainter) -> None:
        top = HEADER + (NOTE_HEIGHT if self._note else 0) + (NAME_HEIGHT if self.is_stacked else 0)
        bottom, width = self.height() - 4, self.width()
        scale = max(self._least_top, *self._values)
        first = CAPACITY - len(self._values)
        points = [
            QPointF(
                (first + index) * width / (CAPACITY - 1), bottom - max(0.0, value) / scale * (bottom - top)
            )
            for index, value in enumerate(self._values)
        ]
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        area = QPainterPath(line)
        area.lineTo(points[-1].x(), self.height())
        area.lineTo(points[0].x(), self.height())
        gradient = QLinearGradient(0, top, 0, self.height())
        gradient.setColorAt(0, color(self._token, 0.32))
        gradient.setColorAt(1, color(self._token, 0.0))
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(clip)
        painter.fillPath(area, gradient)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(self._token), 1.6))
        painter.drawPath(line)
        painter.setClipping(False)

    def _paint_texts(self, painter: QPainter) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        box = QRectF(PADDING, 6, self.width() - 2 * PADDING, 20)
        beside = box.translated(0, NAME_HEIGHT if self.is_stacked else 0)
        painter.setFont(self._value_font())
        painter.setPen(color("fault" if self._tone == "bad" else self._tone))
        painter.drawText(beside, right, self._text)
        painter.setFont(self._small_font(12))
        painter.setPen(color("dim"))
        painter.drawText(box, left, _cut(painter, self._name, box))
        if self._note:
            painter.setFont(self._small_font(11))
            painter.drawText(beside.translated(0, 17), right, _cut(painter, self._note, box))

    @property
    def is_stacked(self) -> bool:
        """Whether the name stands above the value, because both do not fit beside each other."""
        name = QFontMetrics(self._small_font(12)).horizontalAdvance(self._name)
        value = QFontMetrics(self._value_font()).horizontalAdvance(self._text)
        return name + value + 8 > self.width() - 2 * PADDING

    def _small_font(self, pixels: int) -> QFont:
        font = self.font()
        font.setPixelSize(pixels)
        return font

    def _value_font(self) -> QFont:
        font = tabular(self.font())
        font.setPixelSize(13 if self.width() < NARROW else 15)
        font.setBold(True)
        return font


def _cut(painter: QPainter, text: str, box: QRectF) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
