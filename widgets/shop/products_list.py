"""The table of the products window, or in its place what is to be said while there are no rows."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from typing_extensions import override

from widgets.shop.list_pages import ListPages
from widgets.shop.products_entry import ProductEntry, Shelf
from widgets.shop.products_model import Column, ProductsFilter, ProductsModel
from widgets.shop.products_table import ProductsTable


class ProductsList(ListPages):
    """Shows products; without them it says why.

    Attributes:
        chosen_changed: the current or the selected products are others.
        search_cleared: search and filter should be emptied.
        new_wanted: the first product should be added.
    """

    chosen_changed = Signal()
    search_cleared = Signal()
    new_wanted = Signal()

    def __init__(self) -> None:
        self.model, self.filter, self.table = ProductsModel(), ProductsFilter(), ProductsTable()
        super().__init__(self.table, self.model, self.filter)
        self.model.setParent(self)
        self.filter.setParent(self)
        self._may_add = False
        self.table.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.table.selectionModel().currentRowChanged.connect(self.chosen_changed)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Products"))
        super().retranslate()

    # --- In ---

    def clear(self) -> None:
        """Forget all: the products of another room come."""
        self._has_read, self._problem = False, None
        self.model.clear()
        self.show_pages()

    def show_entries(self, entries: Sequence[ProductEntry]) -> None:
        """Show these products and no others."""
        self._has_read, self._problem = True, None
        self.model.show(entries)
        self._after_filter()

    def show_may_add(self, *, is_allowed: bool) -> None:
        """Offer to add the first product, or not."""
        self._may_add = is_allowed
        self.show_pages()

    def set_shelf(self, shelf: Shelf) -> None:
        """Show these products alone, or all."""
        self.filter.set_shelf(shelf)
        self._after_filter()

    def set_text(self, text: str) -> None:
        """Show the products with these words."""
        self.filter.set_text(text)
        self._after_filter()

    def choose(self, spu_id: str, column: Column = Column.TITLE) -> bool:
        """Make a product the current one; False where it is not in sight."""
        source = self.model.row_of(spu_id)
        index = self.filter.mapFromSource(self.model.index(source, column))
        if not index.isValid():
            return False
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        return True

    def edit(self, spu_id: str, column: Column) -> None:
        """Open the field of a cell, if it is in sight and may be edited."""
        if self.choose(spu_id, column):
            self.table.edit(self.table.currentIndex())

    # --- Out ---

    @property
    def counts(self) -> Counter[Shelf]:
        """How many products each filter keeps."""
        return Counter(shelf for entry in self.model.entries for shelf in Shelf if shelf.holds(entry))

    def _after_filter(self) -> None:
        if not self.table.currentIndex().isValid() and self.filter.rowCount():
            self.table.setCurrentIndex(self.filter.index(0, Column.TITLE))
        self.chosen_changed.emit()
        self.show_pages()

    @override
    def on_message_button(self) -> None:
        if self._has_rows:
            self.search_cleared.emit()
        else:
            self.new_wanted.emit()

    @override
    def message_texts(self) -> tuple[str, str, str]:
        if self._has_rows:
            remedy = self.tr("No product fits search and filter.")
            return self.tr("Nothing found"), remedy, self.tr("Show all products")
        if self._may_add:
            remedy = self.tr("A title, a price and a stock are enough; viewers can buy it at once.")
            return self.tr("Add your first product"), remedy, self.tr("New product…")
        return self.tr("No products yet"), self.tr("Whoever has the right to products adds them."), ""
