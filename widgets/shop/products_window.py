"""The window of the shop's products and the room's list of them: a table that is edited in place."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.products import StaffProduct
from widgets.common.forms import column
from widgets.common.money import typed_amount
from widgets.live.toasts import Offer, Tone
from widgets.shop import products_undo
from widgets.shop.conflicts import Difference
from widgets.shop.import_file import ImportFile
from widgets.shop.offered_undos import OfferedUndos
from widgets.shop.products_acts import (
    AddProduct,
    ProductAct,
    PutInRoom,
    SetPicture,
    SetPrice,
    SetTitle,
    UndoImport,
    products_of,
)
from widgets.shop.products_dialogs import ProductsDialogs
from widgets.shop.products_entry import Movement, ProductEntry, Shelf
from widgets.shop.products_files import ProductsFiles
from widgets.shop.products_foot import ProductsFoot
from widgets.shop.products_head import ProductsHead
from widgets.shop.products_list import ProductsList
from widgets.shop.products_model import Column
from widgets.shop.products_steps import ProductsSteps
from widgets.shop.shop_window import ShopWindow

SIZE: Final = QSize(1280, 720)
MINIMUM: Final = QSize(1024, 576)
_CELLS: Final = {SetTitle: Column.TITLE, SetPrice: Column.PRICE}


class ProductsWindow(ShopWindow):
    """Asks for what it shows by signals, and is given it by the methods under "In".

    Attributes:
        refresh_wanted: the products should be read again.
        act: emitted with a `ProductAct`; the answer comes by `show_done` or `show_refused`.
        movements_wanted: emitted with the id of a SKU whose ledger should be read.
        edit_wanted: emitted with the id of a product; `ask_to_edit` answers it.
        files: asks for files to import and export.
    """

    refresh_wanted = Signal()
    act = Signal(object)
    movements_wanted = Signal(str)
    edit_wanted = Signal(str)

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__(app_icon)
        self._currency = "CNY"
        self._allowed: frozenset[type[ProductAct]] = frozenset()
        self._before: dict[ProductAct, tuple[list[ProductEntry], tuple[str, ...]]] = {}
        self._undos = OfferedUndos()
        self.head, self.list, self.foot = ProductsHead(), ProductsList(), ProductsFoot()
        self.dialogs = ProductsDialogs(self)
        self.steps = ProductsSteps(self, self.list, self.foot, self.dialogs)
        body = QWidget()
        whole = column(self.list, self.foot, spacing=0)
        whole.setStretch(0, 1)
        body.setLayout(whole)
        self.files = ProductsFiles(self)
        self._lay_out(self.head, body)
        self.setMinimumSize(MINIMUM)
        self.resize(SIZE)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        head, products = self.head, self.list
        head.text_changed.connect(products.set_text)
        head.shelf_chosen.connect(products.set_shelf)
        head.refresh_wanted.connect(self.refresh_wanted)
        head.new_wanted.connect(self.ask_for_new)
        head.import_wanted.connect(self.files.ask_for_import)
        head.export_wanted.connect(self.files.ask_for_export)
        self.files.saved.connect(self.toasts.show_toast)
        self.files.imported.connect(self._on_imported)
        self.files.undo_wanted.connect(lambda _file: self.undo())
        products.again_wanted.connect(self.refresh_wanted)
        products.new_wanted.connect(self.ask_for_new)
        products.search_cleared.connect(self.clear_search)
        products.chosen_changed.connect(self._on_chosen)
        self.dialogs.act.connect(self._send)
        self.dialogs.movements_wanted.connect(self.movements_wanted)
        self.steps.act.connect(self._send)
        self.steps.edit_wanted.connect(self.edit_wanted)
        self.steps.failed.connect(lambda why: self.toasts.show_toast(why, Tone.WARN))
        for keys, slot in (
            ("Ctrl+F", self._focus_search),
            ("Ctrl+N", self.ask_for_new),
            ("Ctrl+Z", self.undo),
            ("Ctrl+V", self.steps.paste),
            ("F5", self.refresh_wanted.emit),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        back = QShortcut(QKeySequence("Esc"), head.search)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self.focus_rows)

    @override
    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Products"))

    # --- In ---

    def clear(self) -> None:
        """Forget the products of the room before."""
        self.dialogs.close_all()
        self.files.close()
        self._before.clear()
        self._undos.clear()
        self.list.clear()
        self.head.show_counts(self.list.counts)

    def show_entries(self, entries: Sequence[ProductEntry], currency: str) -> None:
        """Show these products, with prices in this currency, and no others."""
        self._currency = currency
        self.list.show_entries(entries)
        self.head.show_counts(self.list.counts)
        self.dialogs.show_entries(entries)

    def show_problem(self, cause: str, remedy: str) -> None:
        """Say why the products were not read, and what helps."""
        self.list.show_problem(cause, remedy)

    def show_rights(self, rights: Collection[AssistantRight], allowed: Collection[type[ProductAct]]) -> None:
        """Let be used what one may do who has these rights."""
        self.dialogs.rights = rights
        self._allowed = frozenset(allowed)
        self.foot.show_allowed(allowed)
        self.list.model.set_editable(column for kind, column in _CELLS.items() if kind in allowed)
        self.list.table.allow(moving=PutInRoom in allowed, pictures=SetPicture in allowed)
        self.list.show_may_add(is_allowed=AddProduct in allowed)
        may_add = AddProduct in allowed
        for button in (self.head.new_button, self.head.import_button):
            button.setEnabled(may_add)
        self.head.export_button.setEnabled(SetTitle in allowed)

    def show_picture(self, image: str, picture: QPixmap) -> None:
        """Show this picture where a product has its address."""
        self.list.model.set_picture(image, picture)
        self.dialogs.show_picture(image, picture)

    def show_movements(self, sku_id: str, movements: Sequence[Movement]) -> None:
        """Show the ledger of a SKU's stock, the newest movement first."""
        self.dialogs.show_movements(sku_id, movements)

    def ask_to_edit(self, product: StaffProduct) -> None:
        """Open the form of a product."""
        self.dialogs.ask_to_edit(product, self._currency, self.list.model.pictures)

    def show_time(self, now_ms: float) -> None:
        """Let times be said as of now."""
        self.steps.now_ms = now_ms

    def show_done(self, act: ProductAct, undo: ProductAct | None = None, note: str = "") -> None:
        """Say what was done and what not, and offer to take it back."""
        before, order = self._before.pop(act, ([], ()))
        self.dialogs.close_for(act)
        if note:
            self.toasts.show_toast(note, Tone.WARN)
        if self._undos.end(act):
            self.toasts.show_toast(self.tr("Taken back"))
            return
        undo = undo or products_undo.undo_of(act, before, order)
        if undo is not None and type(undo) not in self._allowed:
            undo = None
        self._offer(undo, products_undo.done_text(act, before))

    def show_refused(self, act: ProductAct, why: str) -> None:
        """Say why an act was not carried out; what was typed stays where it can be corrected."""
        before, _ = self._before.pop(act, ([], ()))
        self._undos.end(act)
        if self.dialogs.give_back(act, why):
            return
        said = f"{before[0].title}: {why}" if len(before) == 1 else why
        if isinstance(act, SetTitle | SetPrice) and before:
            cell = _CELLS[type(act)]
            self.list.model.set_refused(act.spu_id, cell, self._typed(act), why)
            offer = Offer(self.tr("Edit again"), lambda: self.list.edit(act.spu_id, cell))
            self.toasts.show_toast(said, Tone.WARN, offer)
            return
        self.toasts.show_toast(said, Tone.WARN)

    def show_conflict(self, act: ProductAct, title: str, version: int, rows: Sequence[Difference]) -> None:
        """Ask which of two changes counts: another editor was faster, and the product has this version."""
        self._before.pop(act, None)
        self._undos.end(act)
        self.dialogs.show_conflict(act, title, version, rows)

    def clear_search(self) -> None:
        """Show all products."""
        self.head.search.clear()
        self.head.choose(Shelf.ALL)

    # --- Acts ---

    def _on_imported(self, file: ImportFile, count: int) -> None:
        undo = UndoImport(file) if UndoImport in self._allowed else None
        self._offer(undo, self.tr("Imported: {n} products").format(n=f"{count:,}"))

    def ask_for_new(self) -> None:
        """Ask for a product to add."""
        if AddProduct in self._allowed:
            self.dialogs.ask_for_new(self._currency)

    def _offer(self, undo: ProductAct | None, text: str) -> None:
        self._undos.offer(undo)
        offer = None if undo is None else Offer(self.tr("Undo"), lambda: self._take_back(undo))
        self.toasts.show_toast(text, offer=offer)

    def undo(self) -> None:
        """Take back what was done last, once."""
        if self._undos.last is not None:
            self._take_back(self._undos.last)

    def _take_back(self, undo: ProductAct) -> None:
        if self._undos.take(undo):
            self._send(undo)

    def _send(self, act: ProductAct) -> None:
        if type(act) not in self._allowed:
            return
        found = [self.list.model.find(spu_id) for spu_id in products_of(act)]
        self._before[act] = [entry for entry in found if entry is not None], self.list.model.order
        self.act.emit(act)

    def _typed(self, act: SetTitle | SetPrice) -> str:
        if isinstance(act, SetTitle):
            return act.title
        return typed_amount(act.price_minor, self._currency)

    # --- Showing ---

    def _on_chosen(self) -> None:
        self.foot.show_chosen(self.list.table.chosen)

    def _focus_search(self) -> None:
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    @override
    def focus_rows(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
