"""The picture that viewers get, in the middle of the window, in a frame of the stage's colour."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from widgets.common import plain
from widgets.common.retranslate import Retranslated
from widgets.common.stage import Stage
from widgets.common.theme import color, icon

Frame = npt.NDArray[np.uint8]
MARGIN: Final = 12
FRAME: Final = 3


_FRAMES: Final = {
    Stage.LIVE: "live_fill",
    Stage.PAUSED: "warn",
    Stage.STARTING: "accent_fill",
    Stage.RECONNECTING: "fault",
}


class Preview(Retranslated):
    """Paints the newest frame, letterboxed, straight from its own memory: no copy, no conversion."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(180, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._frame: Frame | None = None
        self._canvas = QSize(720, 1280)
        self._stage = Stage.READY
        self._alarm = ""
        self._texts: dict[str, str] = {}
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._texts = {
            "empty": self.tr("No picture yet"),
            "hint": self.tr("Choose a source on the left"),
            "live": self.tr("LIVE"),
            "paused": self.tr("PAUSED"),
            "starting": self.tr("CONNECTING"),
            "reconnecting": self.tr("RECONNECTING"),
            "preview": self.tr("PREVIEW"),
        }
        self.setAccessibleName(self.tr("Preview of the broadcast"))
        self.update()

    @property
    def stage(self) -> Stage:
        """The stage whose frame the picture has."""
        return self._stage

    @property
    def has_picture(self) -> bool:
        """Whether a frame is on the screen."""
        return self._frame is not None

    def set_canvas(self, width: int, height: int) -> None:
        """Set the shape of the picture, in pixels, for the time when there is none."""
        self._canvas = QSize(width, height)
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Show a frame: BGRA uint8, height x width x 4, contiguous; nobody may write to it while it shows."""
        if frame.ndim != 3 or frame.shape[2] != 4 or frame.dtype != np.uint8 or not frame.flags.c_contiguous:
            raise ValueError(
                f"expected a contiguous height x width x 4 uint8 array, got {frame.shape} {frame.dtype}"
            )
        self._frame = frame
        self.update()

    def clear(self) -> None:
        """Go back to the empty picture."""
        self._frame = None
        self.update()

    def show_stage(self, stage: Stage) -> None:
        """Frame the picture in the colour of this stage; nothing is painted over it."""
        if stage is not self._stage:
            self._stage = stage
            self._describe()
            self.update()

    def show_alarm(self, text: str) -> None:
        """Draw over the picture what is wrong with it; empty when nothing is."""
        if text != self._alarm:
            self._alarm = text
            self._describe()
            self.update()

    @property
    def alarm(self) -> str:
        """What is wrong with the picture, as it is drawn."""
        return self._alarm

    def _describe(self) -> None:
        plain.set_description(self, " ".join(filter(None, (self._state_text(), self._alarm))))

    def picture_rect(self) -> QRectF:
        """Where the picture stands in the widget, in pixels."""
        width, height = self._canvas.width(), self._canvas.height()
        if self._frame is not None:
            height, width = self._frame.shape[:2]
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        scale = min(room.width() / width, room.height() / height)
        size = QSize(int(width * scale), int(height * scale))
        left = room.left() + (room.width() - size.width()) // 2
        top = room.top() + (room.height() - size.height()) // 2
        return QRectF(int(left), int(top), size.width(), size.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture = self.picture_rect()
        painter.fillRect(self.rect(), color("canvas"))
        if self._frame is None:
            self._paint_empty(painter, picture)
        else:
            height, width = self._frame.shape[:2]
            data: Any = self._frame.data
            # RGB32 is B, G, R, x in memory on little-endian machines: just what the array holds.
            image = QImage(data, width, height, width * 4, QImage.Format.Format_RGB32)
            painter.drawImage(picture, image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, picture)
        if self._alarm:
            self._paint_alarm(painter, picture)
        painter.end()

    def _paint_empty(self, painter: QPainter, picture: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("panel"))
        painter.setPen(QPen(color("line"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(picture, 10, 10)
        center = picture.center()
        icon("fa5s.video", "faint").paint(painter, int(center.x()) - 22, int(center.y()) - 62, 44, 44)
        font = self.font()
        font.setPixelSize(16)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color("dim"))
        line = QRectF(picture.left() + 8, center.y(), picture.width() - 16, 24)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._texts["empty"])
        font.setPixelSize(13)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(color("faint"))
        painter.drawText(line.translated(0, 26), Qt.AlignmentFlag.AlignCenter, self._texts["hint"])

    def _state_text(self) -> str:
        return self._texts.get(self._stage.value, self._texts["preview"])

    def _paint_frame(self, painter: QPainter, picture: QRectF) -> None:
        token = _FRAMES.get(self._stage)
        if token is not None:
            painter.setPen(QPen(color(token), FRAME))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(picture.adjusted(1, 1, -1, -1))

    def _paint_alarm(self, painter: QPainter, picture: QRectF) -> None:
        painter.setPen(QPen(color("fault"), FRAME))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(picture.adjusted(1, 1, -1, -1))
        bar = QRectF(picture.left(), picture.bottom() - 34, picture.width(), 34)
        path = QPainterPath()
        path.addRect(bar)
        painter.fillPath(path, color("fault"))
        font = self.font()
        font.setPixelSize(14)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color("bg"))
        text = painter.fontMetrics().elidedText(
            self._alarm, Qt.TextElideMode.ElideRight, int(bar.width()) - 16
        )
        painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, text)
