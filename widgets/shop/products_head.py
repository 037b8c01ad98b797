"""The head of the products window: how many there are, the search, the filters, a new product."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.retranslate import Retranslated
from widgets.common.tokens import icon
from widgets.shop import products_texts
from widgets.shop.chips import Chips
from widgets.shop.products_entry import Shelf

SEARCH_WIDTH: Final = 230


class ProductsHead(Retranslated):
    """One row with title and search, one with a chip a filter.

    Attributes:
        text_changed: emitted with what is searched for.
        shelf_chosen: emitted with a `Shelf`.
        refresh_wanted, new_wanted, import_wanted, export_wanted: what their names say.
    """

    text_changed = Signal(str)
    shelf_chosen = Signal(object)
    refresh_wanted = Signal()
    new_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._counts: Mapping[Shelf, int] = {}
        self.title, self.summary = label("", "window"), label("", "dim")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.search.addAction(icon("fa5s.search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.text_changed)
        self.refresh_button, self.new_button = push_button(), push_button()
        self.import_button, self.export_button = push_button(), push_button()
        self.import_button.setIcon(icon("fa5s.file-upload"))
        self.import_button.clicked.connect(self.import_wanted)
        self.export_button.setIcon(icon("fa5s.file-download"))
        self.export_button.clicked.connect(self.export_wanted)
        self.refresh_button.setIcon(icon("fa5s.redo"))
        self.refresh_button.clicked.connect(self.refresh_wanted)
        self.new_button.setIcon(icon("fa5s.plus"))
        self.new_button.setProperty("kind", "primary")
        self.new_button.clicked.connect(self.new_wanted)
        self.chips = Chips(Shelf)
        for shelf, chip in self.chips.buttons.items():
            chip.clicked.connect(lambda _checked=False, shelf=shelf: self.shelf_chosen.emit(shelf))
        self.chips.buttons[Shelf.ALL].setChecked(True)
        files = row(self.refresh_button, self.import_button, self.export_button, spacing=8)
        upper = row(self.title, self.summary, self.search, files, self.new_button, spacing=12)
        upper.insertStretch(3, 1)
        layout = column(upper, self.chips, spacing=10)
        layout.setContentsMargins(16, 10, 16, 8)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        plain.set_text(self.title, self.tr("Products"))
        self.search.setPlaceholderText(self.tr("Number, title, code"))
        self.search.setAccessibleName(self.tr("Search products"))
        say(self.refresh_button, self.tr("Refresh"), self.tr("Read the products again (F5)"))
        say(self.import_button, self.tr("Import…"), self.tr("Add and change products by a file"))
        say(self.export_button, self.tr("Export…"), self.tr("Save all products as a file"))
        say(self.new_button, self.tr("New product"), self.tr("Add a product (Ctrl+N)"))
        self.show_counts(self._counts)

    def show_counts(self, counts: Mapping[Shelf, int]) -> None:
        """Show how many products each filter keeps."""
        self._counts = counts
        for shelf in Shelf:
            count = counts.get(shelf, 0)
            tone = "warn" if count and shelf in {Shelf.SOLD_OUT, Shelf.LOW} else ""
            self.chips.show_count(shelf, products_texts.shelf_text(shelf), f"{count:,}", tone)
        text = self.tr("{n} in this room, {all} in the shop")
        shown, known = counts.get(Shelf.IN_ROOM, 0), counts.get(Shelf.ALL, 0)
        plain.set_text(self.summary, text.format(n=f"{shown:,}", all=f"{known:,}"))

    def choose(self, shelf: Shelf) -> None:
        """Choose a filter."""
        self.chips.buttons[shelf].setChecked(True)
        self.shelf_chosen.emit(shelf)
