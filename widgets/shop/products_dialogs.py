"""The dialogs of the products window: opened, answered, closed."""

from collections.abc import Collection, Mapping, Sequence

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from backend.contract.base import AssistantRight
from backend.contract.products import StaffProduct
from widgets.common.confirm import ConfirmDialog
from widgets.shop.conflict_dialog import DifferencesDialog
from widgets.shop.conflicts import Difference
from widgets.shop.labels_dialog import LabelsDialog
from widgets.shop.prices_dialog import PricesDialog
from widgets.shop.product_form import EditProductForm, NewProductForm
from widgets.shop.products_acts import ChangeDetails, DeleteProducts, ProductAct
from widgets.shop.products_entry import Movement, ProductEntry
from widgets.shop.shop_dialog import ShopDialog
from widgets.shop.stock_dialog import StockDialog


class ProductsDialogs(QObject):
    """Emits what the dialogs ask for.

    Attributes:
        act: emitted with a `ProductAct`; the answer comes by `close_for`, `give_back` or `show_conflict`.
        movements_wanted: emitted with the id of a SKU whose ledger should be read.
        rights: of who sits here.
        open_dialogs: what is open now.
    """

    act = Signal(object)
    movements_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.rights: Collection[AssistantRight] = ()
        self.open_dialogs: list[QDialog] = []

    def ask_for_new(self, currency: str) -> None:
        """Ask for a product to add."""
        self._open_for_act(NewProductForm(self._window, currency, self.rights))

    def ask_to_edit(self, product: StaffProduct, currency: str, known: Mapping[str, QPixmap]) -> None:
        """Ask what becomes of a product."""
        self._open_for_act(EditProductForm(self._window, product, currency, self.rights, known))

    def show_picture(self, address: str, picture: QPixmap) -> None:
        """Show a picture in the forms of the products that have it."""
        for dialog in self._forms:
            if isinstance(dialog, EditProductForm):
                dialog.gallery.show_picture(address, picture)

    def ask_for_prices(self, entries: Sequence[ProductEntry]) -> None:
        """Ask by how much prices change."""
        self._open_for_act(PricesDialog(self._window, entries))

    def ask_for_labels(self, entries: Sequence[ProductEntry]) -> None:
        """Ask what becomes of category and tags."""
        self._open_for_act(LabelsDialog(self._window, entries))

    def ask_for_stock(self, entry: ProductEntry, now_ms: float) -> None:
        """Ask by how much the stock of a product moves."""
        dialog = StockDialog(self._window, entry, now_ms)
        dialog.movements_wanted.connect(self.movements_wanted)
        self._open_for_act(dialog)
        self.movements_wanted.emit(dialog.sku.sku_id)

    def ask_to_delete(self, entries: Sequence[ProductEntry]) -> None:
        """Ask whether these products are to be deleted: that cannot be taken back."""
        if len(entries) == 1:
            text = self.tr("“{title}” goes for good. What was ordered once is kept off the shelf instead.")
            text = text.format(title=entries[0].title)
        else:
            text = self.tr("{n} products go for good. What was ordered once is kept off the shelf instead.")
            text = text.format(n=len(entries))
        dialog = ConfirmDialog(self._window, self.tr("Delete?"), text, self.tr("Delete"), self.tr("Keep"))
        ids = tuple(entry.spu_id for entry in entries)
        dialog.accepted.connect(lambda: self.act.emit(DeleteProducts(ids)))
        self._open(dialog)

    def show_entries(self, entries: Sequence[ProductEntry]) -> None:
        """Follow what sells meanwhile."""
        by_id = {entry.spu_id: entry for entry in entries}
        for dialog in self.open_dialogs:
            if isinstance(dialog, StockDialog) and dialog.entry.spu_id in by_id:
                dialog.show_entry(by_id[dialog.entry.spu_id])

    def show_movements(self, sku_id: str, movements: Sequence[Movement]) -> None:
        """Show the ledger of a SKU where it is asked for."""
        for dialog in self.open_dialogs:
            if isinstance(dialog, StockDialog) and dialog.sku.sku_id == sku_id:
                dialog.show_movements(movements)

    def show_conflict(self, act: ProductAct, title: str, version: int, rows: Sequence[Difference]) -> None:
        """Ask which of two changes counts: another editor was faster, and the product has this version."""
        asked = next((one for one in self._forms if one.waiting_for == act), None)
        sentence = self.tr("Another editor changed “{title}” before yours came.").format(title=title)
        dialog = DifferencesDialog(asked or self._window, sentence, rows)
        if asked is None or not isinstance(act, ChangeDetails):
            dialog.mine_chosen.connect(lambda: self.act.emit(act))
        else:
            asked.give_back(act, "")
            change = msgspec.structs.replace(act.change, version=version)
            again = ChangeDetails(act.spu_id, change, act.pictures)
            dialog.mine_chosen.connect(lambda: asked.send(again))
            dialog.theirs_kept.connect(asked.reject)
        self._open(dialog)

    @property
    def _forms(self) -> list[ShopDialog]:
        return [each for each in self.open_dialogs if isinstance(each, ShopDialog)]

    def close_for(self, act: ProductAct) -> None:
        """Close the dialog whose act was carried out."""
        for dialog in self._forms:
            dialog.close_for(act)

    def give_back(self, act: ProductAct, why: str) -> bool:
        """Let the refused act be corrected in its dialog; False where it has none."""
        waiting = [dialog for dialog in self._forms if dialog.waiting_for == act]
        for dialog in waiting:
            dialog.give_back(act, why)
        return bool(waiting)

    def close_all(self) -> None:
        """Close all: their products are gone."""
        for dialog in list(self.open_dialogs):
            dialog.reject()

    def _open_for_act(self, dialog: ShopDialog) -> None:
        dialog.action.connect(self.act)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self.open_dialogs.append(dialog)
        dialog.finished.connect(lambda: self.open_dialogs.remove(dialog))
        dialog.open()
