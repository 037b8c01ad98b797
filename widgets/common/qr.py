"""A QR code as a widget: dark on light with its quiet zone, whatever the theme, so phones can read it."""

from io import BytesIO
from typing import Final

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

QUIET_ZONE: Final = 2


def qr_image(text: str) -> QImage:
    """The QR code of a text, one pixel a module, with a quiet zone around it."""
    stream = BytesIO()
    segno.make(text, error="m", micro=False).save(stream, kind="png", border=QUIET_ZONE)
    return QImage.fromData(stream.getvalue())


class QrCode(QWidget):
    """Shows the QR code of a text; shows nothing while there is none."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setFixedSize(side, side)

    @property
    def image(self) -> QImage:
        """The code as it is shown; a null image while there is none."""
        return self._image

    def set_text(self, text: str) -> None:
        """Show the code of this text; an empty one clears it."""
        self._image = qr_image(text) if text else QImage()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self.maximumSize()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(self.rect(), 6, 6)
        # Whole pixels a module: a code scaled by a fraction has modules of unequal width.
        scale = max(1, min(self.width(), self.height()) // self._image.width())
        side = scale * self._image.width()
        box = QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter.drawImage(box, self._image)
        painter.end()
