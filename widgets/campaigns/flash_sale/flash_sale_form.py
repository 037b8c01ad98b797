"""What staff choose of a flash sale: the product, its price and units, and the times."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.campaigns import CampaignTerms
from backend.contract.flash_sale import COUNTDOWN_S, DURATION_S, MOST_UNITS, FlashPrice, FlashSaleTerms
from backend.contract.orders import PAY_CAMPAIGN_WITHIN_S
from backend.contract.shop import Product
from widgets.campaigns.kind_face import CampaignForm
from widgets.campaigns.time_choice import TimeChoice, time_text
from widgets.common import plain
from widgets.common.forms import add_field, combo, fill_combo, form
from widgets.common.money import list_price, read_amount, typed_amount

COUNTDOWNS_S: Final = (10, 30, 60, 120, 300)
DURATIONS_S: Final = (30, 60, 120, 180, 300, 600, 900, 1200)
USUAL_UNITS: Final = 10
USUAL_S: Final = 300


class FlashSaleForm(CampaignForm):
    """Asks for a sale of one product; all its specifications have the same price and units."""

    def __init__(self) -> None:
        super().__init__()
        self._products: dict[str, Product] = {}
        self._wanted = ""
        self.product, self.countdown, self.duration = combo(), combo(), combo()
        self.price = QLineEdit()
        self.units, self.per_buyer = QSpinBox(), QSpinBox()
        self.units.setRange(1, MOST_UNITS)
        self.units.setValue(USUAL_UNITS)
        self.per_buyer.setRange(0, MOST_UNITS)
        self.per_buyer.setValue(1)
        self._countdown = TimeChoice(self.countdown, COUNTDOWNS_S, COUNTDOWN_S, COUNTDOWNS_S[0])
        self._duration = TimeChoice(self.duration, DURATIONS_S, DURATION_S, USUAL_S)
        self._rows: list[tuple[QLabel, QWidget]] = []
        layout = form()
        layout.setContentsMargins(0, 0, 0, 0)
        for field in (self.product, self.price, self.units, self.per_buyer, self.countdown, self.duration):
            name = QLabel()
            name.setBuddy(field)
            add_field(layout, field, name)
            self._rows.append((name, field))
        self.setLayout(layout)
        self.retranslate()
        self.product.currentIndexChanged.connect(self._on_product)
        for box in (self.countdown, self.duration):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.price.textChanged.connect(lambda _text: self.changed.emit())
        for spin in (self.units, self.per_buyer):
            spin.valueChanged.connect(lambda _value: self.changed.emit())

    @override
    def retranslate(self) -> None:
        names = (
            self.tr("Product"),
            self.tr("Flash price"),
            self.tr("Units"),
            self.tr("For each buyer"),
            self.tr("Countdown"),
            self.tr("Open for"),
        )
        for (name, field), text in zip(self._rows, names, strict=True):
            plain.set_text(name, text)
            plain.set_name(field, text)
        self.per_buyer.setSpecialValueText(self.tr("No limit"))
        for times in (self._countdown, self._duration):
            times.retranslate()

    @override
    def show_products(self, products: Sequence[Product]) -> None:
        chosen = self.product.currentData() or self._wanted
        self._products = {one.product_id: one for one in products}
        entries = [(one.product_id, f"{one.number} · {one.title}") for one in products]
        first = next(iter(self._products), "")
        fill_combo(self.product, entries, chosen if chosen in self._products else first)
        if not self.price.text():
            self._on_product()

    @override
    def choose_product(self, product_id: str) -> None:
        self.product.setCurrentIndex(self.product.findData(product_id))

    @override
    def show_terms(self, terms: CampaignTerms) -> None:
        if not isinstance(terms, FlashSaleTerms):
            return
        self._wanted = terms.spu_id
        self.product.setCurrentIndex(self.product.findData(terms.spu_id))
        first = terms.prices[0]
        plain.set_text(self.price, typed_amount(first.price_minor, self._currency))
        self.units.setValue(first.quota)
        self.per_buyer.setValue(terms.per_buyer or 0)
        self._countdown.choose(terms.countdown_s)
        self._duration.choose(terms.duration_s)

    @override
    def take_price(self, price: str) -> bool:
        minor = read_amount(price, self._currency)
        if minor is None:
            return False
        plain.set_text(self.price, typed_amount(minor, self._currency))
        return True

    @override
    def terms(self) -> CampaignTerms | str:
        product = self._product
        if product is None:
            return self.tr("Choose a product of this room.")
        price = read_amount(self.price.text(), product.currency)
        if price is None:
            return self.tr("Write the flash price as an amount, such as 99.00.")
        usual = list_price(product.price_minor, product.currency)
        if price >= product.price_minor:
            return self.tr("It costs {price}: the flash price must be below that.").format(price=usual)
        return FlashSaleTerms(
            product.product_id,
            [FlashPrice("", price, self.units.value())],
            self.per_buyer.value() or None,
            self._countdown.seconds,
            self._duration.seconds,
        )

    @override
    def summary(self) -> str:
        product = self._product
        if product is None:
            return ""
        units = self.tr("{units} units of the stock are put aside.").format(units=self.units.value())
        times = self.tr(
            "After {countdown} it opens for everybody at once, for {duration} or until all are paid."
        ).format(countdown=time_text(self._countdown.seconds), duration=time_text(self._duration.seconds))
        back = self.tr("What is not paid within {minutes} minutes comes back.").format(
            minutes=PAY_CAMPAIGN_WITHIN_S // 60
        )
        return " ".join((units, times, back))

    @property
    def _product(self) -> Product | None:
        return self._products.get(str(self.product.currentData() or ""))

    @property
    def _currency(self) -> str:
        product = self._product or next(iter(self._products.values()), None)
        return product.currency if product else "CNY"

    def _on_product(self) -> None:
        product = self._product
        if product is not None:
            usual = list_price(product.price_minor, product.currency)
            plain.set_placeholder(self.price, self.tr("Below {price}").format(price=usual))
            if product.stock:
                self.units.setValue(min(self.units.value(), product.stock))
        self.changed.emit()
