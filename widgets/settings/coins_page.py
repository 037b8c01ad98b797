"""The settings' page of coins: whether viewers can buy them, and which packages for which price."""

from typing import Final, cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_INTEGER
from backend.contract.coins import MOST_COINS, MOST_PACKAGES, CoinPackage, CoinSettings
from backend.contract.currency import sign_of
from widgets.common import plain
from widgets.common.forms import label, row
from widgets.common.money import read_amount, typed_amount
from widgets.settings.shop_page import ShopPage

PRICE_WIDTH: Final = 104


class CoinsPage(ShopPage):
    """See the module."""

    def __init__(self) -> None:
        self._currency = ""
        self.is_on = QCheckBox()
        self.packages = [PackageFields() for _ in range(MOST_PACKAGES)]
        super().__init__(self.tr("Coins"))
        plain.set_text(self.is_on, self.tr("Viewers can buy coins"))
        self.fields.addRow("", self.is_on)
        self.hint(
            self.tr(
                "Viewers give gifts with coins. They pay for coins as for goods, and must have said that "
                "they are 18. A refund takes back the coins that are not given yet."
            ),
            "dim",
        )
        for number, package in enumerate(self.packages, start=1):
            self.field(self.tr("Package {n}").format(n=number), package)
            package.coins.valueChanged.connect(self._on_changed)
            package.price.textChanged.connect(self._on_changed)
        self.hint(self.tr("A package without coins is not offered. Orders that stand keep their price."))
        self.is_on.toggled.connect(self._on_changed)

    @override
    def fill(self, document: msgspec.Struct) -> None:
        settings = cast("CoinSettings", document)
        self._currency = settings.currency
        self.is_on.setChecked(settings.is_on)
        for place, package in enumerate(self.packages):
            known = settings.packages[place] if place < len(settings.packages) else None
            package.show_package(known, settings.currency)

    @override
    def typed(self) -> CoinSettings | str:
        packages: list[CoinPackage] = []
        for number, fields in enumerate(self.packages, start=1):
            if not fields.coins.value():
                continue
            price_minor = read_amount(fields.price.text(), self._currency)
            if price_minor is None or not 0 < price_minor <= MAX_INTEGER:
                text = self.tr("Package {n} has no price. Write one, such as 6 or 6.50.")
                return text.format(n=number)
            packages.append(CoinPackage(fields.coins.value(), price_minor))
        if len({one.coins for one in packages}) < len(packages):
            return self.tr("Two packages have the same number of coins. Change one of them.")
        if self.is_on.isChecked() and not packages:
            return self.tr("There is no package to buy. Write one, or turn coins off.")
        ordered = sorted(packages, key=lambda one: one.coins)
        return CoinSettings(self.is_on.isChecked(), ordered, self._currency)

    def _on_changed(self) -> None:
        self.on_changed()


class PackageFields(QWidget):
    """How many coins, and for what."""

    def __init__(self) -> None:
        super().__init__()
        self.coins = QSpinBox()
        self.coins.setRange(0, MOST_COINS)
        self.coins.setGroupSeparatorShown(True)
        self.coins.setSpecialValueText("—")
        self.coins.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.price = QLineEdit()
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.price.setFixedWidth(PRICE_WIDTH)
        self.sign = label("", "dim")
        plain.set_name(self.coins, self.tr("Coins"))
        plain.set_name(self.price, self.tr("Price"))
        parts = row(self.coins, label(self.tr("coins for"), "dim"), self.sign, self.price)
        parts.addStretch(1)
        self.setLayout(parts)
        self.setFocusProxy(self.coins)

    def show_package(self, package: CoinPackage | None, currency: str) -> None:
        """Show a package; empty fields for none."""
        plain.set_text(self.sign, sign_of(currency).strip())
        self.coins.setValue(package.coins if package else 0)
        plain.set_text(self.price, typed_amount(package.price_minor, currency) if package else "")
