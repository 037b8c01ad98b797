"""Draws the pictures of the face stickers into resources/stickers; run it after a change here.

Each is drawn in centimetres on a head, as `stickers.toml` says: x to the right, y upwards.
"""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

FOLDER: Final = Path(__file__).parents[1] / "resources" / "stickers"


def main() -> int:
    """Draw all, or into the folder that is given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for entry in tomllib.loads((FOLDER / "stickers.toml").read_text("utf-8"))["sticker"]:
        width, height, draw = _DRAWINGS[entry["name"]]
        scale = entry["scale"]
        image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, -scale)
        painter.translate(-entry["left"], -entry["top"])
        draw(painter)
        painter.end()
        image.save(str(folder / entry["file"]))
    return 0


def draw_glasses(painter: QPainter) -> None:
    """Draw round sun-glasses: the eyes stay to be guessed."""
    frame = QPen(QColor("#2a2522"), 0.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    for side in (-1, 1):
        middle = QPointF(side * 3.55, 2.35)
        glass = QLinearGradient(middle + QPointF(0, 2.8), middle - QPointF(0, 2.8))
        glass.setColorAt(0, QColor(40, 28, 60, 205))
        glass.setColorAt(1, QColor(150, 70, 110, 120))
        painter.setPen(frame)
        painter.setBrush(QBrush(glass))
        painter.drawEllipse(middle, 2.85, 2.7)
        painter.setPen(QPen(QColor(255, 255, 255, 120), 0.28, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(QRectF(middle.x() - 2.2, middle.y() - 2.1, 4.4, 4.2), 200 * 16, 45 * 16)
        painter.setPen(frame)
        painter.drawLine(QPointF(side * 6.4, 2.9), QPointF(side * 7.9, 3.2))
    bridge = QPainterPath(QPointF(-0.8, 2.9))
    bridge.quadTo(QPointF(0, 3.7), QPointF(0.8, 2.9))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(bridge)


def draw_cat_ears(painter: QPainter) -> None:
    """Draw two ears on a hair band."""
    band = QPainterPath(QPointF(-8.3, 7.2))
    band.cubicTo(QPointF(-7.6, 13.6), QPointF(7.6, 13.6), QPointF(8.3, 7.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#2b2530"), 0.65, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(band)
    for side in (-1, 1):
        painter.setPen(Qt.PenStyle.NoPen)
        fur = QLinearGradient(QPointF(side * 5, 18), QPointF(side * 5, 10))
        fur.setColorAt(0, QColor("#4a4252"))
        fur.setColorAt(1, QColor("#2b2530"))
        painter.setBrush(QBrush(fur))
        painter.drawPath(_ear(side, 1.0))
        inside = QRadialGradient(QPointF(side * 5.1, 11.8), 4.2)
        inside.setColorAt(0, QColor("#ffc2d0"))
        inside.setColorAt(1, QColor("#e88aa4"))
        painter.setBrush(QBrush(inside))
        painter.drawPath(_ear(side, 0.62))


def _ear(side: int, size: float) -> QPainterPath:
    """Return an ear with a round tip, shrunk towards the middle of its foot."""

    def at(x: float, y: float) -> QPointF:
        return QPointF(side * (5.1 + (x - 5.1) * size), 11.2 + (y - 11.2) * size)

    path = QPainterPath(at(2.1, 11.6))
    path.quadTo(at(3.6, 16.2), at(6.9, 17.9))
    path.quadTo(at(7.8, 18.3), at(7.9, 17.2))
    path.quadTo(at(8.5, 12.6), at(7.6, 9.4))
    path.quadTo(at(5.2, 10.4), at(2.1, 11.6))
    return path


def draw_hat(painter: QPainter) -> None:
    """Draw a straw hat with a red ribbon, seen a little from above."""
    painter.translate(0, -1.4)  # down to where hair begins
    straw = QLinearGradient(QPointF(-9, 0), QPointF(9, 0))
    for place, color in ((0.0, "#c99a4e"), (0.35, "#f3d48c"), (0.7, "#e5bd6d"), (1.0, "#b5843c")):
        straw.setColorAt(place, QColor(color))
    crown = QPainterPath(QPointF(-8.0, 9.6))
    crown.cubicTo(QPointF(-7.6, 17.0), QPointF(-5.8, 19.6), QPointF(0, 19.4))
    crown.cubicTo(QPointF(5.8, 19.6), QPointF(7.6, 17.0), QPointF(8.0, 9.6))
    crown.quadTo(QPointF(0, 7.6), QPointF(-8.0, 9.6))
    brim = QPainterPath(QPointF(-13.0, 9.4))
    brim.cubicTo(QPointF(-11.5, 12.0), QPointF(11.5, 12.0), QPointF(13.0, 9.4))
    brim.cubicTo(QPointF(11.0, 6.3), QPointF(-11.0, 6.3), QPointF(-13.0, 9.4))
    edge = QPen(QColor("#8f6528"), 0.16)
    painter.setPen(edge)
    painter.setBrush(QBrush(straw))
    painter.drawPath(brim)
    painter.drawPath(crown)
    painter.save()
    painter.setClipPath(crown)
    ribbon = QPainterPath(QPointF(-9, 12.6))
    ribbon.quadTo(QPointF(0, 10.6), QPointF(9, 12.6))
    ribbon.lineTo(9, 9.0)
    ribbon.quadTo(QPointF(0, 7.2), QPointF(-9, 9.0))
    painter.fillPath(ribbon, QColor("#b8323c"))
    painter.setPen(QPen(QColor(120, 80, 30, 70), 0.08))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row in range(9):
        weave = QPainterPath(QPointF(-9, 13.2 + row * 0.8))
        weave.quadTo(QPointF(0, 11.4 + row * 0.8), QPointF(9, 13.2 + row * 0.8))
        painter.drawPath(weave)
    painter.restore()
    painter.setPen(QPen(QColor(120, 80, 30, 70), 0.1))
    for ring in range(1, 4):
        painter.drawArc(QRectF(-13 + ring, 6.9 + ring * 0.35, 26 - 2 * ring, 4.8 - ring * 0.7), 0, 180 * 16)


_DRAWINGS: Final[dict[str, tuple[float, float, Callable[[QPainter], None]]]] = {
    "glasses": (17.2, 7.4, draw_glasses),
    "cat_ears": (21.0, 13.0, draw_cat_ears),
    "hat": (27.0, 15.0, draw_hat),
}
"""Width and height in centimetres, and who draws it."""


if __name__ == "__main__":
    sys.exit(main())
