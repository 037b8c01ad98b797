"""The fields of what sending to one place costs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget

from backend.contract.currency import sign_of
from backend.contract.shipping import MOST_STEP, ShippingUnit
from widgets.common import plain
from widgets.common.forms import caption, combo, fill_combo, form, label, row
from widgets.settings.shipping_draft import RegionDraft


class ShippingFields(QWidget):
    """Shows a draft and gives it back.

    Attributes:
        changed: emitted when a field changes.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.country, self.provinces = QLineEdit(), QLineEdit()
        self.is_sent = QCheckBox(self.tr("Delivered to"))
        self.unit = combo()
        self.first, self.further = _spin(), _spin()
        self.first_fee, self.further_fee, self.free_from = _amount(), _amount(), _amount()
        self.signs = [label("", "dim") for _ in range(3)]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        units = [
            (ShippingUnit.PIECE.value, self.tr("Pieces")),
            (ShippingUnit.WEIGHT.value, self.tr("Weight in grams")),
        ]
        fill_combo(self.unit, units, ShippingUnit.PIECE.value)
        self.country.setMaxLength(2)
        self.country.setFixedWidth(56)
        self.provinces.setPlaceholderText(self.tr("All of it; or such as 新疆, 西藏"))
        self.provinces.setToolTip(self.tr("How the names begin, with commas between them"))
        self.free_from.setPlaceholderText(self.tr("never"))
        place = row(self.country, self.provinces)
        place.setStretch(1, 1)
        self.fields = form()
        self.fields.setContentsMargins(0, 0, 0, 0)
        self._place = QWidget()
        self._place.setLayout(place)
        self.setLayout(self.fields)
        plain.set_name(self.country, self.tr("Country, two letters"))
        plain.set_name(self.provinces, self.tr("Provinces"))
        self.fields.addRow(caption(self.tr("Country, provinces"), self.country), self._place)
        self.fields.addRow("", self.is_sent)
        self._add(self.tr("Counted by"), self.unit)
        self._step(self.tr("The first"), self.first, self.first_fee, self.signs[0])
        self._step(self.tr("Each further"), self.further, self.further_fee, self.signs[1])
        free = row(self.signs[2], self.free_from)
        free.addStretch(1)
        plain.set_name(self.free_from, self.tr("Free from"))
        self.fields.addRow(caption(self.tr("Free from"), self.free_from), free)

    def _add(self, text: str, widget: QWidget) -> None:
        plain.set_name(widget, text)
        self.fields.addRow(caption(text, widget), widget)

    def _step(self, text: str, size: QSpinBox, fee: QLineEdit, sign: QWidget) -> None:
        plain.set_name(size, text)
        plain.set_name(fee, self.tr("{step}: costs").format(step=text))
        parts = row(size, label(self.tr("costs"), "dim"), sign, fee)
        parts.addStretch(1)
        self.fields.addRow(caption(text, size), parts)

    def _connect(self) -> None:
        for line in (self.country, self.provinces, self.first_fee, self.further_fee, self.free_from):
            line.textChanged.connect(self._on_changed)
        for spin in (self.first, self.further):
            spin.valueChanged.connect(self._on_changed)
        self.is_sent.toggled.connect(self._on_changed)
        self.unit.currentIndexChanged.connect(self._on_changed)

    def show_currency(self, currency: str) -> None:
        """Show which money the amounts are in."""
        for sign in self.signs:
            plain.set_text(sign, sign_of(currency).strip())

    def show_draft(self, draft: RegionDraft | None, elsewhere: RegionDraft) -> None:
        """Show the draft of a place; of all others where there is none."""
        shown = draft or elsewhere
        blocked = self.blockSignals(True)  # noqa: FBT003  Qt's own name
        self.fields.setRowVisible(self._place, draft is not None)
        plain.set_text(self.country, shown.country)
        plain.set_text(self.provinces, shown.provinces)
        self.is_sent.setChecked(shown.is_sent)
        self.unit.setCurrentIndex(self.unit.findData(shown.unit.value))
        self.first.setValue(shown.first)
        plain.set_text(self.first_fee, shown.first_fee)
        self.further.setValue(shown.further)
        plain.set_text(self.further_fee, shown.further_fee)
        plain.set_text(self.free_from, shown.free_from)
        self.blockSignals(blocked)
        self._show_sent()

    def draft(self) -> RegionDraft:
        """What was typed."""
        return RegionDraft(
            self.country.text(),
            self.provinces.text(),
            self.is_sent.isChecked(),
            ShippingUnit(self.unit.currentData()),
            self.first.value(),
            self.first_fee.text(),
            self.further.value(),
            self.further_fee.text(),
            self.free_from.text(),
        )

    def _on_changed(self) -> None:
        self._show_sent()
        self.changed.emit()

    def _show_sent(self) -> None:
        is_sent = self.is_sent.isChecked()
        is_by_weight = self.unit.currentData() == ShippingUnit.WEIGHT.value
        for spin in (self.first, self.further):
            spin.setSuffix(" g" if is_by_weight else "")
        parts = (self.unit, self.first, self.first_fee, self.further, self.further_fee, self.free_from)
        for part in parts:
            part.setEnabled(is_sent)


def _spin() -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, MOST_STEP)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setMinimumWidth(96)
    return made


def _amount() -> QLineEdit:
    made = QLineEdit()
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setFixedWidth(96)
    return made
