"""Where the SKUs of a product are made from its specifications, and their prices and stock are typed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from backend.contract.products import MAX_LABEL, MOST_SKUS, MOST_SPECS, ChangeSku, NewSku, StaffSku
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, tool_button
from widgets.common.tokens import color, icon
from widgets.shop import product_texts
from widgets.shop.sku_rows import (
    Fault,
    SkuField,
    SkuRow,
    changes_of,
    combinations,
    faults,
    new_sku,
    rows_for,
    rows_of,
    split_values,
)

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


class _Spec(QWidget):
    """A specification: its name, and its values with commas."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.values = QLineEdit(), QLineEdit()
        self.name.setMaxLength(MAX_LABEL)
        self.name.setFixedWidth(120)
        self.name.setPlaceholderText(self.tr("such as Colour"))
        self.values.setPlaceholderText(self.tr("Values with commas, such as red, blue"))
        plain.set_name(self.name, self.tr("Specification"))
        plain.set_name(self.values, self.tr("Values"))
        self.remove_button = tool_button("fa5s.times")
        plain.set_name(self.remove_button, self.tr("Remove this specification"))
        self.remove_button.clicked.connect(self.removed)
        self.name.textEdited.connect(self.changed)
        self.values.textEdited.connect(self.changed)
        layout = row(self.name, self.values, self.remove_button, spacing=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)


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
        self.specs: list[_Spec] = []
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("fa5s.plus"))
        say(
            self.add_button,
            self.tr("Specification"),
            self.tr("Let buyers choose, such as by colour or size"),
        )
        self.add_button.clicked.connect(self._on_add)
        self.fill_button = push_button("fa5s.fill-drip")
        say(self.fill_button, self.tr("Fill down"), self.tr("Give all rows what stands in the current field"))
        self.fill_button.clicked.connect(self.fill_down)
        self.count = label("", "dim")
        self.table = _table()
        plain.set_name(self.table, self.tr("SKUs"))
        self.table.itemChanged.connect(self._on_typed)
        self._spec_rows = column(spacing=6)
        head = row(label(self.tr("SKUs"), "section"), self.count, self.add_button, self.fill_button)
        head.insertStretch(2, 1)
        self.setLayout(column(head, self._spec_rows, self.table, spacing=8))
        self._begin_with(skus)
        self._show()

    def _begin_with(self, skus: Sequence[StaffSku]) -> None:
        names = [name for name, _ in self.rows[0].specs]
        for place, name in enumerate(names):
            values = dict.fromkeys(one.specs[place][1] for one in self.rows)
            self.add_spec(name, ", ".join(values))
        for spec in self.specs:
            spec.name.setReadOnly(bool(skus))
            spec.remove_button.setVisible(not skus)
        for spec in self.specs:
            spec.values.setReadOnly(not (self._has_products and self._has_prices))
        self.add_button.setVisible(not skus)

    # --- Specifications ---

    def add_spec(self, name: str = "", values: str = "") -> None:
        """Add a specification to choose by."""
        if len(self.specs) >= MOST_SPECS:
            return
        spec = _Spec()
        plain.set_text(spec.name, name)
        plain.set_text(spec.values, values)
        spec.changed.connect(self._on_specs)
        spec.removed.connect(lambda: self._remove(spec))
        self.specs.append(spec)
        self._spec_rows.addWidget(spec)
        self.add_button.setEnabled(len(self.specs) < MOST_SPECS)
        if not name:
            spec.name.setFocus()

    def _on_add(self) -> None:
        self.add_spec()

    def _remove(self, spec: _Spec) -> None:
        self.specs.remove(spec)
        spec.deleteLater()
        self.add_button.setEnabled(True)
        self._on_specs()

    def _on_specs(self) -> None:
        choices = combinations([(spec.name.text(), split_values(spec.values.text())) for spec in self.specs])
        self.rows = rows_for(choices, self.rows)[: MOST_SKUS + 1]
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
            self.rows[item.row()].is_active = item.checkState() is Qt.CheckState.Checked

    @property
    def _columns_of_specs(self) -> int:
        return max(len(one.specs) for one in self.rows)

    def _field_of(self, place: int) -> SkuField | None:
        number = place - self._columns_of_specs
        return SkuField(number) if 0 <= number < len(SkuField) else None

    def _may_type(self, one: SkuRow, which: SkuField) -> bool:
        if which in MONEY:
            return self._has_prices
        return self._has_products and not (which is SkuField.STOCK and one.sku is not None)

    def _show(self) -> None:
        self.table.blockSignals(True)  # noqa: FBT003 - Qt's own
        specs = self._columns_of_specs
        has_skus = any(one.sku is not None for one in self.rows)
        names = [name for name, _ in self.rows[0].specs]
        heads = [*names, *(field_text(which) for which in SkuField)]
        heads += [self.tr("On sale")] if has_skus else []
        self.table.setColumnCount(len(heads))
        for place, head in enumerate(heads):
            self.table.setHorizontalHeaderItem(place, plain.cell(head))
        self.table.setRowCount(len(self.rows))
        for place, one in enumerate(self.rows):
            for number, (_, value) in enumerate(one.specs):
                self.table.setItem(place, number, _fixed(value))
            for which in SkuField:
                item = _cell(one.text(which), may_type=self._may_type(one, which))
                self.table.setItem(place, specs + which, item)
            if has_skus:
                self.table.setItem(place, specs + len(SkuField), self._switch(one))
        self.table.blockSignals(False)  # noqa: FBT003 - Qt's own
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        count = len(self.rows)
        plain.set_text(self.count, self.tr("{n} SKUs").format(n=f"{count:,}") if count > 1 else "")
        self.fill_button.setVisible(count > 1)

    def _switch(self, one: SkuRow) -> QTableWidgetItem:
        item = _fixed("")
        if one.sku is not None and self._has_products:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if one.is_active else Qt.CheckState.Unchecked)
        return item

    # --- Out ---

    def problem(self) -> str:
        """What cannot be saved, whose field becomes the current one; empty where all can."""
        if any(not (spec.name.text().strip() and split_values(spec.values.text())) for spec in self.specs):
            return self.tr("Give each specification a name and a value.")
        if len(self.rows) > MOST_SKUS:
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
        return [new_sku(one, self._currency) for one in self.rows if one.sku is None]

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
