"""What staff choose of a spin wheel, within what the contract allows."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout
from typing_extensions import override

from backend.contract.campaigns import CampaignTerms
from backend.contract.coupons import Coupon
from backend.contract.wheels import (
    COUNTDOWN_S,
    DURATION_S,
    MOST_HANDED_OVER,
    MOST_PRIZES,
    MOST_SLOTS,
    MOST_SPINS,
    WheelPrize,
    WheelTerms,
)
from widgets.campaigns.entry_rules_fields import EntryRulesFields
from widgets.campaigns.kind_face import CampaignForm
from widgets.campaigns.wheel.prize_row import PrizeRow
from widgets.common import plain
from widgets.common.forms import add_field, column, form, label, push_button, row, say

MINUTE_S: Final = 60
# What a first wheel is likely to be.
USUAL: Final = (WheelPrize("", 1, coins=100), WheelPrize("", 10, coins=10), WheelPrize("", 1))
USUAL_BLANKS: Final = 88


class WheelForm(CampaignForm):
    """Prizes one below the other, then who may spin, how often, and how long.

    Attributes:
        rows: of the prizes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PrizeRow] = []
        self._seconds = 0
        self._coupons: tuple[Sequence[Coupon], str] = ((), "CNY")
        self.add_button = push_button("fa5s.plus")
        self.blanks = _number(0, MOST_SLOTS - 1, USUAL_BLANKS)
        self.spins_each = _number(1, MOST_SPINS, 1)
        self.countdown = _number(COUNTDOWN_S[0], COUNTDOWN_S[-1], 10)
        self.minutes = _number(1, DURATION_S[-1] // MINUTE_S, 10)
        self.needs_follow, self.entry_rules = QCheckBox(), EntryRulesFields()
        self.prizes_label, self._captions = label(), [label() for _ in range(4)]
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        left, right = form(), form()
        numbers = (self.blanks, self.spins_each, self.countdown, self.minutes)
        for caption, field, side in zip(self._captions, numbers, (left, left, right, right), strict=True):
            caption.setBuddy(field)
            add_field(side, field, caption)
            field.valueChanged.connect(self.changed)
        fields = row(left, right, spacing=24)
        parts = (self.prizes_label, self._lines, self.add_button, fields, self.needs_follow, self.entry_rules)
        self.setLayout(column(*parts, spacing=10))
        self.add_button.clicked.connect(lambda: self._add(WheelPrize("", 1)))
        self.needs_follow.toggled.connect(self.changed)
        self.entry_rules.changed.connect(self.changed)
        self.minutes.valueChanged.connect(self._forget_seconds)
        self._show_prizes(USUAL)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        plain.set_text(self.prizes_label, self.tr("Prizes"))
        say(self.add_button, self.tr("Add a prize"))
        texts = (
            self.tr("Slots that win nothing"),
            self.tr("Spins for each viewer"),
            self.tr("Countdown"),
            self.tr("Open for"),
        )
        for caption, text in zip(self._captions, texts, strict=True):
            plain.set_text(caption, text)
        self.countdown.setSuffix(self.tr(" s"))
        self.minutes.setSuffix(self.tr(" min"))
        plain.set_text(self.needs_follow, self.tr("Only for viewers who follow you"))

    @override
    def show_coupons(self, coupons: Sequence[Coupon], currency: str) -> None:
        self._coupons = coupons, currency
        for line in self.rows:
            line.show_coupons(coupons, currency)

    @override
    def terms(self) -> CampaignTerms | str:
        terms = self._chosen()
        handed_over = sum(prize.stock for prize in terms.prizes if prize.is_handed_over)
        if any(line.is_without_coupon() for line in self.rows):
            return self.tr("Say which coupon can be won.")
        if not all(prize.name for prize in terms.prizes):
            return self.tr("Give each prize a name.")
        if terms.slots > MOST_SLOTS:
            return self.tr("Prizes and blanks together can be {most} at most.").format(most=MOST_SLOTS)
        if handed_over > MOST_HANDED_OVER:
            return self.tr("You can hand over {most} prizes at most.").format(most=MOST_HANDED_OVER)
        return terms

    def _chosen(self) -> WheelTerms:
        return WheelTerms(
            [line.prize() for line in self.rows],
            blanks=self.blanks.value(),
            spins_each=self.spins_each.value(),
            needs_follow=self.needs_follow.isChecked(),
            account_minutes=self.entry_rules.account_minutes(),
            per_network=self.entry_rules.per_network(),
            one_a_phone=self.entry_rules.one_a_phone(),
            countdown_s=self.countdown.value(),
            duration_s=self._seconds or self.minutes.value() * MINUTE_S,
        )

    @override
    def show_terms(self, terms: CampaignTerms) -> None:
        if not isinstance(terms, WheelTerms):
            return
        self._show_prizes(terms.prizes)
        self.blanks.setValue(terms.blanks)
        self.spins_each.setValue(terms.spins_each)
        self.needs_follow.setChecked(terms.needs_follow)
        self.countdown.setValue(terms.countdown_s)
        self.minutes.setValue(max(1, terms.duration_s // MINUTE_S))
        self.entry_rules.show_rules(terms)
        # The seconds of a template, which this form does not ask for, stay as they were.
        self._seconds = terms.duration_s

    @override
    def summary(self) -> str:
        terms = self._chosen()
        won = terms.slots - terms.blanks
        text = self.tr("{won} of {slots} spins win something; the order is sealed before it is announced.")
        coins = sum(prize.coins * prize.stock for prize in terms.prizes)
        given = self.tr("{coins} coins are set aside; what is left comes back.").format(coins=coins)
        return " ".join([text.format(won=won, slots=terms.slots), *([given] if coins else [])])

    def _show_prizes(self, prizes: Sequence[WheelPrize]) -> None:
        for line in [*self.rows]:
            self._drop(line)
        for prize in prizes:
            self._add(prize)

    def _add(self, prize: WheelPrize) -> None:
        line = PrizeRow(prize)
        line.show_coupons(*self._coupons)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._drop(line))
        self.rows.append(line)
        self._lines.addWidget(line)
        self._offer()

    def _drop(self, line: PrizeRow) -> None:
        self.rows.remove(line)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._offer()

    def _offer(self) -> None:
        self.add_button.setEnabled(len(self.rows) < MOST_PRIZES)
        for line in self.rows:
            line.remove_button.setEnabled(len(self.rows) > 1)
        self.changed.emit()

    def _forget_seconds(self) -> None:
        self._seconds = 0


def _number(least: int, most: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    return made
