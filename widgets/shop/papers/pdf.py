"""Pages of plain text and lines, one below the other, as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from PySide6.QtCore import QBuffer, QByteArray, QDateTime, QIODevice, QLocale, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from widgets.common import plain

DPI: Final = 144
MARGIN_MM: Final = 15.0
GAP: Final = 6.0
FOOT: Final = 30.0
TEXT_PT: Final = 10.0
SMALL_PT: Final = 8.0
TITLE_PT: Final = 16.0
_MOST_LETTERS: Final = 600
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class Cell:
    """A text in a row.

    Args:
        share: of the page's width.
        size: in points.
    """

    def __init__(self, text: str, share: float, size: float = TEXT_PT) -> None:
        self.text = plain.one_text(text, _MOST_LETTERS)
        self.share = share
        self.size = size
        self.is_strong = False
        self.is_right = False

    def strong(self) -> Self:
        """Let it be bold."""
        self.is_strong = True
        return self

    def right(self) -> Self:
        """Let it stand at the right edge of its share."""
        self.is_right = True
        return self


@dataclass(frozen=True)
class _Row:
    cells: Sequence[Cell]
    has_rule: bool


class PdfPages:
    """A4 pages that are filled from top to bottom.

    Args:
        foot: stands at the foot of each page, before its number.

    Attributes:
        drawn: the texts of each page, from top to bottom, once the file is made.
    """

    def __init__(self, foot: str) -> None:
        self._foot = foot
        self._rows: list[_Row | None] = []
        self.drawn: list[list[str]] = []

    def next_page(self) -> None:
        """Go on with a page of its own."""
        self._rows.append(None)

    def row(self, cells: Sequence[Cell], *, has_rule: bool = False) -> None:
        """Add texts side by side, which go to the next page where there is no room; a rule stands below."""
        self._rows.append(_Row(cells, has_rule))

    def content(self) -> bytes:
        """Draw all, and return the file."""
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = _writer(buffer)
        painter = QPainter(writer)
        try:
            drawing = _Drawing(writer, painter, self._foot)
            for row in self._rows:
                if row is None:
                    drawing.next_page()
                else:
                    drawing.draw(row)
        finally:
            painter.end()  # a painter that is collected while it paints takes the process with it
        self.drawn = drawing.texts
        return bytes(held.data())


def _writer(buffer: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter))
    return writer


class _Drawing:
    """Puts rows on pages.

    Attributes:
        texts: what stands on each page so far.
    """

    def __init__(self, writer: QPdfWriter, painter: QPainter, foot: str) -> None:
        self._writer = writer
        self._painter = painter
        self._foot = foot
        self._width, self._height = float(writer.width()), float(writer.height())
        self._top = 0.0
        self.texts: list[list[str]] = [[]]
        self._draw_foot()

    def next_page(self) -> None:
        self._writer.newPage()
        self.texts.append([])
        self._top = 0.0
        self._draw_foot()

    def draw(self, row: _Row) -> None:
        height = max((self._height_of(cell) for cell in row.cells), default=0.0)
        if self._top > 0 and self._top + height > self._height - FOOT:
            self.next_page()
        left = 0.0
        for cell in row.cells:
            width = self._width * cell.share
            self._draw_cell(cell, QRectF(left, self._top, width - GAP, height + 1))
            left += width
        self._top += height + GAP
        if row.has_rule:
            self._painter.setPen(QPen(Qt.GlobalColor.lightGray, 1))
            self._painter.drawLine(0, int(self._top), int(self._width), int(self._top))
            self._painter.setPen(Qt.GlobalColor.black)
            self._top += GAP

    def _font(self, cell: Cell) -> QFont:
        font = QFont(self._painter.font())
        font.setPointSizeF(cell.size)
        font.setBold(cell.is_strong)
        return font

    def _height_of(self, cell: Cell) -> float:
        self._painter.setFont(self._font(cell))
        room = QRectF(0, 0, self._width * cell.share - GAP, 10_000)
        return self._painter.boundingRect(room, _flags(cell), cell.text).height()

    def _draw_cell(self, cell: Cell, room: QRectF) -> None:
        self._painter.setFont(self._font(cell))
        self._painter.drawText(room, _flags(cell), cell.text)
        self.texts[-1].append(cell.text)

    def _draw_foot(self) -> None:
        text = f"{self._foot} · {len(self.texts)}"
        room = QRectF(0, self._height - FOOT + GAP, self._width, FOOT)
        self._draw_cell(Cell(text, 1.0, SMALL_PT), room)


def moment_text(at_ms: float) -> str:
    """A moment with its day: paper is read on another one."""
    return QLocale.c().toString(QDateTime.fromMSecsSinceEpoch(int(at_ms)), "yyyy-MM-dd HH:mm")


def _flags(cell: Cell) -> int:
    side = _RIGHT if cell.is_right else _LEFT
    return side.value | Qt.TextFlag.TextWrapAnywhere.value | Qt.TextFlag.TextWordWrap.value
