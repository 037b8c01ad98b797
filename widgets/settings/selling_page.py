"""The settings' page of how the shop sells: rules, currency, ways to pay, how much may wait for its money."""

from typing import Final, cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.orders import PaymentMethod
from backend.contract.sale_settings import (
    MOST_TRANSFER_LETTERS,
    RETURN_DAYS,
    Profile,
    SaleSettings,
    UnpaidCap,
)
from widgets.common import plain
from widgets.common.forms import column, combo, fill_combo, label, row
from widgets.settings.shop_page import ShopPage

CURRENCIES: Final = (
    "CNY",
    "EUR",
    "USD",
    "GBP",
    "HKD",
    "JPY",
    "KRW",
    "TWD",
    "SGD",
    "MYR",
    "AUD",
    "CAD",
    "CHF",
)
MOST_ORDERS: Final = 1000
MOST_UNITS: Final = 1_000_000
TEXT_HEIGHT: Final = 72


class SellingPage(ShopPage):
    """See the module."""

    def __init__(self) -> None:
        self._is_locked = False
        self.profile, self.currency = combo(), combo()
        self.auctions = QCheckBox()
        self.methods = {method: QCheckBox() for method in PaymentMethod}
        self.transfer_text = QPlainTextEdit()
        self.account_cap, self.guest_cap = CapFields(), CapFields()
        super().__init__(self.tr("Selling"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        profiles = [
            (Profile.CN.value, self.tr("China")),
            (Profile.EU.value, self.tr("European Union")),
            (Profile.OTHER.value, self.tr("Elsewhere")),
        ]
        fill_combo(self.profile, profiles, Profile.CN.value)
        fill_combo(self.currency, [(code, code) for code in CURRENCIES], CURRENCIES[0])
        texts = {
            PaymentMethod.ONLINE: self.tr("Online, by what is on under Payments"),
            PaymentMethod.TRANSFER: self.tr("Bank transfer: kept for 3 days"),
            PaymentMethod.CASH_ON_DELIVERY: self.tr("Cash on delivery: sent before the money"),
        }
        for method, box in self.methods.items():
            plain.set_text(box, texts[method])
        self.transfer_text.setFixedHeight(TEXT_HEIGHT)
        self.transfer_text.setTabChangesFocus(True)
        self.transfer_text.setPlaceholderText(self.tr("Bank, account number, name of its owner"))
        self.field(self.tr("Rules of"), self.profile)
        self.returns = self.hint()
        plain.set_text(self.auctions, self.tr("The shop has the licence that auctions need"))
        self.field(self.tr("Auctions"), self.auctions)
        self.field(self.tr("Currency"), self.currency)
        self.currency_hint = self.hint()
        ways = QWidget()
        ways.setLayout(column(*self.methods.values(), spacing=6))
        self.field(self.tr("Ways to pay"), ways)
        self.field(self.tr("Transfers go to"), self.transfer_text)
        self.field(self.tr("Unpaid, account"), self.account_cap)
        self.field(self.tr("Unpaid, guest"), self.guest_cap)
        self.hint(
            self.tr("So much may one buyer hold without having paid: by account, by phone and by address.")
        )

    def _connect(self) -> None:
        self.profile.currentIndexChanged.connect(self._on_changed)
        self.currency.currentIndexChanged.connect(self._on_changed)
        self.auctions.toggled.connect(self._on_changed)
        for box in self.methods.values():
            box.toggled.connect(self._on_changed)
        self.transfer_text.textChanged.connect(self._on_changed)
        for cap in (self.account_cap, self.guest_cap):
            for spin in (cap.orders, cap.units):
                spin.valueChanged.connect(self._on_changed)

    @override
    def fill(self, document: msgspec.Struct) -> None:
        settings = cast("SaleSettings", document)
        self._is_locked = settings.is_currency_locked
        self.profile.setCurrentIndex(self.profile.findData(settings.profile.value))
        self.auctions.setChecked(settings.has_auction_licence)
        codes = dict.fromkeys((*CURRENCIES, settings.currency))
        fill_combo(self.currency, [(code, code) for code in codes], settings.currency)
        self.currency.setEnabled(not self._is_locked)
        for method, box in self.methods.items():
            box.setChecked(method in settings.methods)
        self.transfer_text.setPlainText(settings.transfer_text)
        self.account_cap.show_cap(settings.unpaid)
        self.guest_cap.show_cap(settings.unpaid_guest)
        self._show_hints()

    @override
    def typed(self) -> SaleSettings | str:
        known = cast("SaleSettings", self.known)
        chosen = [method for method, box in self.methods.items() if box.isChecked()]
        text = self.transfer_text.toPlainText().strip()
        if not chosen:
            return self.tr("Choose at least one way to pay: without one nobody can buy.")
        if PaymentMethod.TRANSFER in chosen and not text:
            return self.tr("Write where transfers go, or turn bank transfer off.")
        if len(text) > MOST_TRANSFER_LETTERS:
            words = self.tr("Where transfers go has at most {n} characters. Shorten it.")
            return words.format(n=MOST_TRANSFER_LETTERS)
        is_same = set(chosen) == set(known.methods)
        return SaleSettings(
            currency=self.currency.currentData(),
            methods=known.methods if is_same else chosen,
            unpaid=self.account_cap.cap(),
            unpaid_guest=self.guest_cap.cap(),
            profile=Profile(self.profile.currentData()),
            transfer_text=text,
            is_currency_locked=self._is_locked,
            has_auction_licence=self.auctions.isChecked(),
        )

    def _on_changed(self) -> None:
        self._show_hints()
        self.on_changed()

    def _show_hints(self) -> None:
        days = RETURN_DAYS[Profile(self.profile.currentData())]
        text = self.tr("Buyers may send goods back until {n} days after the day of delivery.")
        plain.set_text(self.returns, text.format(n=days))
        locked = self.tr("Locked by the first order: orders, refunds and the books are in this currency.")
        open_text = self.tr(
            "The first order locks it. Prices keep their digits: look at them after a change."
        )
        plain.set_text(self.currency_hint, locked if self._is_locked else open_text)
        # Elsewhere auctions need none.
        self.fields.setRowVisible(self.auctions, self.profile.currentData() == Profile.CN.value)
        self.fields.setRowVisible(self.transfer_text, self.methods[PaymentMethod.TRANSFER].isChecked())


class CapFields(QWidget):
    """How many orders and units may wait for their money."""

    def __init__(self) -> None:
        super().__init__()
        self.orders = _spin(MOST_ORDERS, self.tr("Orders"))
        self.units = _spin(MOST_UNITS, self.tr("Units"))
        parts = row(label(self.tr("Orders"), "dim"), self.orders, label(self.tr("Units"), "dim"), self.units)
        parts.addStretch(1)
        self.setLayout(parts)
        self.setFocusProxy(self.orders)

    def show_cap(self, cap: UnpaidCap) -> None:
        """Show how many."""
        self.orders.setValue(cap.orders)
        self.units.setValue(cap.units)

    def cap(self) -> UnpaidCap:
        """What was typed."""
        return UnpaidCap(self.orders.value(), self.units.value())


def _spin(most: int, name: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, most)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    plain.set_name(made, name)
    return made
