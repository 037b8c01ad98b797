"""The base of the pages of the books: a table, or why there is none; what is being done; buttons below."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone

MARGIN: Final = 14
FIT_MS: Final = 100
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BooksPage(QWidget):
    """See the module; a subclass makes its columns and calls `lay_out`.

    Attributes:
        again_button: asks again after a problem.
    """

    def __init__(self, columns: Sequence[str], widths: Sequence[int], right: Sequence[int] = ()) -> None:
        super().__init__()
        self._right = frozenset(right)
        self._is_busy = False
        self._problem = ""
        self.table = _table(columns, widths)
        for place in right:
            head = self.table.horizontalHeaderItem(place)
            if head is not None:
                head.setTextAlignment(RIGHT)
        # A row is as high as its text at these widths; all of them at each step of a drag would stutter.
        self._fit = QTimer(self.table, interval=FIT_MS, singleShot=True)
        self._fit.timeout.connect(self.table.resizeRowsToContents)
        self.table.horizontalHeader().sectionResized.connect(self._fit.start)
        self.empty, self.note = label("", "dim"), label()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.empty, self.note):
            part.setWordWrap(True)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.again_button = push_button("fa5s.redo")
        say(self.again_button, self.tr("Try again"))
        self.again_button.clicked.connect(self.ask)

    def lay_out(self, head: Sequence[QWidget], foot: Sequence[QPushButton]) -> None:
        """Put the parts onto the page."""
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        above = row(*head)
        above.addStretch(1)
        below = row(self.again_button, *foot)
        below.insertStretch(1, 1)
        layout: QVBoxLayout = column(above, pages, self.busy, self.note, below, margin=MARGIN, spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.refresh()

    # --- A subclass's ---

    def ask(self) -> None:
        """Ask for what the page shows."""
        raise NotImplementedError

    def why_empty(self) -> str:
        """What stands in place of a table without lines."""
        raise NotImplementedError

    # --- In ---

    def show_problem(self, text: str) -> None:
        """Say what went wrong, and what helps; it can be asked again."""
        self._is_busy, self._problem = False, text
        self.refresh()

    def begin(self) -> None:
        """Show that something was asked."""
        self._is_busy, self._problem = True, ""
        self.refresh()

    def end(self) -> None:
        """Show that the answer came."""
        self._is_busy, self._problem = False, ""
        self.refresh()

    def texts(self, number: int) -> list[str]:
        """What a line says."""
        cells = (self.table.item(number, place) for place in range(self.table.columnCount()))
        return [cell.text() if cell else "" for cell in cells]

    def add_row(self, texts: Sequence[str], tooltip: str = "") -> None:
        """Show one more line."""
        number = self.table.rowCount()
        self.table.setRowCount(number + 1)
        for place, text in enumerate(texts):
            cell = plain.cell(text)
            if place in self._right:
                cell.setTextAlignment(RIGHT)
            if tooltip:
                plain.set_tooltip(cell, tooltip)
            self.table.setItem(number, place, cell)
        self._fit.start()

    def say_note(self, text: str, tone: str = "") -> None:
        """Say how it stands, below the table."""
        plain.set_text(self.note, text)
        self.note.setVisible(bool(text))
        set_tone(self.note, tone)

    def refresh(self) -> None:
        """Show the table, or why there is none."""
        self.busy.setVisible(self._is_busy)
        self.again_button.setVisible(bool(self._problem))
        empty = self.tr("Reading…") if self._is_busy else self._problem or self.why_empty()
        plain.set_text(self.empty, empty)
        has_lines = self.table.rowCount() > 0
        self._pages.setCurrentIndex(0 if has_lines else 1)
        self.say_note(self._problem if has_lines else "", "bad")


def _table(columns: Sequence[str], widths: Sequence[int]) -> QTableWidget:
    table = QTableWidget(0, len(columns))
    plain.set_headers(table, columns)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)  # Tab leads out of the table, to the buttons
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    for number, width in enumerate(widths):
        header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(number, width)
    return table
