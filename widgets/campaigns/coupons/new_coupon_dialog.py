"""The form of a new coupon; it stays open until the shop has made it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from backend.contract.catalog import ShopProduct
from backend.contract.coupons import CouponWarning, NewCoupon, fault_of
from widgets.campaigns.coupons.coupon_fields import CouponFields
from widgets.campaigns.coupons.coupon_texts import fault_text, warning_text
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone

SIZE = (520, 680)


class NewCouponDialog(QDialog):
    """Asks what a coupon is; open it with `open()`.

    `check_wanted` comes first; where there is something to be thought of, `show_warnings` says it, and
    `make_wanted` follows when it is wanted all the same.

    Attributes:
        check_wanted, make_wanted: emitted with a `NewCoupon`.
    """

    check_wanted = Signal(object)
    make_wanted = Signal(object)

    def __init__(self, parent: QWidget, currency: str, products: Sequence[ShopProduct]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("New coupon")
        plain.set_title(self, title)
        self.fields = CouponFields(currency, products)
        self.fields.changed.connect(self._on_changed)
        self.note = label()
        self.note.setWordWrap(True)
        cancel, self.make_button = push_button(), push_button("fa5s.ticket-alt")
        say(cancel, self.tr("Cancel"))
        self.make_button.setProperty("primary", "true")
        self.make_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.make_button.clicked.connect(self._on_make)
        buttons = row(cancel, self.make_button)
        buttons.insertStretch(0, 1)
        scroll = QScrollArea()
        scroll.setWidget(self.fields)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = column(label(title, "title"), scroll, self.note, buttons, margin=22, spacing=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.resize(*SIZE)
        self._is_warned = self._is_waiting = False
        self._on_changed()

    def show_warnings(self, wish: NewCoupon, warnings: Sequence[CouponWarning]) -> None:
        """Say what is to be thought of; without anything it is made at once."""
        if not warnings:
            self.make_wanted.emit(wish)
            return
        self._is_warned, self._is_waiting = True, False
        self._say(" ".join(map(warning_text, warnings)), "warn")
        self._offer()

    def give_back(self, why: str) -> None:
        """Let what the shop refused be corrected or tried again."""
        self._is_waiting = False
        self._say(why, "bad")
        self._offer()

    def _on_changed(self) -> None:
        self._is_warned = False
        self._say("", "")
        self._offer()

    def _on_make(self) -> None:
        if problem := self.fields.problem():
            self._say(problem, "bad")
            return
        wish = self.fields.wish()
        if (fault := fault_of(wish)) is not None:
            self._say(fault_text(fault), "bad")
            return
        self._is_waiting = True
        self._say("", "")
        self._offer()
        (self.make_wanted if self._is_warned else self.check_wanted).emit(wish)

    def _offer(self) -> None:
        make = self.tr("Make it all the same") if self._is_warned else self.tr("Make the coupon")
        say(self.make_button, make)
        self.make_button.setEnabled(not self._is_waiting)
        self.fields.setEnabled(not self._is_waiting)

    def _say(self, text: str, tone: str) -> None:
        plain.set_text(self.note, text)
        self.note.setVisible(bool(text))
        set_tone(self.note, tone)
