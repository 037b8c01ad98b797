"""The list of the shop's coupons, with the ways to make, show and stop one."""

import time
from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from backend.contract.coupons import Coupon, CouponsPage
from widgets.campaigns.coupons.coupon_row import CouponRow
from widgets.common import plain
from widgets.common.confirm import ConfirmDialog
from widgets.common.forms import label, say
from widgets.common.list_dialog import ListDialog
from widgets.common.ranked_rows import RankedRows

SIZE = (720, 620)


class CouponsDialog(ListDialog):
    """Shows coupons and asks for changes.

    Attributes:
        new_wanted: the form of a new one is wanted.
        show_wanted: emitted with a coupon's id, and for how many seconds the room is to show it.
        hide_wanted, stop_wanted: emitted with a coupon's id.
    """

    new_wanted = Signal()
    show_wanted = Signal(str, int)
    hide_wanted = Signal(str)
    stop_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Coupons"))
        self._page: CouponsPage | None = None
        self._shown: Collection[str] = ()
        self._problem = ""
        self.about = label(
            self.tr(
                "Viewers claim a coupon in the room or type its code, and the checkout takes the best one "
                "that they hold. A coupon outlives the live session; its card in the room does not."
            ),
            "dim",
        )
        self.about.setWordWrap(True)
        self.rows: RankedRows[CouponRow] = RankedRows(self._make_row)
        self.lay_out(self.rows, above=(self.about,))
        say(self.add_button, self.tr("New coupon…"))
        self.add_button.clicked.connect(self.new_wanted)
        self.resize(*SIZE)
        self._show()

    @property
    def currency(self) -> str:
        """The shop's; empty before it is known."""
        return self._page.currency if self._page else ""

    def show_page(self, page: CouponsPage) -> None:
        """Show these coupons."""
        self._page, self._problem = page, ""
        self._show()

    def show_problem(self, text: str) -> None:
        """Say why there are none to be seen."""
        self._problem = text
        self._show()

    def show_in_room(self, coupon_ids: Collection[str]) -> None:
        """Say which of them the room shows now."""
        self._shown = coupon_ids
        self._show()

    def _show(self) -> None:
        coupons = {one.coupon_id: one for one in self._page.coupons} if self._page else {}
        now_ms = int(time.time() * 1000)
        self.rows.show_keys(list(coupons))
        for coupon_id, shown in self.rows.rows.items():
            if coupon_id in coupons:
                shown.show_coupon(coupons[coupon_id], self.currency, now_ms)
                shown.show_in_room(is_shown=coupon_id in self._shown)
        none = self.tr("There is no coupon yet. Make one, then show it in the room while you are live.")
        reading = self.tr("The coupons are being read.")
        plain.set_text(self.rows.empty, self._problem or (none if self._page else reading))
        self.add_button.setEnabled(self._page is not None)

    def _make_row(self, coupon_id: str) -> CouponRow:
        made = CouponRow()
        made.show_wanted.connect(lambda seconds: self.show_wanted.emit(coupon_id, seconds))
        made.hide_wanted.connect(lambda: self.hide_wanted.emit(coupon_id))
        made.stop_wanted.connect(lambda: self._ask_to_stop(coupon_id))
        return made

    def _coupon(self, coupon_id: str) -> Coupon | None:
        return (
            next((one for one in self._page.coupons if one.coupon_id == coupon_id), None)
            if self._page
            else None
        )

    def _ask_to_stop(self, coupon_id: str) -> None:
        coupon = self._coupon(coupon_id)
        if coupon is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("Stop “{title}”?").format(title=coupon.wish.title),
            text=self.tr("No more of it is given out. Those that viewers hold count until they end."),
            accept=self.tr("Stop it"),
            reject=self.tr("Cancel"),
        )
        dialog.accepted.connect(lambda: self.stop_wanted.emit(coupon_id))
        dialog.open()
