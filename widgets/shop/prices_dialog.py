"""Where the prices of several products are changed at once, by a part of them or by an amount."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.currency import sign_of
from backend.contract.products import WHOLE_BP
from backend.contract.shop import MAX_PRICE_MINOR
from widgets.common import plain
from widgets.common.forms import caption, column, form, label
from widgets.common.money import amount_text, read_amount
from widgets.shop.chips import Chips
from widgets.shop.products_acts import ChangePrices
from widgets.shop.products_entry import ProductEntry
from widgets.shop.shop_dialog import ShopDialog

SHOWN: Final = 3
"""So many products show what becomes of their prices."""


class PriceMode(Enum):
    """What is typed: a part in percent, or an amount."""

    PERCENT = auto()
    AMOUNT = auto()


class PricesDialog(ShopDialog):
    """Asks by how much prices go up or down.

    Attributes:
        mode: what the field says.
    """

    def __init__(self, parent: QWidget, entries: Sequence[ProductEntry]) -> None:
        super().__init__(parent, self.tr("Prices"), self.tr("Change prices"), "primary")
        self._entries = entries
        self._currency = entries[0].currency
        self.mode = PriceMode.PERCENT
        self.modes = Chips(PriceMode)
        for mode, chip in self.modes.buttons.items():
            chip.clicked.connect(lambda _checked=False, mode=mode: self.set_mode(mode))
        self.change = QLineEdit()
        self.change.setFixedWidth(120)
        self.change.textEdited.connect(self._show)
        self.preview = label("", "dim")
        self.preview.setWordWrap(True)
        self._lay_out()
        self.set_mode(self.mode)

    def _lay_out(self) -> None:
        self.modes.show_count(PriceMode.PERCENT, self.tr("By percent"))
        self.modes.show_count(PriceMode.AMOUNT, self.tr("By an amount"))
        text = self.tr("Prices of {n} products").format(n=f"{len(self._entries):,}")
        if len(self._entries) == 1:
            text = self.tr("Prices of {title}").format(title=self._entries[0].title)
        heading = label(text, "title")
        heading.setWordWrap(True)
        fields = form()
        fields.addRow(caption(self.tr("Change"), self.change), self.change)
        parts = (heading, self.modes, fields, self.preview, self.problem, self.buttons)
        self.setLayout(column(*parts, margin=20, spacing=14))

    def set_mode(self, mode: PriceMode) -> None:
        """Take the field for a percentage, or for an amount."""
        self.mode = mode
        self.modes.buttons[mode].setChecked(True)
        is_percent = mode is PriceMode.PERCENT
        sign = sign_of(self._currency).strip()
        plain.set_name(
            self.change, self.tr("Percent") if is_percent else self.tr("Amount in {sign}").format(sign=sign)
        )
        self.change.setPlaceholderText("-15" if is_percent else "-10")
        self._show()
        self.change.setFocus()

    @override
    def wanted(self) -> ChangePrices | None:
        read = self._read()
        if isinstance(read, ChangePrices):
            return read
        self.show_problem(read)
        self.change.setFocus()
        return None

    def _read(self) -> ChangePrices | str:
        """What the field means, or why it means nothing."""
        text = self.change.text().strip().replace("−", "-").removesuffix("%").strip()
        digits = text.lstrip("+-")
        is_down, is_signed_once = text.startswith("-"), len(text) - len(digits) <= 1
        ids = tuple(entry.spu_id for entry in self._entries)
        if self.mode is PriceMode.PERCENT:
            size = read_amount(digits, "XXX")  # two decimals: hundredths of a percent
            most = WHOLE_BP if is_down else 100 * WHOLE_BP
            if size is None or not is_signed_once or not 0 < size <= most:
                return self.tr("Write by how many percent, such as -15 or +5.")
            return ChangePrices(ids, change_bp=-size if is_down else size)
        size = read_amount(digits, self._currency)
        if size is None or not is_signed_once or not 0 < size <= MAX_PRICE_MINOR:
            return self.tr("Write by how much, such as -10 or +5.")
        return ChangePrices(ids, change_minor=-size if is_down else size)

    def _show(self) -> None:
        read = self._read()
        lines = []
        if isinstance(read, ChangePrices):
            for entry in self._entries[:SHOWN]:
                now = entry.cheapest.price_minor
                texts = [amount_text(price, self._currency) for price in (now, _changed(now, read))]
                lines.append(f"{entry.title}: {' → '.join(texts)}")
        plain.set_text(self.preview, "\n".join(lines))
        self.preview.setVisible(bool(lines))

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        for field in (self.change, self.modes):
            field.setEnabled(self.waiting_for is None)


def _changed(price_minor: int, change: ChangePrices) -> int:
    part = Decimal(price_minor * change.change_bp) / WHOLE_BP
    return price_minor + change.change_minor + int(part.quantize(Decimal(1), ROUND_HALF_UP))
