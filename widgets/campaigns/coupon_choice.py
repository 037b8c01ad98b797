"""A choice among the shop's coupons, by their names."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from backend.contract.coupons import Coupon
from widgets.campaigns.coupons.coupon_texts import worth_text
from widgets.common.forms import fill_combo


class CouponChoice:
    """Fills a box with the coupons that can be given away, the newest first; what is chosen stays chosen."""

    def __init__(self, box: QComboBox) -> None:
        self._box = box
        self._none = ""
        self._chosen = ""
        self._names: dict[str, str] = {}
        box.currentIndexChanged.connect(self._take)

    @property
    def coupon_id(self) -> str:
        """The one that is chosen; empty for none."""
        return self._chosen

    def show_coupons(self, coupons: Sequence[Coupon], currency: str) -> None:
        """Offer these, without those of which none is given out any more."""
        left = [one for one in coupons if not one.is_stopped and one.claimed < one.wish.quota]
        self._names = {one.coupon_id: f"{one.wish.title} · {worth_text(one.wish, currency)}" for one in left}
        self._fill()

    def choose(self, coupon_id: str) -> None:
        """Choose this one, even where it is not offered (yet)."""
        self._chosen = coupon_id
        self._fill()

    def say_none(self, text: str) -> None:
        """Say this where no coupon is chosen."""
        self._none = text
        self._fill()

    def _fill(self) -> None:
        entries = [("", self._none), *self._names.items()]
        if self._chosen and self._chosen not in self._names:
            kept = QCoreApplication.translate("Campaigns", "The coupon chosen before")
            entries.append((self._chosen, kept))
        fill_combo(self._box, entries, self._chosen)

    def _take(self) -> None:
        self._chosen = str(self._box.currentData() or "")
