"""The dialogs of the products window: opened, answered, closed."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from widgets.common.confirm import ConfirmDialog
from widgets.shop.new_product_dialog import NewProductDialog
from widgets.shop.products_acts import DeleteProduct, ProductAct
from widgets.shop.products_entry import Movement, ProductEntry
from widgets.shop.shop_dialog import ShopDialog
from widgets.shop.stock_dialog import StockDialog


class ProductsDialogs(QObject):
    """Emits what the dialogs ask for.

    Attributes:
        act: emitted with a `ProductAct`; the answer comes by `close_for` or `give_back`.
        movements_wanted: emitted with the id of a product whose ledger should be read.
        open_dialogs: what is open now.
    """

    act = Signal(object)
    movements_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.open_dialogs: list[QDialog] = []

    def ask_for_new(self, currency: str) -> None:
        """Ask for a product to add."""
        self._open_for_act(NewProductDialog(self._window, currency))

    def ask_for_stock(self, entry: ProductEntry, now_ms: float) -> None:
        """Ask by how much the stock of a product moves."""
        self._open_for_act(StockDialog(self._window, entry, now_ms))
        self.movements_wanted.emit(entry.spu_id)

    def ask_to_delete(self, entries: Sequence[ProductEntry]) -> None:
        """Ask whether these products are to be deleted: that cannot be taken back."""
        if len(entries) == 1:
            text = self.tr("“{title}” goes for good. What was sold once can only be taken off the shelf.")
            text = text.format(title=entries[0].title)
        else:
            text = self.tr("{n} products go for good. What was sold once can only be taken off the shelf.")
            text = text.format(n=len(entries))
        dialog = ConfirmDialog(self._window, self.tr("Delete?"), text, self.tr("Delete"), self.tr("Keep"))
        dialog.accepted.connect(lambda: self._delete(entries))
        self._open(dialog)

    def show_entries(self, entries: Sequence[ProductEntry]) -> None:
        """Follow what sells meanwhile."""
        by_id = {entry.spu_id: entry for entry in entries}
        for dialog in self.open_dialogs:
            if isinstance(dialog, StockDialog) and dialog.entry.spu_id in by_id:
                dialog.show_entry(by_id[dialog.entry.spu_id])

    def show_movements(self, spu_id: str, movements: Sequence[Movement]) -> None:
        """Show the ledger of a product where it is asked for."""
        for dialog in self.open_dialogs:
            if isinstance(dialog, StockDialog) and dialog.entry.spu_id == spu_id:
                dialog.show_movements(movements)

    def close_for(self, act: ProductAct) -> None:
        """Close the dialog whose act was carried out."""
        for dialog in list(self.open_dialogs):
            if isinstance(dialog, ShopDialog):
                dialog.close_for(act)

    def give_back(self, act: ProductAct, why: str) -> bool:
        """Let the refused act be corrected in its dialog; False where it has none."""
        asked = [each for each in self.open_dialogs if isinstance(each, ShopDialog)]
        waiting = [dialog for dialog in asked if dialog.waiting_for == act]
        for dialog in waiting:
            dialog.give_back(act, why)
        return bool(waiting)

    def close_all(self) -> None:
        """Close all: their products are gone."""
        for dialog in list(self.open_dialogs):
            dialog.reject()

    def _delete(self, entries: Sequence[ProductEntry]) -> None:
        for entry in entries:
            self.act.emit(DeleteProduct(entry.spu_id))

    def _open_for_act(self, dialog: ShopDialog) -> None:
        dialog.action.connect(self.act)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self.open_dialogs.append(dialog)
        dialog.finished.connect(lambda: self.open_dialogs.remove(dialog))
        dialog.open()
