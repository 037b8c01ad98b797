"""One axis of an order as a line of steps: which are reached, and which is the present one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.theme import color
from widgets.common.tokens import SMALL, bold, sized

HEIGHT: Final = 44
REMARK: Final = 16
CAPTION: Final = 70
RADIUS: Final = 5


@dataclass(frozen=True)
class Track:
    """What a line of steps shows.

    Attributes:
        name: what changes along the line.
        steps: the words of the states, in their order.
        reached: the index of the present one; -1 where none is reached.
        tint: the token of what is reached.
        remark: a line below; empty for none.
    """

    name: str
    steps: Sequence[str]
    reached: int
    tint: str
    remark: str = ""


class OrderTrack(QWidget):
    """Paints the steps; a screen reader is given the present one as a sentence."""

    def __init__(self, track: Track) -> None:
        super().__init__()
        self.track = track
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        present = track.steps[track.reached] if track.reached >= 0 else ""
        plain.set_name(self, f"{track.name}: {present}")
        plain.set_description(self, track.remark)

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, HEIGHT + (REMARK if self.track.remark else 0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(painter.font(), SMALL))
        painter.setPen(color("dim"))
        painter.drawText(QRect(0, 0, CAPTION, 20), Qt.AlignmentFlag.AlignVCenter, self.track.name)
        for number in range(1, len(self.track.steps)):
            is_reached = number <= self.track.reached
            painter.setPen(QPen(color(self.track.tint if is_reached else "edge"), 2))
            painter.drawLine(self._place(number - 1), self._place(number))
        for number, text in enumerate(self.track.steps):
            self._paint_step(painter, number, text)
        painter.setFont(_regular(painter))
        painter.setPen(color("dim"))
        below = QRect(CAPTION, HEIGHT - 6, self.width() - CAPTION, REMARK + 4)
        shown = painter.fontMetrics().elidedText(
            self.track.remark, Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _place(self, number: int) -> QPoint:
        room = self.width() - CAPTION - 2 * RADIUS - 2
        return QPoint(CAPTION + RADIUS + room * number // max(1, len(self.track.steps) - 1), 10)

    def _paint_step(self, painter: QPainter, number: int, text: str) -> None:
        track, place = self.track, self._place(number)
        is_reached = number <= track.reached
        painter.setPen(QPen(color(track.tint if is_reached else "faint"), 2))
        painter.setBrush(color(track.tint if is_reached else "raised"))
        painter.drawEllipse(place, RADIUS, RADIUS)
        is_present = number == track.reached
        painter.setFont(bold(painter.font(), SMALL) if is_present else _regular(painter))
        painter.setPen(color("text" if is_present else "dim"))
        width = painter.fontMetrics().horizontalAdvance(text) + 2
        left = place.x() - width // 2
        left = max(CAPTION, min(left, self.width() - width))
        painter.drawText(QRect(left, 20, width, 20), Qt.AlignmentFlag.AlignCenter, text)


def _regular(painter: QPainter) -> QFont:
    font = sized(painter.font(), SMALL)
    font.setBold(False)
    return font
