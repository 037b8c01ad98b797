"""A bar of named cells, each a text in figures of one width with its tooltip."""

from collections.abc import Container, Iterable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import label, row
from widgets.common.retranslate import Retranslated
from widgets.common.theme import tabular

GAP: Final = 20


class CellBar(Retranslated):
    """The base of such bars. A subclass sets all texts in `retranslate`, and calls it once it is made.

    Args:
        names: of the cells, from left to right.
        left: which of them stand on the left.
        elided: which of them are cut where room is short.
    """

    def __init__(self, names: Iterable[str], left: Container[str], elided: Container[str] = ()) -> None:
        super().__init__()
        self.cells: dict[str, QLabel] = {name: ElidedLabel() if name in elided else label() for name in names}
        self._row = row(spacing=GAP)
        has_gap = False
        for name, cell in self.cells.items():
            cell.setFont(tabular(cell.font()))
            cell.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            if name not in left and not has_gap:
                has_gap = True
                self._row.addStretch(1)
            self._row.addWidget(cell)
        self.setLayout(self._row)

    def add_last(self, widget: QWidget) -> None:
        """Put this behind all cells."""
        self._row.addWidget(widget)

    def say(self, name: str, text: str) -> None:
        """Set the text of a cell; an empty one takes no room."""
        plain.set_text(self.cells[name], text)
        self.cells[name].setVisible(bool(text))

    def explain(self, tooltips: Mapping[str, str]) -> None:
        """Set the tooltips of cells."""
        for name, tooltip in tooltips.items():
            plain.set_tooltip(self.cells[name], tooltip)
            plain.set_name(self.cells[name], tooltip)
