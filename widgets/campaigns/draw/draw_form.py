"""The form of a draw, within the limits that its terms declare."""

from typing import Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox
from typing_extensions import override

from backend.contract.campaigns import CampaignTerms
from backend.contract.catalog import ShopProduct, ShopProducts
from backend.contract.draws import (
    DURATION_S,
    LEFT_OUT_DAYS,
    MAX_PRIZE,
    MAX_WORD,
    MOST_COINS,
    MOST_WINNERS,
    WATCH_ENDS_BEFORE_S,
    DrawTerms,
)
from backend.contract.prizes import CLAIM_HOURS
from widgets.campaigns.entry_rules_fields import EntryRulesFields
from widgets.campaigns.kind_face import CampaignForm
from widgets.campaigns.time_choice import TimeChoice, time_text
from widgets.campaigns.units import unit_entries
from widgets.common import plain
from widgets.common.forms import add_field, caption, combo, fill_combo, form

DURATIONS_S: Final = (30, 60, 180, 300, 600, 900, 1800, 3600, 3 * 3600, 12 * 3600, 24 * 3600)
USUAL_S: Final = 300


class DrawForm(CampaignForm):
    """Asks what is won, by how many, under which conditions, and for how long it is open."""

    def __init__(self) -> None:
        super().__init__()
        self.prize, self.word = QLineEdit(), QLineEdit()
        self.prize.setMaxLength(MAX_PRIZE)
        self.word.setMaxLength(MAX_WORD)
        self._goods, self._wanted = ShopProducts("CNY", []), ""
        self.unit = combo()
        self.winners, self.coins, self.watched_min = QSpinBox(), QSpinBox(), QSpinBox()
        self.winners.setRange(1, MOST_WINNERS)
        self.coins.setRange(0, MOST_COINS)
        self.watched_min.setRange(0, (DURATION_S.stop - 1 - WATCH_ENDS_BEFORE_S) // 60)
        self.duration = QComboBox()
        self.follow, self.presence, self.excludes, self.bought = (QCheckBox() for _ in range(4))
        self.entry_rules = EntryRulesFields()
        self.excludes.setChecked(True)
        self._duration = TimeChoice(self.duration, DURATIONS_S, DURATION_S, USUAL_S)
        self._lay_out()
        for field in (self.prize, self.word):
            field.textChanged.connect(self.changed)
        for number in (self.winners, self.coins, self.watched_min):
            number.valueChanged.connect(self.changed)
        for box in (self.follow, self.presence, self.excludes, self.bought):
            box.toggled.connect(self.changed)
        self.duration.currentIndexChanged.connect(self.changed)
        self.unit.currentIndexChanged.connect(self._on_unit)
        self.unit.activated.connect(self._forget_wanted)
        self.entry_rules.changed.connect(self.changed)
        self.retranslate()

    def _lay_out(self) -> None:
        rows = form()
        fields = (
            self.prize,
            self.unit,
            self.winners,
            self.coins,
            self.duration,
            self.word,
            self.watched_min,
        )
        self._captions = [caption("", field) for field in fields]
        for words, field in zip(self._captions, fields, strict=True):
            add_field(rows, field, words)
        for box in (self.bought, self.follow, self.presence, self.excludes):
            add_field(rows, box)
        add_field(rows, self.entry_rules)
        self.setLayout(rows)

    @override
    def retranslate(self) -> None:
        texts = (
            self.tr("Prize"),
            self.tr("Product"),
            self.tr("Winners"),
            self.tr("Coins for each"),
            self.tr("Open for"),
            self.tr("Word to say"),
            self.tr("Watched for"),
        )
        for words, text in zip(self._captions, texts, strict=True):
            plain.set_text(words, text)
        self.prize.setPlaceholderText(self.tr("What is won, such as: a cup"))
        self.word.setPlaceholderText(self.tr("None"))
        self.watched_min.setSpecialValueText(self.tr("No matter how long"))
        self.watched_min.setSuffix(self.tr(" min"))
        plain.set_text(self.bought, self.tr("Who bought in this live need not say the word"))
        plain.set_text(self.follow, self.tr("Only who follows you"))
        plain.set_text(self.presence, self.tr("Only who is there when it is drawn can win"))
        left_out = self.tr("Leave out who won in the last {days} days").format(days=LEFT_OUT_DAYS)
        plain.set_text(self.excludes, left_out)
        self._duration.retranslate()
        self._fill_units()
        self._say_no_coins()

    @override
    def show_goods(self, goods: ShopProducts) -> None:
        self._goods = goods
        self._fill_units()
        self._on_unit()

    def _fill_units(self) -> None:
        chosen = self._sku_id or self._wanted
        entries = [("", self.tr("None")), *unit_entries(self._goods)]
        is_known = chosen in {sku_id for sku_id, _ in entries}
        fill_combo(self.unit, entries, chosen if is_known else "")

    def _forget_wanted(self) -> None:
        """Whoever chooses wants no more what a template has."""
        self._wanted = ""
        self.changed.emit()

    def _on_unit(self) -> None:
        """Propose the product's title as the prize; who wins goods wins no coins."""
        product = self._product
        self.coins.setEnabled(product is None)
        self._say_no_coins()
        if product is not None:
            self.coins.setValue(0)
            if not self.prize.text().strip():
                plain.set_text(self.prize, product.title[:MAX_PRIZE])
        self.changed.emit()

    def _say_no_coins(self) -> None:
        by_hand = self.tr("None: you hand the prize over")
        self.coins.setSpecialValueText(by_hand if self._product is None else self.tr("None"))

    @property
    def _sku_id(self) -> str:
        return str(self.unit.currentData() or "")

    @property
    def _product(self) -> ShopProduct | None:
        chosen = self._sku_id
        return next((one for one in self._goods.products if chosen in {sku.sku_id for sku in one.skus}), None)

    @property
    def _left(self) -> int:
        """How many units of the chosen one can be won."""
        skus = [] if self._product is None else self._product.skus
        return sum(sku.left for sku in skus if sku.sku_id == self._sku_id)

    @override
    def terms(self) -> CampaignTerms | str:
        if not self.prize.text().strip():
            return self.tr("Say what is won.")
        terms = self._chosen()
        if self._wanted and not terms.sku_id:
            return self.tr("The product of the template is not on sale here. Choose another one, or none.")
        if terms.sku_id and terms.winners > self._left:
            few = self.tr("{left} of this product are free: draw fewer winners, or add stock.")
            return few.format(left=self._left)
        if terms.bought_or_word and not terms.word:
            return self.tr("Who buys nothing must have a way in, too: give a word that they say instead.")
        if terms.watched_s > max(0, terms.duration_s - WATCH_ENDS_BEFORE_S):
            return self.tr(
                "Who comes when it opens could not watch that long: keep it open at least 2 minutes longer "
                "than one must watch."
            )
        return terms

    def _chosen(self) -> DrawTerms:
        return DrawTerms(
            prize=self.prize.text().strip(),
            winners=self.winners.value(),
            prize_coins=self.coins.value(),
            sku_id=self._sku_id,
            word=self.word.text().strip(),
            bought_or_word=self.bought.isChecked(),
            needs_follow=self.follow.isChecked(),
            watched_s=60 * self.watched_min.value(),
            needs_presence=self.presence.isChecked(),
            excludes_winners=self.excludes.isChecked(),
            account_minutes=self.entry_rules.account_minutes(),
            per_network=self.entry_rules.per_network(),
            one_a_phone=self.entry_rules.one_a_phone(),
            duration_s=self._duration.seconds,
        )

    @override
    def show_terms(self, terms: CampaignTerms) -> None:
        if not isinstance(terms, DrawTerms):
            return
        plain.set_text(self.prize, terms.prize)
        self._wanted = terms.sku_id
        self.unit.setCurrentIndex(max(0, self.unit.findData(terms.sku_id)))
        self.winners.setValue(terms.winners)
        self.coins.setValue(terms.prize_coins)
        plain.set_text(self.word, terms.word)
        self.watched_min.setValue(terms.watched_s // 60)
        self.bought.setChecked(terms.bought_or_word)
        self.follow.setChecked(terms.needs_follow)
        self.presence.setChecked(terms.needs_presence)
        self.excludes.setChecked(terms.excludes_winners)
        self.entry_rules.show_rules(terms)
        self._duration.choose(terms.duration_s)

    @override
    def summary(self) -> str:
        terms = self._chosen()
        text = self.tr(
            "It opens at once and is sealed. After {time} the list is fixed, the viewers' devices mix in "
            "numbers, and {winners} win by chance; everybody can check it."
        ).format(time=time_text(terms.duration_s), winners=terms.winners)
        if terms.sku_id:
            aside = self.tr(
                "{winners} units are put aside. Who wins has {hours} hours to say where it goes, and pays "
                "nothing; then the next one has it, and at last the stock."
            )
            return f"{text} {aside.format(winners=terms.winners, hours=CLAIM_HOURS)}"
        coins = terms.prize_coins * terms.winners
        given = self.tr("It gives away {coins} coins.").format(coins=coins)
        return f"{text} {given}" if coins else text
