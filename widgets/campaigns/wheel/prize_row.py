"""A prize of a wheel in its form: what it is called, how many there are, and what it gives."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox
from typing_extensions import override

from backend.contract.coupons import Coupon
from backend.contract.wheels import MAX_PRIZE, MOST_COINS, MOST_SLOTS, WheelPrize
from widgets.campaigns.coupon_choice import CouponChoice
from widgets.common import plain
from widgets.common.forms import combo, fill_combo, row, say, tool_button
from widgets.common.retranslate import Retranslated

COINS: Final = "coins"
COUPON: Final = "coupon"
BY_HAND: Final = "by_hand"
_WIDTHS: Final = {"stock": 86, "gives": 136, "coins": 100, "coupon": 150}


class PrizeRow(Retranslated):
    """One line of the form.

    Attributes:
        changed: emitted when anything is.
        removed: emitted when the prize is to go.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, prize: WheelPrize) -> None:
        super().__init__()
        self.name = QLineEdit(prize.name)
        self.name.setMaxLength(MAX_PRIZE)
        self.stock = _number(1, MOST_SLOTS, prize.stock)
        self.gives = combo()
        self.coins = _number(1, MOST_COINS, max(1, prize.coins))
        self.coupon = combo()
        self._coupon = CouponChoice(self.coupon)
        self._coupon.choose(prize.coupon_id)
        self.remove_button = tool_button("fa5s.times")
        self._gives = COINS if prize.coins else COUPON if prize.coupon_id else BY_HAND
        self.setLayout(
            row(self.name, self.stock, self.gives, self.coins, self.coupon, self.remove_button, spacing=6)
        )
        for field, width in _WIDTHS.items():
            getattr(self, field).setFixedWidth(width)
        self.name.setMinimumWidth(110)
        self.retranslate()
        self._connect()

    def _connect(self) -> None:
        self.name.textChanged.connect(self.changed)
        self.coupon.currentIndexChanged.connect(self.changed)
        self.stock.valueChanged.connect(self.changed)
        self.coins.valueChanged.connect(self.changed)
        self.gives.currentIndexChanged.connect(self._choose)
        self.remove_button.clicked.connect(self.removed)

    def _choose(self) -> None:
        self._gives = str(self.gives.currentData() or self._gives)
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        self.coins.setVisible(self._gives == COINS)
        self.coupon.setVisible(self._gives == COUPON)

    @override
    def retranslate(self) -> None:
        kinds = [
            (COINS, self.tr("Coins")),
            (COUPON, self.tr("A coupon")),
            (BY_HAND, self.tr("Given by you")),
        ]
        fill_combo(self.gives, kinds, self._gives)
        self.name.setPlaceholderText(self.tr("What can be won"))
        self._coupon.say_none(self.tr("Choose a coupon"))
        self.stock.setPrefix(self.tr("× ", "how many of a prize there are"))
        for field, name in (
            (self.name, self.tr("Prize")),
            (self.stock, self.tr("How many there are")),
            (self.gives, self.tr("What it gives")),
            (self.coins, self.tr("Coins each")),
            (self.coupon, self.tr("The coupon")),
        ):
            plain.set_name(field, name)
            plain.set_tooltip(field, name)
        say(self.remove_button, self.tr("Remove this prize"))
        self._offer()

    def show_coupons(self, coupons: Sequence[Coupon], currency: str) -> None:
        """Offer these coupons."""
        self._coupon.show_coupons(coupons, currency)

    def prize(self) -> WheelPrize:
        """Return what is chosen."""
        coins = self.coins.value() if self._gives == COINS else 0
        coupon_id = self._coupon.coupon_id if self._gives == COUPON else ""
        return WheelPrize(self.name.text().strip(), self.stock.value(), coins, coupon_id)

    def is_without_coupon(self) -> bool:
        """Whether a coupon is to be given, and none is named."""
        return self._gives == COUPON and not self._coupon.coupon_id


def _number(least: int, most: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    return made
