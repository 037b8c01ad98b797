"""How viewers see the room before the show, small: cover, avatar, title and notice."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from widgets.common import plain

SIZE: Final = QSize(216, 384)
_RADIUS: Final = 14
_PILL: Final = QRect(10, 12, 150, 36)
_FACE: Final = 28
_NOTICE_LINES: Final = 2
_GLASS: Final = QColor(12, 10, 18, 150)


class ProfilePreview(QWidget):
    """A viewer's phone; it shows what it was given last."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIZE)
        self.title = self.notice = ""
        self.avatar: QPixmap | None = None
        self.cover: QPixmap | None = None
        plain.set_name(self, self.tr("Preview"))

    def show_texts(self, title: str, notice: str) -> None:
        """Show these; empty ones as viewers see a room without."""
        self.title, self.notice = " ".join(title.split()), " ".join(notice.split())
        plain.set_description(self, f"{self.title}\n{self.notice}")
        self.update()

    def show_pictures(self, avatar: QPixmap | None, cover: QPixmap | None) -> None:
        """Show these; None for none."""
        self.avatar, self.cover = avatar, cover
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        painter.setClipPath(outline)
        self._draw_ground(painter)
        self._draw_head(painter)
        painter.setPen(QColor("white"))
        painter.setFont(_font(15, QFont.Weight.Bold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Starting soon"))
        self._draw_notice(painter)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        if self.cover is not None:
            _draw_filling(painter, QRectF(self.rect()), self.cover)
            painter.fillRect(self.rect(), QColor(14, 11, 22, 120))
            return
        ground = QLinearGradient(QPointF(0, 0), QPointF(0, self.height()))
        ground.setColorAt(0, QColor("#2c2342"))
        ground.setColorAt(1, QColor("#0c0a12"))
        painter.fillRect(self.rect(), ground)

    def _draw_head(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GLASS)
        painter.drawRoundedRect(_PILL, _PILL.height() / 2, _PILL.height() / 2)
        title = self.title or self.tr("Live room")
        face = QRectF(_PILL.x() + 4, _PILL.y() + 4, _FACE, _FACE)
        self._draw_face(painter, face, title[:1])
        room = QRect(int(face.right()) + 8, _PILL.y() + 3, _PILL.right() - int(face.right()) - 18, 17)
        self._draw_line(painter, room, title, _font(12, QFont.Weight.Bold), "white")
        self._draw_line(painter, room.translated(0, 15), self.tr("Soon"), _font(10), "#cfc8e6")

    def _draw_face(self, painter: QPainter, place: QRectF, letter: str) -> None:
        painter.save()
        circle = QPainterPath()
        circle.addEllipse(place)
        painter.setClipPath(circle, Qt.ClipOperation.IntersectClip)
        if self.avatar is not None:
            _draw_filling(painter, place, self.avatar)
        else:
            painter.fillRect(place, QColor("#c31f6b"))
            painter.setPen(QColor("white"))
            painter.setFont(_font(13, QFont.Weight.Bold))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)
        painter.restore()

    def _draw_notice(self, painter: QPainter) -> None:
        if not self.notice:
            return
        font = _font(11)
        metrics = QFontMetrics(font)
        width = self.width() - 44
        mark = self.tr("Notice")
        text = f"{mark}  {self.notice}"
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, _NOTICE_LINES * width - 24)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        inner = metrics.boundingRect(QRect(22, 0, width, 200), int(wrap), shown)
        place = QRect(22, self.height() - 26 - inner.height(), width, inner.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GLASS)
        painter.drawRoundedRect(place.adjusted(-10, -7, 10, 7), 12, 12)
        painter.setPen(QColor("white"))
        painter.setFont(font)
        painter.drawText(place, int(wrap), shown)

    def _draw_line(self, painter: QPainter, place: QRect, text: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(color))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _font(size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont()
    font.setPixelSize(size_px)
    font.setWeight(weight)
    return font


def _draw_filling(painter: QPainter, place: QRectF, picture: QPixmap) -> None:
    """Draw a picture so that it fills a place, cut at its sides."""
    size = place.size().scaled(picture.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
    source = QRectF(QPointF(0, 0), size)
    source.moveCenter(QPointF(picture.width() / 2, picture.height() / 2))
    painter.drawPixmap(place, picture, source)
