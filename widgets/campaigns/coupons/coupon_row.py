"""One coupon of the list: what it is, how many are claimed, used and left, and what can be done with it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QProgressBar, QWidget

from backend.contract.coupons import Coupon
from widgets.campaigns.coupons.coupon_texts import CouponState, how_text, state_of, state_text, worth_text
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.moment import moment_text

MINUTES: Final = (5, 10, 30, 60)
_BAR: Final = 1000
_TONES: Final = {CouponState.RUNNING: "ok", CouponState.LATER: "warn", CouponState.NONE_LEFT: "warn"}


class CouponRow(QWidget):
    """One coupon.

    Attributes:
        show_wanted: emitted with for how many seconds the room is to show it.
        hide_wanted, stop_wanted: the room is to show it no more; no more of it is to be given out.
    """

    show_wanted = Signal(int)
    hide_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.state, self.worth = label(), label(), label()
        self.how, self.numbers = label("", "dim"), label("", "dim")
        for part in (self.title, self.worth, self.how, self.numbers):
            part.setWordWrap(True)
        self.title.setProperty("role", "strong")
        self.bar = QProgressBar()
        self.bar.setRange(0, _BAR)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.show_button, self.hide_button = push_button("fa5s.bullhorn"), push_button("fa5s.eye-slash")
        self.stop_button = push_button("fa5s.ban", "live")
        self.stop_button.setProperty("danger", "true")
        self.menu = QMenu(self.show_button)
        self.show_button.setMenu(self.menu)
        self.hide_button.clicked.connect(self.hide_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self._say()
        head = row(self.title, self.state)
        head.setStretch(0, 1)
        texts = column(head, self.worth, self.how, self.bar, self.numbers, spacing=4)
        buttons = column(self.show_button, self.hide_button, self.stop_button, spacing=6)
        buttons.addStretch(1)
        layout = row(texts, buttons, spacing=14)
        layout.setStretch(0, 1)
        layout.setContentsMargins(12, 10, 10, 10)
        self.setLayout(layout)

    def _say(self) -> None:
        say(self.hide_button, self.tr("Take off"), self.tr("Take the card off; the coupon is given out on"))
        say(self.stop_button, self.tr("Stop…"), self.tr("Give no more of it out"))
        for minutes in MINUTES:
            action = self.menu.addAction("")
            plain.set_text(action, self.tr("For {n} minutes").format(n=minutes))
            action.triggered.connect(lambda _checked=False, n=minutes: self.show_wanted.emit(n * 60))

    def show_coupon(self, coupon: Coupon, currency: str, now_ms: int) -> None:
        """Show what it is and how it stands."""
        wish, state = coupon.wish, state_of(coupon, now_ms)
        plain.set_text(self.title, wish.title)
        plain.set_text(self.state, state_text(state))
        set_tone(self.state, _TONES.get(state, ""))
        plain.set_text(self.worth, worth_text(wish, currency))
        plain.set_text(self.how, how_text(wish))
        self.bar.setValue(_BAR * coupon.claimed // wish.quota)
        counted = self.tr("{claimed} of {quota} claimed · {used} used").format(
            claimed=f"{coupon.claimed:,}", quota=f"{wish.quota:,}", used=f"{coupon.used:,}"
        )
        until = self.tr("until {time}").format(time=moment_text(wish.ends_at_ms))
        if state is CouponState.LATER:
            until = self.tr("from {time}").format(time=moment_text(wish.begins_at_ms)) + f" · {until}"
        plain.set_text(self.numbers, f"{counted} · {until}")
        plain.set_name(self.bar, counted)
        is_running = state is CouponState.RUNNING
        self.show_button.setEnabled(is_running and not wish.code)
        why = self.tr("Viewers see its card, and claim it there")
        if wish.code:
            why = self.tr("Who gets it types its code: say the code")
        elif not is_running:
            why = self.tr("It is not given out now")
        say(self.show_button, self.tr("Show in the room"), why)
        self.stop_button.setVisible(state in {CouponState.RUNNING, CouponState.LATER})

    def show_in_room(self, *, is_shown: bool) -> None:
        """Say whether the room shows its card."""
        self.hide_button.setVisible(is_shown)
        self.show_button.setVisible(not is_shown)
