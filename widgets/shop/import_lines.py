"""The lines of a file of products with what each does: new, changed and how, or left out and why."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget

from backend.contract.exchange import ImportReport, LineOutcome
from widgets.common import plain
from widgets.common.theme import color
from widgets.shop.import_texts import change_text, refusal_text

_TONES: Final = {LineOutcome.NEW: "ok", LineOutcome.CHANGED: "text", LineOutcome.UNCHANGED: "dim"}


class _Line(NamedTuple):
    """What a row of the table says; `tone` is of its second text on."""

    number: int
    what: str
    title: str
    proposal: str
    tone: str


class ImportLines(QTableWidget):
    """Shows a report: lines that are left out first, then the others in the file's order."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        plain.set_name(self, self.tr("Lines"))
        self.setHorizontalHeaderLabels(
            [self.tr("Line"), self.tr("What"), self.tr("Product"), self.tr("Proposal")]
        )
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for place, width in enumerate((64, 90, 170)):
            self.setColumnWidth(place, width)

    def show_report(self, report: ImportReport) -> None:
        """Show what each line does, or did."""
        lines = [*self._refused(report), *self._taken(report)]
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            number = f"{line.number:,}" if line.number else "–"
            for column, text in enumerate((number, line.what, line.title, line.proposal)):
                cell = plain.cell(text)
                cell.setForeground(QColor(color("dim" if column == 0 else line.tone)))
                self.setItem(place, column, cell)
        self.resizeRowsToContents()

    def _refused(self, report: ImportReport) -> Iterator[_Line]:
        for one in report.refused:
            why = refusal_text(one)
            proposal = f"{one.column}: {why}" if one.column else why
            yield _Line(one.line, self.tr("left out"), "", proposal, "fault")

    def _taken(self, report: ImportReport) -> Iterator[_Line]:
        words = {
            LineOutcome.NEW: self.tr("new"),
            LineOutcome.CHANGED: self.tr("changed"),
            LineOutcome.UNCHANGED: self.tr("as it is"),
        }
        for one in sorted(report.proposals, key=lambda proposal: proposal.line):
            proposal = " · ".join(change_text(change) for change in one.changes)
            yield _Line(one.line, words[one.outcome], one.title, proposal, _TONES[one.outcome])
