"""The cases of a room as a Qt table, those that wait for the shop first, and the filter over it."""

import bisect
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from backend.contract.cases import Case
from widgets.common import plain
from widgets.shop import case_texts, order_texts
from widgets.shop.case_states import Turn, turn_of, urgency_of
from widgets.shop.reason_texts import reason_text

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()


class CaseColumn(IntEnum):
    """The columns of the table."""

    KIND = 0
    ORDER = 1
    REASON = 2
    WORTH = 3
    STATE = 4
    TURN = 5


class CaseRole(IntEnum):
    """What the model gives beyond texts."""

    CASE = Qt.ItemDataRole.UserRole + 1
    NOW_MS = Qt.ItemDataRole.UserRole + 2


def column_text(column: CaseColumn) -> str:
    """What a column is called."""
    translate = QCoreApplication.translate
    return {
        CaseColumn.KIND: translate("Case", "Case"),
        CaseColumn.ORDER: translate("Case", "Order"),
        CaseColumn.REASON: translate("Case", "Reason"),
        CaseColumn.WORTH: translate("Case", "Worth"),
        CaseColumn.STATE: translate("Case", "State"),
        CaseColumn.TURN: translate("Case", "Whose turn"),
    }[column]


class CaseModel(QAbstractTableModel):
    """One row a case; of a case only the newest version is kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases: list[Case] = []
        self._now_ms = 0.0

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, the most urgent first."""
        return tuple(self._cases)

    @property
    def waiting(self) -> int:
        """How many wait for the shop."""
        return sum(turn_of(case) is Turn.YOURS for case in self._cases)

    def of_order(self, order_id: str) -> tuple[Case, ...]:
        """The cases of an order, the most urgent first."""
        return tuple(case for case in self._cases if case.order_id == order_id)

    # --- In ---

    def clear(self) -> None:
        """Forget all cases."""
        self.beginResetModel()
        self._cases = []
        self.endResetModel()

    def put(self, cases: Iterable[Case]) -> None:
        """Add cases and replace older versions of those that are there; their places follow."""
        rows = {case.case_id: row for row, case in enumerate(self._cases)}
        new, is_changed = [], False
        for case in cases:
            row = rows.get(case.case_id)
            if row is None:
                new.append(case)
            elif _is_newer(case, self._cases[row]):
                self._cases[row], is_changed = case, True
        if is_changed:
            self._sort()
        for case in new:
            row = bisect.bisect_right(self._cases, urgency_of(case), key=urgency_of)
            self.beginInsertRows(_NO_INDEX, row, row)
            self._cases.insert(row, case)
            self.endInsertRows()

    def _sort(self) -> None:
        self.layoutAboutToBeChanged.emit()
        ids = [case.case_id for case in self._cases]
        self._cases.sort(key=urgency_of)
        places = {case.case_id: row for row, case in enumerate(self._cases)}
        before = self.persistentIndexList()
        moved = [self.index(places[ids[index.row()]], index.column()) for index in before]
        self.changePersistentIndexList(before, moved)
        self.layoutChanged.emit()

    def set_now(self, now_ms: float) -> None:
        """Count down until when an answer is due."""
        is_first, self._now_ms = self._now_ms == 0.0, now_ms
        if self._cases and (is_first or int(now_ms / 1000) % 10 == 0):
            last = self.index(len(self._cases) - 1, CaseColumn.TURN)
            self.dataChanged.emit(self.index(0, CaseColumn.TURN), last)

    # --- Out ---

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._cases)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(CaseColumn)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(CaseColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_sum = section == CaseColumn.WORTH
            side = Qt.AlignmentFlag.AlignRight if is_sum else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column_text(CaseColumn(section)) if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._cases):
            return None
        case, column = self._cases[index.row()], CaseColumn(index.column())
        match role:
            case CaseRole.CASE:
                return case
            case CaseRole.NOW_MS:
                return self._now_ms
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell_text(case, column, self._now_ms)
        return _tooltip(case, column).get(role)


def _tooltip(case: Case, column: CaseColumn) -> dict[int, str]:
    text = reason_text(case.reason) if column is CaseColumn.REASON else ""
    return {Qt.ItemDataRole.ToolTipRole: plain.tooltip(text)} if text else {}


def cell_text(case: Case, column: CaseColumn, now_ms: float) -> str:
    """What a cell says."""
    match column:
        case CaseColumn.KIND:
            return case_texts.kind_text(case.kind)
        case CaseColumn.ORDER:
            return order_texts.number_text(case.order_number)
        case CaseColumn.REASON:
            return reason_text(case.reason)
        case CaseColumn.WORTH:
            return case_texts.worth_text(case)
        case CaseColumn.STATE:
            return order_texts.case_text(case.state)
        case CaseColumn.TURN:
            due = case_texts.due_text(case, now_ms)
            return " · ".join(filter(None, (case_texts.turn_text(turn_of(case)), due)))


class CaseFilter(QSortFilterProxyModel):
    """Keeps the cases that hold every word that was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()

    def set_text(self, text: str) -> None:
        """Search for this; empty keeps all."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        case: Case = self.sourceModel().index(source_row, 0, source_parent).data(CaseRole.CASE)
        texts = (case.order_number, reason_text(case.reason), case.tracking, case_texts.kind_text(case.kind))
        hay = "\n".join(texts).casefold()
        return all(word in hay for word in self._words)


def _is_newer(case: Case, known: Case) -> bool:
    # Where its money is changes without a step.
    return case.version >= known.version and case != known
