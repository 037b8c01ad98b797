"""What cells of the orders' table are painted with: fonts and icons made once, texts cut to their room."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from widgets.common.theme import color
from widgets.common.tokens import BODY, SMALL, bold, icon, sized

DOT: Final = 8
ROUND: Final = 5
MOST_LETTERS: Final = 300
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CellPainter:
    """Paints texts, states and pictures.

    Args:
        base: the font whose family is used.

    Attributes:
        regular, strong, small: the fonts that texts are painted in.
    """

    def __init__(self, base: QFont) -> None:
        self.base = base
        self.regular, self.strong, self.small = sized(base, BODY), bold(base), sized(base, SMALL)
        self._metrics = {id(font): QFontMetrics(font) for font in (self.regular, self.strong, self.small)}
        self._no_picture = icon("fa5s.image", "disabled")

    def line(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        tint: str,
        font: QFont,
        *,
        side: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """Paint one line of text in one of the three fonts, cut to its box."""
        shown = " ".join(text[:MOST_LETTERS].split())
        metrics = self._metrics[id(font)]
        if metrics.horizontalAdvance(shown) > box.width():
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(color(tint))
        painter.drawText(box, side, shown)

    def two_lines(self, painter: QPainter, box: QRect, upper: str, lower: str, quiet: str) -> None:
        """Paint a line, and a small one below it."""
        middle = box.center().y()
        self.line(painter, QRect(box.left(), middle - 18, box.width(), 20), upper, "text", self.regular)
        self.below(painter, box, lower, quiet)

    def below(self, painter: QPainter, box: QRect, text: str, tint: str) -> None:
        """Paint the small line of two."""
        room = QRect(box.left(), box.center().y() + 2, box.width(), 16)
        self.line(painter, room, text, tint, self.small)

    def state(self, painter: QPainter, box: QRect, text: str, tint: str) -> None:
        """Paint a dot, and the word that says the same."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tint))
        painter.drawEllipse(QRect(box.left(), box.center().y() - DOT // 2 + 1, DOT, DOT))
        self.line(painter, box.adjusted(DOT + 6, 0, 0, 0), text, "text", self.regular)

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, *, is_selected: bool) -> None:
        """Paint what a cell stands on: selected, under the mouse, or plain, with a line below."""
        cell = option.rect
        if is_selected:
            painter.fillRect(cell, color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, color("hover"))
        painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), color("line"))
        view = option.widget
        if is_selected and view is not None and view.hasFocus():
            for top in (cell.top(), cell.bottom() - 1):
                painter.fillRect(QRect(cell.left(), top, cell.width(), 2), color("accent"))

    def thumbnail(self, painter: QPainter, box: QRect, picture: QPixmap | None) -> None:
        """Paint a picture with round corners, cut to fill the box; an icon while there is none."""
        clip = QPainterPath()
        clip.addRoundedRect(box, ROUND, ROUND)
        painter.fillPath(clip, color("raised"))
        if picture is None or picture.isNull():
            inset = box.width() // 4
            self._no_picture.paint(painter, box.adjusted(inset, inset, -inset, -inset))
            return
        side = min(picture.width(), picture.height())
        source = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(box, picture, source)
        painter.restore()
