"""Paints a step's row: its state, when it begins, its title, what it took or has left, its plan."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from widgets.common import plain
from widgets.common.row_ground import paint_focus, paint_ground
from widgets.common.text import clock
from widgets.common.theme import color, icon, tabular
from widgets.runofshow.run_figures import StepFigures, StepState
from widgets.runofshow.run_model import Index, StepRole

ROW_HEIGHT: Final = 52
RADIUS: Final = 8
ICONS: Final = {
    StepState.DONE: ("fa5s.check-circle", "ok"),
    StepState.ON: ("fa5s.play", "accent"),
    StepState.NEXT: ("fa5s.step-forward", "accent"),
    StepState.TO_COME: ("fa5s.grip-vertical", "faint"),
}
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class RunTexts:
    """The words of a row in the chosen language; each but `gone` and `card` has a place for `{time}`."""

    actual: str
    over: str
    left: str
    gone: str
    card: str


def duration(ms: float) -> str:
    """A duration as `10:00`, with hours where there are any."""
    return clock(abs(ms) / 1000).removeprefix("00:")


def day_time(at_ms: float) -> str:
    """A time of the day here, as `20:22`."""
    return datetime.fromtimestamp(at_ms / 1000).astimezone().strftime("%H:%M")


class RunDelegate(QStyledItemDelegate):
    """Paints rows."""

    def __init__(self, texts: RunTexts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts = texts

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: StepFigures = index.data(StepRole.FIGURES)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(option.rect).adjusted(2, 2, -2, -2)
        if one.state is StepState.ON:
            painter.setBrush(color("selection"))
            painter.setPen(color("warn" if one.over_ms > 0 else "accent"))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        else:
            paint_ground(painter, ground, option.state, RADIUS)
        paint_focus(painter, ground, option.state, RADIUS)
        row = option.rect.adjusted(8, 6, -12, -6)
        name, tint = ICONS[one.state]
        icon(name, tint).paint(painter, QRect(row.left() + 2, row.top() + 3, 14, 14))
        self._paint_first(painter, row.adjusted(24, 0, 0, 0), one, str(index.data()))
        self._paint_second(
            painter, row.adjusted(72, 20, 0, 0), one, is_gone=bool(index.data(StepRole.IS_GONE))
        )
        painter.restore()

    def _paint_first(self, painter: QPainter, row: QRect, one: StepFigures, title: str) -> None:
        line = QRect(row.left(), row.top(), row.width(), 20)
        is_on = one.state is StepState.ON
        font = tabular(painter.font())
        font.setPixelSize(13)
        font.setBold(is_on)
        painter.setFont(font)
        painter.setPen(color("text" if is_on else "dim"))
        begins = day_time(one.begins_at_ms) if one.is_clock else f"+{_hours(one.begins_at_ms)}"
        painter.drawText(line, _LEFT, begins)
        planned = duration(one.planned_ms)
        taken = painter.fontMetrics().horizontalAdvance(planned) + 10
        painter.drawText(line, _RIGHT, planned)
        font.setBold(one.state in {StepState.ON, StepState.NEXT})
        painter.setFont(font)
        painter.setPen(color("dim" if one.state is StepState.DONE else "text"))
        room = line.adjusted(48, 0, -taken, 0)
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)

    def _paint_second(self, painter: QPainter, row: QRect, one: StepFigures, *, is_gone: bool) -> None:
        line = QRect(row.left(), row.top(), row.width(), 20)
        font = tabular(painter.font())
        font.setPixelSize(12)
        font.setBold(one.state is StepState.ON)
        painter.setFont(font)
        if one.state is StepState.ON:
            text = self.texts.over if one.over_ms > 0 else self.texts.left
            text = text.format(time=duration(one.over_ms))
            painter.setPen(color("warn" if one.over_ms > 0 else "text"))
            painter.drawText(line, _RIGHT, text)
            taken = painter.fontMetrics().horizontalAdvance(text) + 10
            if not is_gone:
                self._paint_progress(painter, line.adjusted(0, 0, -taken, 0), one)
                return
            line.adjust(0, 0, -taken, 0)
        text, tint = self._second(one, is_gone=is_gone)
        painter.setPen(color(tint))
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LEFT, elided)

    def _second(self, one: StepFigures, *, is_gone: bool) -> tuple[str, str]:
        if is_gone:
            return self.texts.gone, "warn"
        if one.state is StepState.DONE or one.elapsed_ms:
            return self.texts.actual.format(
                time=duration(one.elapsed_ms)
            ), "warn" if one.over_ms > 0 else "dim"
        if one.step.note:
            return plain.one_text(" ".join(one.step.note.split())), "faint"
        return self.texts.card if one.step.product_id else "", "faint"

    def _paint_progress(self, painter: QPainter, line: QRect, one: StepFigures) -> None:
        bar = QRectF(line.left(), line.center().y() - 2, line.width(), 5)
        share = min(1.0, one.elapsed_ms / one.planned_ms)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("line"))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        painter.setBrush(color("warn" if one.over_ms > 0 else "accent"))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 2.5, 2.5)


def _hours(ms: float) -> str:
    minutes = int(ms) // 60_000
    return f"{minutes // 60}:{minutes % 60:02d}"
