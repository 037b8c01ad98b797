"""The level meter of a mixer strip: RMS as a bar in three colours, peak as a line that falls slowly."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from widgets.common.theme import color

FLOOR_DB: Final = -60.0
WARN_DB: Final = -20.0
CLIP_DB: Final = -9.0
TICKS_DB: Final = (-60, -50, -40, -30, -20, -9, 0)
FEW_TICKS_DB: Final = (-60, -20, 0)
NARROW: Final = 160
PEAK_FALL_DB: Final = 1.6  # for each measurement, 15 a second: about 24 dB a second
BAR_HEIGHT: Final = 8
BLOCK: Final = 3


@dataclass(frozen=True)
class Level:
    """Peak and RMS of a strip, in dBFS (-100 to 0); `unheard_db`: the RMS of what a muted one holds back."""

    peak_db: float
    rms_db: float
    unheard_db: float = -100.0


class LevelMeter(QWidget):
    """Shows a level between -60 and 0 dB: green, amber from -20, red from -9, with ticks below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = Level(-100.0, -100.0)
        self._held_peak_db = -100.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def held_peak_db(self) -> float:
        """Where the peak line stands, in dBFS."""
        return self._held_peak_db

    def show_level(self, level: Level) -> None:
        """Take a measurement; the peak line jumps up at once and falls slowly."""
        self._level = level
        self._held_peak_db = max(level.peak_db, self._held_peak_db - PEAK_FALL_DB)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 26)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 26)

    def _x(self, level_db: float) -> float:
        return self.width() * min(1.0, max(0.0, (level_db - FLOOR_DB) / -FLOOR_DB))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rms_x = self._x(self._level.rms_db)
        peak_x = self._x(self._level.peak_db)
        for start_db, end_db, token in (
            (FLOOR_DB, WARN_DB, "ok"),
            (WARN_DB, CLIP_DB, "warn"),
            (CLIP_DB, 0.0, "fault"),
        ):
            left, right = self._x(start_db), self._x(end_db)
            for end, alpha in ((right, 0.16), (min(right, peak_x), 0.42), (min(right, rms_x), 1.0)):
                if end > left:
                    painter.fillRect(QRectF(left, 0, end - left - 1, BAR_HEIGHT), color(token, alpha))
        self._paint_peak(painter)
        self._paint_ticks(painter)
        painter.end()

    def _paint_peak(self, painter: QPainter) -> None:
        if self._held_peak_db <= FLOOR_DB:
            return
        token = "fault" if self._held_peak_db > CLIP_DB else "warn" if self._held_peak_db > WARN_DB else "ok"
        x = min(self._x(self._held_peak_db), self.width() - BLOCK)
        painter.fillRect(QRectF(x, 0, BLOCK, BAR_HEIGHT), color(token))

    def _paint_ticks(self, painter: QPainter) -> None:
        font = self.font()
        font.setPixelSize(9)
        painter.setFont(font)
        painter.setPen(color("faint"))
        for tick_db in TICKS_DB if self.width() >= NARROW else FEW_TICKS_DB:
            x = self._x(tick_db)
            width = 24.0
            left = min(max(0.0, x - width / 2), self.width() - width)
            side = Qt.AlignmentFlag.AlignHCenter
            if left == 0.0:
                side = Qt.AlignmentFlag.AlignLeft
            elif x > self.width() - width / 2:
                side = Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(left, BAR_HEIGHT + 3, width, 12), side, str(tick_db))
