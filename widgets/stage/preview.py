"""The picture that viewers get, in the middle of the window, under what the host must not miss."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from widgets.common import plain
from widgets.common.retranslate import Retranslated
from widgets.common.stage import ON_AIR, Stage
from widgets.common.theme import color, icon, tabular

Frame = npt.NDArray[np.uint8]
MARGIN: Final = 12
PILL_PADDING: Final = 20.0


@dataclass(frozen=True)
class Overlay:
    """What is drawn over the picture.

    Attributes:
        stage: how the broadcast stands.
        viewers: how many watch; None while not known.
    """

    stage: Stage = Stage.READY
    viewers: int | None = None


class Preview(Retranslated):
    """Paints the newest frame, letterboxed, straight from its own memory: no copy, no conversion."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(180, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._frame: Frame | None = None
        self._canvas = QSize(720, 1280)
        self._overlay = Overlay()
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
            "watching": self.tr("{n} watching"),
        }
        self.setAccessibleName(self.tr("Preview of the broadcast"))
        self.update()

    @property
    def overlay(self) -> Overlay:
        """What stands over the picture now."""
        return self._overlay

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

    def show_overlay(self, overlay: Overlay) -> None:
        """Draw this over the picture from now on."""
        if overlay != self._overlay:
            self._overlay = overlay
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
        self._paint_state(painter, picture)
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
        return self._texts.get(self._overlay.stage.value, self._texts["preview"])

    def _paint_state(self, painter: QPainter, picture: QRectF) -> None:
        fills = {
            Stage.LIVE: color("live_fill"),
            Stage.PAUSED: color("warn"),
            Stage.STARTING: color("accent_fill"),
            Stage.RECONNECTING: color("fault"),
        }
        is_on_air = self._overlay.stage in ON_AIR
        fill = fills.get(self._overlay.stage, QColor(0, 0, 0, 150))
        is_bright = self._overlay.stage in (Stage.PAUSED, Stage.RECONNECTING)
        text_color = color("bg" if is_bright else "text")
        font = tabular(self.font())
        font.setPixelSize(12)
        font.setBold(True)
        painter.setFont(font)
        text = self._state_text()
        at = picture.topLeft() + QPointF(10, 10)
        width = self._paint_pill(painter, at, text, fill, text_color)
        if self._overlay.viewers is not None and is_on_air:
            watching = self._texts["watching"].format(n=f"{self._overlay.viewers:,}")
            room = picture.right() - at.x() - width - 6
            is_wide = painter.fontMetrics().horizontalAdvance(watching) + PILL_PADDING < room
            beside = at + (QPointF(width + 6, 0) if is_wide else QPointF(0, 30))
            self._paint_pill(painter, beside, watching, QColor(0, 0, 0, 150), QColor("white"))

    def _paint_pill(self, painter: QPainter, at: QPointF, text: str, fill: QColor, pen: QColor) -> float:
        width = painter.fontMetrics().horizontalAdvance(text) + PILL_PADDING
        box = QRectF(at.x(), at.y(), width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 12, 12)
        painter.setPen(pen)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width

    def _paint_alarm(self, painter: QPainter, picture: QRectF) -> None:
        painter.setPen(QPen(color("fault"), 3))
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
