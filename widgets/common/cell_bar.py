"""A status bar of named cells, each a text in figures of one width with its tooltip."""

from collections.abc import Container, Iterable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QStatusBar
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import label
from widgets.common.theme import tabular


class CellBar(QStatusBar):
    """The base of such bars. A subclass sets all texts in `retranslate`, and calls it once it is made.

    Args:
        names: of the cells, from left to right.
        left: which of them stand on the left and may be covered by messages.
    """

    def __init__(self, names: Iterable[str], left: Container[str]) -> None:
        super().__init__()
        self.cells: dict[str, QLabel] = {name: label() for name in names}
        for name, cell in self.cells.items():
            cell.setFont(tabular(cell.font()))
            cell.setContentsMargins(10, 0, 10, 0)
            cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if name in left:
                self.addWidget(cell)
            else:
                self.addPermanentWidget(cell)

    def retranslate(self) -> None:
        """Set every text again, in the language that counts now."""
        raise NotImplementedError

    def explain(self, tooltips: Mapping[str, str]) -> None:
        """Set the tooltips of cells."""
        for name, tooltip in tooltips.items():
            plain.set_tooltip(self.cells[name], tooltip)
            plain.set_name(self.cells[name], tooltip)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
