"""The table of cases, and how its cells are painted."""

from typing import Final

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from backend.contract.cases import Case, CaseState
from widgets.common.theme import color
from widgets.common.tokens import ROW
from widgets.shop import case_texts, order_texts
from widgets.shop.case_model import CaseColumn, CaseRole, Index, cell_text
from widgets.shop.case_states import Turn, turn_of
from widgets.shop.order_cells import RIGHT, CellPainter
from widgets.shop.order_table import plain_rows

PAD: Final = 10
WIDTHS: Final = {
    CaseColumn.KIND: 150,
    CaseColumn.ORDER: 150,
    CaseColumn.REASON: 140,
    CaseColumn.WORTH: 92,
    CaseColumn.STATE: 108,
    CaseColumn.TURN: 176,
}
REASON_FROM: Final = 800
"""From this width of the table on there is room for the buyer's words."""
TINTS: Final = {
    CaseState.REQUESTED: "warn",
    CaseState.APPROVED: "accent",
    CaseState.SENT_BACK: "accent",
    CaseState.RECEIVED: "accent",
    CaseState.REFUNDED: "campaign",
    CaseState.EXCHANGED: "ok",
    CaseState.DECLINED: "faint",
    CaseState.WITHDRAWN: "faint",
}


class CaseTable(QTableView):
    """Enter goes to the detail.

    Attributes:
        opened: what the key asks for.
        end_reached: the last row came into sight.
    """

    opened = Signal()
    end_reached = Signal()

    def __init__(self) -> None:
        super().__init__()
        plain_rows(self)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setItemDelegate(CaseDelegate(self))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def case(self) -> Case | None:
        """The current case."""
        case: Case | None = self.currentIndex().data(CaseRole.CASE)
        return case

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum():
            self.end_reached.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            width = self.viewport().width()
            self.setColumnHidden(CaseColumn.REASON, width < REASON_FROM)
            growing = CaseColumn.TURN if width < REASON_FROM else CaseColumn.REASON
            shown = [column for column in CaseColumn if not self.isColumnHidden(column)]
            spare = width - sum(WIDTHS[column] for column in shown)
            for column in shown:
                extra = max(0, spare) if column is growing else 0
                self.setColumnWidth(column, WIDTHS[column] + extra)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class CaseDelegate(QStyledItemDelegate):
    """What waits for the shop has an amber edge; a dot stands before the word of a state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells = CellPainter(QFont())

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if option.font.families() != self._cells.base.families():
            self._cells = CellPainter(option.font)
        case: Case = index.data(CaseRole.CASE)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._cells.ground(painter, option, is_selected=is_selected)
        if index.column() == CaseColumn.KIND and turn_of(case) is Turn.YOURS:
            edge = option.rect
            painter.fillRect(QRect(edge.left(), edge.top() + 6, 3, edge.height() - 12), color("warn"))
        box = option.rect.adjusted(PAD, 0, -PAD, 0)
        # Faint is too weak on a selected row.
        self._paint_cell(painter, box, case, index, "dim" if is_selected else "faint")
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRect, case: Case, index: Index, quiet: str) -> None:
        cells, column, now_ms = self._cells, CaseColumn(index.column()), index.data(CaseRole.NOW_MS)
        text = cell_text(case, column, now_ms)
        match column:
            case CaseColumn.KIND:
                cells.two_lines(painter, box, text, case_texts.units_text(case), quiet)
            case CaseColumn.ORDER:
                when = order_texts.time_text(case.created_at_ms, now_ms)
                cells.two_lines(painter, box, text, when, quiet)
            case CaseColumn.REASON:
                cells.line(painter, box, text, "dim", cells.regular)
            case CaseColumn.WORTH:
                cells.line(painter, box, text, "text", cells.strong, side=RIGHT)
            case CaseColumn.STATE:
                cells.state(painter, box, text, TINTS[case.state])
            case CaseColumn.TURN:
                self._paint_turn(painter, box, case, now_ms, quiet)

    def _paint_turn(self, painter: QPainter, box: QRect, case: Case, now_ms: float, quiet: str) -> None:
        cells, turn = self._cells, turn_of(case)
        due = case_texts.due_text(case, now_ms)
        if not due:
            cells.line(painter, box, case_texts.turn_text(turn), quiet, cells.regular)
            return
        cells.two_lines(painter, box, case_texts.turn_text(turn), "", quiet)
        cells.below(painter, box, due, "warn" if turn is Turn.YOURS else quiet)
