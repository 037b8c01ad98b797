"""Where the stock of a product is moved or counted, beside the movements so far."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.shop import MAX_STOCK
from widgets.common import plain
from widgets.common.forms import caption, column, combo, form, label, row
from widgets.common.text import read_count
from widgets.shop import product_texts, products_texts
from widgets.shop.chips import Chips
from widgets.shop.order_texts import time_text
from widgets.shop.product_draft import Wrong, read_stock
from widgets.shop.products_acts import CountStock, MoveStock
from widgets.shop.products_entry import Movement, ProductEntry, SkuEntry
from widgets.shop.shop_dialog import ShopDialog

LEDGER_HEIGHT: Final = 150


class StockMode(Enum):
    """What is typed: by how much the stock moves, or what was counted."""

    MOVE = auto()
    COUNT = auto()


class StockDialog(ShopDialog):
    """Asks how many came or went, or how many there are, and why.

    Attributes:
        movements_wanted: emitted with the id of the SKU that was chosen.
        mode: what the field says.
    """

    movements_wanted = Signal(str)

    def __init__(self, parent: QWidget, entry: ProductEntry, now_ms: float) -> None:
        super().__init__(parent, self.tr("Stock"), self.tr("Save"), "primary")
        self.entry = entry
        self._now_ms = now_ms
        self._movements: Sequence[Movement] | None = None
        self.mode = StockMode.MOVE
        self.skus = combo()
        for sku in self._stocked:
            plain.add_entry(self.skus, _sku_text(sku), sku.sku_id)
        self.skus.currentIndexChanged.connect(self._on_sku_chosen)
        self.modes = Chips(StockMode)
        self.modes.buttons[StockMode.MOVE].setChecked(True)
        for mode, chip in self.modes.buttons.items():
            chip.clicked.connect(lambda _checked=False, mode=mode: self.set_mode(mode))
        self.amount, self.reason = QLineEdit(), QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        self.amount.textEdited.connect(self._show)
        self.effect = label("", "dim")
        self.list = QListWidget()
        self.list.setFixedHeight(LEDGER_HEIGHT)
        self.movements_caption = label("", "faint")
        self._lay_out()
        self._show()
        self.amount.setFocus()

    def _lay_out(self) -> None:
        self.modes.show_count(StockMode.MOVE, self.tr("Add or take out"))
        self.modes.show_count(StockMode.COUNT, self.tr("Count"))
        plain.set_name(self.skus, self.tr("SKU"))
        plain.set_name(self.reason, self.tr("Reason"))
        plain.set_name(self.list, self.tr("Movements"))
        heading = label(self.tr("Stock of {title}").format(title=self.entry.title), "title")
        heading.setWordWrap(True)
        fields = form()
        if len(self._stocked) > 1:
            fields.addRow(caption(self.tr("SKU"), self.skus), self.skus)
        amount: QHBoxLayout = row(self.amount, self.effect, spacing=12)
        amount.setStretch(1, 1)
        self.amount.setFixedWidth(120)
        fields.addRow(caption(self.tr("Units"), self.amount), amount)
        fields.addRow(caption(self.tr("Reason"), self.reason), self.reason)
        ledger = column(self.movements_caption, self.list, spacing=4)
        parts = (heading, self.modes, fields, ledger, self.problem, self.buttons)
        self.setLayout(column(*parts, margin=20, spacing=14))

    # --- In ---

    def show_entry(self, entry: ProductEntry) -> None:
        """Follow what sells meanwhile."""
        self.entry = entry
        self._show()

    def show_movements(self, movements: Sequence[Movement]) -> None:
        """Show the movements of the chosen SKU, the newest first."""
        self._movements = movements
        self._show_ledger()

    # --- Out ---

    @property
    def sku(self) -> SkuEntry:
        """The SKU that is chosen."""
        chosen = self.skus.currentData()
        return next((sku for sku in self._stocked if sku.sku_id == chosen), self._stocked[0])

    @property
    def _stocked(self) -> list[SkuEntry]:
        return [sku for sku in self.entry.skus if sku.has_stock] or list(self.entry.skus)

    @override
    def wanted(self) -> MoveStock | CountStock | None:
        read = self._read()
        reason = self.reason.text().strip()
        if isinstance(read, str):
            self.show_problem(read)
            self.amount.setFocus()
            return None
        if not reason:
            self.show_problem(self.tr("Give a reason: the ledger keeps it."))
            self.reason.setFocus()
            return None
        if self.mode is StockMode.COUNT:
            return CountStock(self.entry.spu_id, self.sku.sku_id, read, reason)
        return MoveStock(self.entry.spu_id, self.sku.sku_id, read, reason)

    def _read(self) -> int | str:
        """The count or the difference that was typed, or what is wrong with it."""
        text = self.amount.text().strip().replace("−", "-")
        if self.mode is StockMode.COUNT:
            count = read_stock(text)
            return product_texts.wrong(count, text, "") if isinstance(count, Wrong) else count
        size = read_count(text.lstrip("+-"))
        if size is None or len(text) - len(text.lstrip("+-")) > 1 or size == 0:
            return self.tr("Write how many came or went, such as +20 or -3.")
        delta = -size if text.startswith("-") else size
        if not 0 <= self.sku.left + delta <= MAX_STOCK:
            return self.tr("Only {n} are left that could be taken out.").format(n=f"{self.sku.left:,}")
        return delta

    # --- Showing ---

    def _on_sku_chosen(self) -> None:
        self._movements = None
        self._show()
        self.movements_wanted.emit(self.sku.sku_id)

    def set_mode(self, mode: StockMode) -> None:
        """Take the field for a difference, or for a count."""
        self.mode = mode
        self.modes.buttons[mode].setChecked(True)
        self._show()
        self.amount.setFocus()

    def _show(self) -> None:
        text = self.tr("Counted") if self.mode is StockMode.COUNT else self.tr("Difference")
        plain.set_name(self.amount, text)
        self.amount.setPlaceholderText("0" if self.mode is StockMode.COUNT else "+20")
        read = self._read()
        sku, is_count = self.sku, self.mode is StockMode.COUNT
        now = sku.on_hand if is_count else sku.left
        if not isinstance(read, str):
            text = f"{now:,} → {read if is_count else now + read:,}"
        elif is_count:
            text = self.tr("{n} by the books, {held} held")
        else:
            text = self.tr("{n} left now")
        plain.set_text(self.effect, text.format(n=f"{now:,}", held=f"{sku.reserved:,}"))
        self._show_ledger()

    def _show_ledger(self) -> None:
        found = self._movements or ()
        self.list.setVisible(bool(found))
        self.movements_caption.setVisible(self._movements is not None)
        plain.set_text(self.movements_caption, self.tr("Movements") if found else self.tr("No movements yet"))
        self.list.clear()
        for move in found:
            item = QListWidgetItem(self.list)
            when = time_text(move.at_ms, self._now_ms)
            plain.set_text(item, f"{when} · {products_texts.movement_text(move)}")

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        for field in (self.amount, self.reason, self.skus, self.modes):
            field.setEnabled(self.waiting_for is None)


def _sku_text(sku: SkuEntry) -> str:
    return " · ".join(value for _, value in sku.specs) or sku.code or sku.sku_id
