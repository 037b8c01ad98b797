"""Pictures that stand in for the scene: starting, source lost, back soon; painted by Qt, for the Chinese."""

from enum import Enum
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter

from studio.engine.media import Picture, VideoFrame
from studio.project.project import Canvas

_TOP: Final = QColor(34, 37, 51)
_BOTTOM: Final = QColor(12, 13, 18)
_BRIGHT: Final = QColor(245, 246, 250)
_DIM: Final = QColor(160, 166, 184)


class Slate(Enum):
    """Which slate, with its words: Chinese large, English small."""

    STARTING = ("即将开始", "Starting soon")
    SOURCE_LOST = ("画面恢复中，请稍候", "Picture lost, reconnecting")
    PAUSED = ("马上回来", "Back soon")


class SlateProvider:
    """Shows one slate, as if it were a source."""

    def __init__(self, image: Picture) -> None:
        self._image = image

    def newest(self, at: float) -> VideoFrame:
        """Return the slate as taken right now."""
        return VideoFrame(self._image, captured_at=at)


class NoPicture:
    """Shows nothing: what is below is seen."""

    def newest(self, at: float) -> None:
        """Return no picture."""


def paint_slates(canvas: Canvas) -> dict[Slate, SlateProvider]:
    """Paint all slates for this canvas; needs a QGuiApplication, in the thread that made it."""
    return {slate: SlateProvider(_paint(slate, canvas.width, canvas.height)) for slate in Slate}


def _paint(slate: Slate, width: int, height: int) -> Picture:
    image = QImage(width, height, QImage.Format.Format_BGR888)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    gradient = QLinearGradient(QPointF(0, 0), QPointF(0, height))
    gradient.setColorAt(0, _TOP)
    gradient.setColorAt(1, _BOTTOM)
    painter.fillRect(image.rect(), gradient)
    unit = min(width, height)
    chinese, english = slate.value
    _write(painter, chinese, unit * 0.075, _BRIGHT, QRectF(0, height * 0.5 - unit * 0.10, width, unit * 0.12))
    _write(painter, english, unit * 0.036, _DIM, QRectF(0, height * 0.5 + unit * 0.03, width, unit * 0.07))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3).copy()


def _write(painter: QPainter, text: str, size: float, color: QColor, box: QRectF) -> None:
    font = QFont(["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif"])
    font.setPixelSize(max(1, round(size)))
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
