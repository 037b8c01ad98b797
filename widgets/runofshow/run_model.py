"""The steps of the run of show as a Qt model; a drag asks the room, which moves the step."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from backend.contract.shop import Product
from widgets.common import plain
from widgets.runofshow import run_figures
from widgets.runofshow.run_figures import StepFigures

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
_MIME: Final = "application/x-livestall-step"


class StepRole(IntEnum):
    """The roles of the model beyond the text."""

    FIGURES = Qt.ItemDataRole.UserRole + 1
    IS_GONE = Qt.ItemDataRole.UserRole + 2


class RunModel(QAbstractListModel):
    """One row a step.

    Attributes:
        move_wanted: emitted with a step's id and the row before which it was dropped.
    """

    move_wanted = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Sequence[StepFigures] = ()
        self._products: Mapping[str, Product] | None = None
        self.may_move = True

    def show_steps(self, steps: Sequence[StepFigures]) -> None:
        """Show these steps; a choice stays where the same steps stay in the same order."""
        before = [one.step.step_id for one in self._steps]
        is_same = before == [one.step.step_id for one in steps]
        if not is_same:
            self.beginResetModel()
        self._steps = steps
        if not is_same:
            self.endResetModel()
        elif steps:
            self.dataChanged.emit(self.index(0), self.index(len(steps) - 1))

    def show_products(self, products: Mapping[str, Product]) -> None:
        """Learn what the products are called."""
        self._products = products
        if self._steps:
            self.dataChanged.emit(self.index(0), self.index(len(self._steps) - 1))

    def row_of(self, step_id: int) -> int:
        """The row of this step; -1 where there is none."""
        return next((row for row, one in enumerate(self._steps) if one.step.step_id == step_id), -1)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._steps)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._steps):
            return None
        return self._values(self._steps[index.row()]).get(role)

    def _values(self, one: StepFigures) -> dict[int, Any]:
        known = self._products
        title = run_figures.title_of(one.step, known or {})
        return {
            Qt.ItemDataRole.DisplayRole: plain.one_text(title),
            Qt.ItemDataRole.ToolTipRole: plain.tooltip(f"{title}\n{one.step.note}".strip()),
            StepRole.FIGURES: one,
            StepRole.IS_GONE: known is not None and run_figures.is_gone(one.step, known),
        }

    # --- Dragging ---

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.may_move:
            return flags
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        # Copied, so that the list does not take the row out itself: the room moves it.
        return Qt.DropAction.CopyAction

    @override
    def mimeTypes(self) -> list[str]:
        return [_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        made = QMimeData()
        step_id = indexes[0].data(StepRole.FIGURES).step.step_id
        made.setData(_MIME, QByteArray(str(step_id).encode()))
        return made

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not data.hasFormat(_MIME):
            return False
        step_id = int(bytes(data.data(_MIME).data()).decode())
        self.move_wanted.emit(step_id, row if row >= 0 else self.rowCount())
        return True
