"""The form of a red packet, within the limits that its terms declare."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QSpinBox
from typing_extensions import override

from backend.contract.campaigns import CampaignTerms
from backend.contract.coupons import Coupon
from backend.contract.red_packets import (
    COUNTDOWN_S,
    DURATION_S,
    MOST_COINS,
    MOST_SHARES,
    RedPacketTerms,
)
from widgets.campaigns.coupon_choice import CouponChoice
from widgets.campaigns.entry_rules_fields import EntryRulesFields
from widgets.campaigns.kind_face import CampaignForm
from widgets.common import plain
from widgets.common.forms import add_field, caption, combo, form

USUAL_SHARES = 50
USUAL_COINS = 1000


class PacketForm(CampaignForm):
    """Asks for how many people, what they share, when, and who may take part."""

    def __init__(self) -> None:
        super().__init__()
        self.shares, self.coins, self.countdown, self.duration = (QSpinBox() for _ in range(4))
        self.shares.setRange(1, MOST_SHARES)
        self.coins.setRange(1, MOST_COINS)
        self.countdown.setRange(COUNTDOWN_S.start, COUNTDOWN_S.stop - 1)
        self.duration.setRange(DURATION_S.start, DURATION_S.stop - 1)
        self.follow, self.entry_rules = QCheckBox(), EntryRulesFields()
        self.gives = combo()
        self._coupon = CouponChoice(self.gives)
        self._lay_out()
        self.show_terms(RedPacketTerms(USUAL_SHARES, USUAL_COINS))
        for number in (self.shares, self.coins, self.countdown, self.duration):
            number.valueChanged.connect(self.changed)
        self.gives.currentIndexChanged.connect(self._offer)
        self.follow.toggled.connect(self.changed)
        self.entry_rules.changed.connect(self.changed)
        self.retranslate()

    def _lay_out(self) -> None:
        rows = form()
        fields = (self.shares, self.gives, self.coins, self.countdown, self.duration)
        self._captions = [caption("", field) for field in fields]
        for words, field in zip(self._captions, fields, strict=True):
            add_field(rows, field, words)
        add_field(rows, self.follow)
        add_field(rows, self.entry_rules)
        self.setLayout(rows)

    @override
    def retranslate(self) -> None:
        texts = (
            self.tr("Packets"),
            self.tr("Gives"),
            self.tr("Coins, all together"),
            self.tr("Countdown"),
            self.tr("Open for"),
        )
        for words, text in zip(self._captions, texts, strict=True):
            plain.set_text(words, text)
        self._coupon.say_none(self.tr("Coins, split by chance"))
        for seconds in (self.countdown, self.duration):
            seconds.setSuffix(self.tr(" s"))
        plain.set_text(self.follow, self.tr("Only who follows you"))

    @override
    def show_coupons(self, coupons: Sequence[Coupon], currency: str) -> None:
        self._coupon.show_coupons(coupons, currency)
        self._offer()

    def _offer(self) -> None:
        self.coins.setEnabled(not self._coupon.coupon_id)
        self.changed.emit()

    @override
    def terms(self) -> CampaignTerms | str:
        if not self._coupon.coupon_id and self.coins.value() < self.shares.value():
            return self.tr("There must be a coin for each packet: give more coins, or fewer packets.")
        return self._chosen()

    def _chosen(self) -> RedPacketTerms:
        coupon_id = self._coupon.coupon_id
        return RedPacketTerms(
            shares=self.shares.value(),
            coins=0 if coupon_id else self.coins.value(),
            coupon_id=coupon_id,
            countdown_s=self.countdown.value(),
            duration_s=self.duration.value(),
            needs_follow=self.follow.isChecked(),
            account_minutes=self.entry_rules.account_minutes(),
            per_network=self.entry_rules.per_network(),
            one_a_phone=self.entry_rules.one_a_phone(),
        )

    @override
    def show_terms(self, terms: CampaignTerms) -> None:
        if not isinstance(terms, RedPacketTerms):
            return
        self._coupon.choose(terms.coupon_id)
        self.coins.setEnabled(not terms.coupon_id)
        self.shares.setValue(terms.shares)
        self.coins.setValue(terms.coins or USUAL_COINS)
        self.countdown.setValue(terms.countdown_s)
        self.duration.setValue(terms.duration_s)
        self.follow.setChecked(terms.needs_follow)
        self.entry_rules.show_rules(terms)

    @override
    def summary(self) -> str:
        chosen = self._chosen()
        text = self.tr(
            "{coins} coins are set aside and split into {shares} packets by chance. It rains for everybody "
            "at the same moment in {countdown} s; what nobody took after {duration} s goes back."
        )
        if chosen.coupon_id:
            text = self.tr(
                "{shares} coupons are set aside. It rains for everybody at the same moment in {countdown} s; "
                "what nobody took after {duration} s goes back."
            )
        return text.format(
            coins=chosen.coins,
            shares=chosen.shares,
            countdown=chosen.countdown_s,
            duration=chosen.duration_s,
        )
