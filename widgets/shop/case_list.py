"""The cases of a room in a list, or in its place what is to be said while there are none."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from typing_extensions import override

from backend.contract.cases import Case
from widgets.shop.case_model import CaseFilter, CaseModel
from widgets.shop.case_table import CaseTable
from widgets.shop.list_pages import ListPages


class CaseList(ListPages):
    """Shows cases; without them it says why.

    Attributes:
        case_chosen: the current case is another one, or changed.
        more_wanted: closed cases should be read, if there are more.
        search_cleared: the search should be emptied.
    """

    case_chosen = Signal()
    more_wanted = Signal()
    search_cleared = Signal()

    def __init__(self) -> None:
        self.model, self.filter, self.table = CaseModel(), CaseFilter(), CaseTable()
        super().__init__(self.table, self.model, self.filter)
        self.model.setParent(self)
        self.filter.setParent(self)
        self.table.selectionModel().currentRowChanged.connect(self.case_chosen)
        self.table.end_reached.connect(self.more_wanted)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Cases"))
        super().retranslate()

    # --- In ---

    def clear(self) -> None:
        """Forget all: the cases of another room come."""
        self._has_read, self._problem = False, None
        self.model.clear()
        self.show_pages()

    def put(self, cases: Sequence[Case]) -> None:
        """Show these cases as they are now, beside those that are there."""
        self._has_read, self._problem = True, None
        self.model.put(cases)
        self._after_change()

    def set_text(self, text: str) -> None:
        """Show the cases with these words."""
        self.filter.set_text(text)
        self._after_change()

    def choose(self, order_id: str) -> None:
        """Make the most urgent case of an order the current one."""
        rows = (row for row, case in enumerate(self.model.cases) if case.order_id == order_id)
        index = self.filter.mapFromSource(self.model.index(next(rows, -1), 0))
        if index.isValid():
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)

    # --- Showing ---

    def _after_change(self) -> None:
        if not self.table.currentIndex().isValid() and self.filter.rowCount():
            self.table.setCurrentIndex(self.filter.index(0, 0))
        else:
            self.case_chosen.emit()
        self.show_pages()

    @override
    def on_message_button(self) -> None:
        self.search_cleared.emit()

    @override
    def message_texts(self) -> tuple[str, str, str]:
        if self._has_rows:
            remedy = self.tr("No case holds these words.")
            return self.tr("Nothing found"), remedy, self.tr("Clear the search")
        remedy = self.tr("When a buyer asks for a refund, a return or an exchange, it stands here.")
        return self.tr("No cases"), remedy, ""
