"""Where the SKUs of a product are made from its specifications, and their prices and stock are typed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from backend.contract.products import MOST_SKUS, ChangeSku, NewSku, StaffSku
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.theme import color
from widgets.shop import product_texts
from widgets.shop.sku_plan import rows_for
from widgets.shop.sku_rows import (
    Fault,
    SkuField,
    SkuRow,
    changes_of,
    faults,
    new_sku,
    rows_of,
)
from widgets.shop.sku_specs import SpecList

ROWS_HEIGHT: Final = 150
MONEY: Final = frozenset({SkuField.PRICE, SkuField.REFERENCE, SkuField.FLOOR})


def field_text(field: SkuField) -> str:
    """What a column is called."""
    translate = QCoreApplication.translate
    return {
        SkuField.CODE: translate("Skus", "Code"),
        SkuField.PRICE: translate("Skus", "Price"),
        SkuField.REFERENCE: translate("Skus", "Reference"),
        SkuField.FLOOR: translate("Skus", "Floor"),
        SkuField.STOCK: translate("Skus", "Stock"),
        SkuField.LIMIT: translate("Skus", "Limit"),
    }[field]


class SkuMatrix(QWidget):
    """One row for each choice of the specifications; without a specification, one row.

    Args:
        skus: those that the shop has; none for a new product.
        has_prices: whether prices may be typed; has_products: whether all else may.
    """

    def __init__(
        self, currency: str, skus: Sequence[StaffSku] = (), *, has_prices: bool, has_products: bool
    ) -> None:
        super().__init__()
        self._currency = currency
        self._has_prices, self._has_products = has_prices, has_products
        self.rows = rows_of(skus, currency) or [SkuRow((), {SkuField.STOCK: "0"})]
        self.specs = SpecList()
        self.specs.begin_with(self.rows)
        self.specs.changed.connect(self._on_specs)
        self.fill_button = push_button("fa5s.fill-drip")
        say(self.fill_button, self.tr("Fill down"), self.tr("Give all rows what stands in the current field"))
        self.fill_button.clicked.connect(self.fill_down)
        self.count = label("", "dim")
        self.table = _table()
        plain.set_name(self.table, self.tr("SKUs"))
        self.table.itemChanged.connect(self._on_typed)
        head = row(label(self.tr("SKUs"), "section"), self.count, self.specs.add_button, self.fill_button)
        head.insertStretch(2, 1)
        self.setLayout(column(head, self.specs, self.table, spacing=8))
        if skus:
            self._begin_with_shop()
        self._show()

    def _begin_with_shop(self) -> None:
        self.rows = rows_for(self.specs.wanted, self.rows)
        # A combination that was left out is left out still; what retired with its value comes back with it.
        self.rows = [one for one in self.rows if one.sku is not None]
        for one in self.rows:
            one.is_wanted = one.is_wanted or not one.has_place
        if not (self._has_products and self._has_prices):
            self.specs.lock()

    def _on_specs(self) -> None:
        self.rows = rows_for(self.specs.wanted, self.rows)
        self._show()

    # --- The table ---

    def fill_down(self) -> None:
        """Give all rows what stands in the current field."""
        place, which = self.table.currentRow(), self._field_of(self.table.currentColumn())
        if place < 0 or which is None:
            return
        text = self.rows[place].text(which)
        for one in self.rows:
            if self._may_type(one, which):
                one.texts[which] = text
        self._show()

    def _on_typed(self, item: QTableWidgetItem) -> None:
        which = self._field_of(item.column())
        if which is not None:
            self.rows[item.row()].texts[which] = item.text()
        elif item.column() == self._columns_of_specs + len(SkuField):
            one = self.rows[item.row()]
            one.is_wanted = item.checkState() is Qt.CheckState.Checked
            self.table.blockSignals(True)  # noqa: FBT003 - Qt's own
            plain.set_text(item, self._becomes(one))
            self.table.blockSignals(False)  # noqa: FBT003 - Qt's own
            self._show_counts()

    @property
    def _names(self) -> list[str]:
        """What the columns of specifications are called; what retires without any needs one too."""
        names = next(([name for name, _ in one.specs] for one in self.rows if one.has_place), [])
        has_others = any(one.specs for one in self.rows if not one.has_place)
        return names or ([self.tr("So far")] if has_others else [])

    @property
    def _columns_of_specs(self) -> int:
        return len(self._names)

    def _field_of(self, place: int) -> SkuField | None:
        number = place - self._columns_of_specs
        return SkuField(number) if 0 <= number < len(SkuField) else None

    def _may_type(self, one: SkuRow, which: SkuField) -> bool:
        if not one.has_place:
            return False
        if which in MONEY:
            return self._has_prices
        return self._has_products and not (which is SkuField.STOCK and one.sku is not None)

    def _show(self) -> None:
        self.table.blockSignals(True)  # noqa: FBT003 - Qt's own
        names = self._names
        has_skus = any(one.sku is not None for one in self.rows)
        heads = [*names, *(field_text(which) for which in SkuField)]
        heads += [self.tr("On sale")] if has_skus else []
        self.table.setColumnCount(len(heads))
        for place, head in enumerate(heads):
            self.table.setHorizontalHeaderItem(place, plain.cell(head))
        self.table.setRowCount(len(self.rows))
        for place, one in enumerate(self.rows):
            self._show_row(place, one, len(names))
            if has_skus:
                self.table.setItem(place, len(names) + len(SkuField), self._switch(one))
        self.table.blockSignals(False)  # noqa: FBT003 - Qt's own
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if has_skus:
            header.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.ResizeToContents)
        self._show_counts()
        self.fill_button.setVisible(len(self.rows) > 1)

    def _show_row(self, place: int, one: SkuRow, columns: int) -> None:
        values = [value for _, value in one.specs]
        if len(values) != columns:
            values = [" · ".join(values), *[""] * (columns - 1)][:columns]
        for number, value in enumerate(values):
            self.table.setItem(place, number, _fixed(value))
        for which in SkuField:
            item = _cell(one.text(which), may_type=self._may_type(one, which))
            self.table.setItem(place, columns + which, item)

    def _show_counts(self) -> None:
        plain.set_text(self.count, self._counted())
        set_tone(self.count, "warn" if any(one.is_retired for one in self.rows) else "")

    def _counted(self) -> str:
        """How many SKUs there will be, and how many of them come or go."""
        if not any(one.sku is not None for one in self.rows):
            count = len(self.rows)
            return self.tr("{n} SKUs").format(n=f"{count:,}") if count > 1 else ""
        counts = (
            (self.tr("{n} on sale"), sum(one.is_active for one in self.rows)),
            (self.tr("{n} new"), sum(one.is_new for one in self.rows)),
            (self.tr("{n} on sale again"), sum(one.is_back for one in self.rows)),
            (self.tr("{n} retired"), sum(one.is_retired for one in self.rows)),
        )
        return " · ".join(text.format(n=f"{count:,}") for text, count in counts if count)

    def _becomes(self, one: SkuRow) -> str:
        if one.is_new:
            return self.tr("new")
        return self.tr("retires") if one.is_retired else ""

    def _switch(self, one: SkuRow) -> QTableWidgetItem:
        item = _fixed(self._becomes(one))
        if one.has_place and self._has_products:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if one.is_active else Qt.CheckState.Unchecked)
        return item

    # --- Out ---

    def problem(self) -> str:
        """What cannot be saved, whose field becomes the current one; empty where all can."""
        if not all(spec.is_complete for spec in self.specs.rows):
            return self.tr("Give each specification a name and a value.")
        if sum(one.is_active for one in self.rows) > MOST_SKUS:
            return self.tr("A product has at most {n} SKUs: take some values out.").format(n=MOST_SKUS)
        found = next(faults(self.rows, self._currency), None)
        return "" if found is None else self._point_at(found)

    def _point_at(self, fault: Fault) -> str:
        self.table.setCurrentCell(fault.row, self._columns_of_specs + fault.field)
        self.table.setFocus()
        one = self.rows[fault.row]
        why = product_texts.wrong(fault.wrong, one.text(fault.field), self._currency)
        where = " · ".join([*(value for _, value in one.specs), field_text(fault.field)])
        return f"{where}: {why}"

    def new_skus(self) -> list[NewSku]:
        """The SKUs to be made; only where there is no problem."""
        return [new_sku(one, self._currency) for one in self.rows if one.is_new]

    def changes(self) -> list[ChangeSku]:
        """What was changed of the SKUs that the shop has; only where there is no problem."""
        return [found for one in self.rows if (found := changes_of(one, self._currency)) is not None]


def _table() -> QTableWidget:
    made = QTableWidget()
    made.verticalHeader().hide()
    made.setMinimumHeight(ROWS_HEIGHT)
    made.setTabKeyNavigation(True)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


def _cell(text: str, *, may_type: bool) -> QTableWidgetItem:
    if not may_type:
        return _fixed(text)
    item = plain.cell(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _fixed(text: str) -> QTableWidgetItem:
    item = plain.cell(text)
    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
    item.setForeground(QColor(color("dim")))
    return item
