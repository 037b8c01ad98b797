"""What staff choose of an auction: the unit, its start and reserve price, and the times."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget
from typing_extensions import override

from backend.contract.auctions import COUNTDOWN_S, DURATION_S, LATE_S, MOST_EXTENSIONS, AuctionTerms
from backend.contract.campaigns import CampaignTerms
from backend.contract.catalog import ShopProducts
from backend.contract.orders import PAY_CAMPAIGN_WITHIN_S
from backend.contract.sale_settings import Profile, SaleSettings
from backend.contract.shop import Product
from widgets.campaigns.entry_rules_fields import EntryRulesFields
from widgets.campaigns.kind_face import CampaignForm
from widgets.campaigns.time_choice import TimeChoice, time_text
from widgets.campaigns.units import unit_entries
from widgets.common import plain
from widgets.common.forms import add_field, combo, fill_combo, form
from widgets.common.money import list_price, read_amount, typed_amount

COUNTDOWNS_S: Final = (3, 10, 30, 60, 120, 300)
DURATIONS_S: Final = (15, 30, 60, 90, 120, 180, 300, 600, 1200)
USUAL_COUNTDOWN_S: Final = 10
USUAL_S: Final = 60
LEAST_MINOR: Final = 1


class AuctionForm(CampaignForm):
    """Asks for an auction of one unit."""

    def __init__(self) -> None:
        super().__init__()
        self._goods = ShopProducts("CNY", [])
        self._wanted = self._wanted_product = ""
        self._is_off = False
        self.unit, self.countdown, self.duration = combo(), combo(), combo()
        self.start, self.reserve = QLineEdit(), QLineEdit()
        self.needs_follow, self.entry_rules = QCheckBox(), EntryRulesFields()
        self._countdown = TimeChoice(self.countdown, COUNTDOWNS_S, COUNTDOWN_S, USUAL_COUNTDOWN_S)
        self._duration = TimeChoice(self.duration, DURATIONS_S, DURATION_S, USUAL_S)
        self._rows: list[tuple[QLabel, QWidget]] = []
        layout = form()
        layout.setContentsMargins(0, 0, 0, 0)
        for field in (self.unit, self.start, self.reserve, self.countdown, self.duration):
            name = QLabel()
            name.setBuddy(field)
            add_field(layout, field, name)
            self._rows.append((name, field))
        add_field(layout, self.needs_follow)
        add_field(layout, self.entry_rules)
        self.setLayout(layout)
        self.retranslate()
        self.unit.currentIndexChanged.connect(self._on_unit)
        for box in (self.countdown, self.duration):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for line in (self.start, self.reserve):
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.needs_follow.toggled.connect(self.changed)
        self.entry_rules.changed.connect(self.changed)

    @override
    def retranslate(self) -> None:
        names = (
            self.tr("Unit"),
            self.tr("Start price"),
            self.tr("Reserve price"),
            self.tr("Countdown"),
            self.tr("Open for"),
        )
        for (name, field), text in zip(self._rows, names, strict=True):
            plain.set_text(name, text)
            plain.set_name(field, text)
        plain.set_placeholder(self.reserve, self.tr("None: sold from the start price on"))
        plain.set_text(self.needs_follow, self.tr("Only for viewers who follow you"))
        for times in (self._countdown, self._duration):
            times.retranslate()

    @override
    def show_goods(self, goods: ShopProducts) -> None:
        chosen = self.unit.currentData() or self._wanted
        self._goods = goods
        entries = unit_entries(goods)
        known = [sku_id for sku_id, _ in entries]
        fill_combo(self.unit, entries, chosen if chosen in known else next(iter(known), ""))
        if self._wanted_product:
            self.choose_product(self._wanted_product)
        self._on_unit()

    @override
    def show_rules(self, settings: SaleSettings) -> None:
        self._is_off = settings.profile is Profile.CN and not settings.has_auction_licence
        self.changed.emit()

    @override
    def is_offered(self) -> bool:
        return not self._is_off

    @override
    def choose_product(self, product_id: str) -> None:
        self._wanted_product = product_id
        for product in self._goods.products:
            # A shop of several rooms puts the room before a product's id.
            if product.spu_id == product_id or product.spu_id.endswith(f":{product_id}"):
                self._wanted_product = ""
                self.unit.setCurrentIndex(self.unit.findData(product.skus[0].sku_id))

    @override
    def show_products(self, products: Sequence[Product]) -> None:
        if self._goods.products or not products:
            return
        # Amounts are read in the room's currency before the units are there.
        self._goods = ShopProducts(products[0].currency, [])

    @override
    def show_terms(self, terms: CampaignTerms) -> None:
        if not isinstance(terms, AuctionTerms):
            return
        self._wanted = terms.sku_id
        self.unit.setCurrentIndex(self.unit.findData(terms.sku_id))
        plain.set_text(self.start, typed_amount(terms.start_minor, self._goods.currency))
        reserve = terms.reserve_minor
        plain.set_text(self.reserve, "" if reserve is None else typed_amount(reserve, self._goods.currency))
        self.needs_follow.setChecked(terms.needs_follow)
        self.entry_rules.show_rules(terms)
        self._countdown.choose(terms.countdown_s)
        self._duration.choose(terms.duration_s)

    @override
    def terms(self) -> CampaignTerms | str:
        if self._is_off:
            return self._off_text()
        sku_id = str(self.unit.currentData() or "")
        if not sku_id:
            return self.tr("Choose a unit of this room's products.")
        start = read_amount(self.start.text(), self._goods.currency)
        if start is None or start < LEAST_MINOR:
            return self.tr("Write the start price as an amount, such as 99.00.")
        reserve = self._reserve()
        if isinstance(reserve, str):
            return reserve
        if reserve is not None and reserve < start:
            return self.tr("The reserve is below the start price: leave it empty, or raise it.")
        return AuctionTerms(
            sku_id,
            start,
            reserve,
            self._countdown.seconds,
            self._duration.seconds,
            needs_follow=self.needs_follow.isChecked(),
            account_minutes=self.entry_rules.account_minutes(),
            per_network=self.entry_rules.per_network(),
            one_a_phone=self.entry_rules.one_a_phone(),
        )

    @override
    def summary(self) -> str:
        if self._is_off:
            return self._off_text()
        start = read_amount(self.start.text(), self._goods.currency)
        if not self.unit.currentData() or start is None:
            return ""
        times = self.tr(
            "One unit is put aside. After {countdown} bids are taken from {price} on, for {duration}; "
            "a bid in the last {late} s adds {late} s, {times} times at most."
        ).format(
            countdown=time_text(self._countdown.seconds),
            price=list_price(start, self._goods.currency),
            duration=time_text(self._duration.seconds),
            late=LATE_S,
            times=MOST_EXTENSIONS,
        )
        winner = self.tr(
            "Who wins has an order at once and {minutes} minutes to pay; then the next bidder is asked."
        ).format(minutes=PAY_CAMPAIGN_WITHIN_S // 60)
        reserve = self._reserve()
        if not isinstance(reserve, int):
            return f"{times} {winner}"
        below = self.tr("Below {price} it is not sold; viewers do not see that price.")
        return f"{times} {winner} {below.format(price=list_price(reserve, self._goods.currency))}"

    def _off_text(self) -> str:
        return self.tr(
            "Auctions are off: under the rules of China they need a licence. Once the shop has one, turn "
            "them on in Settings → Selling."
        )

    def _reserve(self) -> int | str | None:
        if not self.reserve.text().strip():
            return None
        reserve = read_amount(self.reserve.text(), self._goods.currency)
        return self.tr("Write the reserve as an amount, or leave it empty.") if reserve is None else reserve

    def _on_unit(self) -> None:
        chosen = self.unit.currentData()
        prices = {sku.sku_id: sku.price_minor for product in self._goods.products for sku in product.skus}
        if chosen in prices:
            usual = list_price(prices[chosen], self._goods.currency)
            plain.set_placeholder(self.start, self.tr("It costs {price} otherwise").format(price=usual))
        self.changed.emit()
