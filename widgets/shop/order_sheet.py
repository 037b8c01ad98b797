"""All of one order, from top to bottom: states, cases, lines, sums, address, parcels, attempts, history."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QVBoxLayout, QWidget
from typing_extensions import override

from backend.contract.cases import Case
from backend.contract.orders import Order, OrderLine, OrderState, PaymentState
from backend.contract.payments import Attempt
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.money import amount_text
from widgets.shop import order_history, order_texts
from widgets.shop.carrier_links import tracking_link
from widgets.shop.case_card import CaseCard
from widgets.shop.order_cells import CellPainter
from widgets.shop.order_states import ShipmentState, shipment_of
from widgets.shop.order_track import OrderTrack, Track

THUMBNAIL: Final = 40
PictureOf = Callable[[str], QPixmap | None]


class OrderSheet(QWidget):
    """An order as it is now; made again for each of its versions.

    Attributes:
        copy_wanted: emitted with a text for the clipboard, and what it is.
        case_step_wanted: emitted with a `Case` and a `CaseStep`.
        case_picture_wanted: emitted with the path of a picture that is to be shown large.
        link_wanted: emitted with the address of a carrier's page.
    """

    copy_wanted = Signal(str, str)
    case_step_wanted = Signal(object, object)
    case_picture_wanted = Signal(str)
    link_wanted = Signal(str)

    def __init__(
        self,
        order: Order,
        attempts: Sequence[Attempt],
        cases: Sequence[Case],
        picture_of: PictureOf,
        now_ms: float,
    ) -> None:
        super().__init__()
        self._order = order
        self._picture_of = picture_of
        self._now_ms = now_ms
        self._layout = QVBoxLayout()
        self._layout.setContentsMargins(12, 4, 12, 12)
        self._layout.setSpacing(10)
        self._add_states()
        open_cases = [case for case in cases if case.closed_at_ms is None]
        self._add_cases(open_cases)
        for line in order.lines:
            self._layout.addLayout(self._line(line, picture_of))
        self._add_sums()
        if not order.coins:
            self._add_address()
        if order.note:
            self._section(self.tr("Note of the buyer"), _words(order.note))
        self._add_parcels()
        self._add_cases([case for case in cases if case not in open_cases])
        if attempts:
            texts = [_words(order_history.attempt_text(attempt), "dim") for attempt in attempts]
            self._section(self.tr("Attempts to pay"), column(*texts, spacing=4))
        self._add_history()
        self._layout.addStretch(1)
        self.setLayout(self._layout)

    def _section(self, title: str, content: QWidget | QLayout) -> None:
        rule = QFrame()
        rule.setObjectName("rule")
        self._layout.addWidget(rule)
        self._layout.addWidget(label(title, "faint"))
        if isinstance(content, QWidget):
            self._layout.addWidget(content)
        else:
            self._layout.addLayout(content)

    # --- States ---

    def _add_states(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        layout = column(margin=12, spacing=4)
        tracks = [self._order_track(), self._payment_track()]
        # Coins are sent in no parcel.
        tracks += [] if self._order.coins else [self._parcels_track()]
        for track in tracks:
            layout.addWidget(OrderTrack(track))
        card.setLayout(layout)
        self._layout.addWidget(card)

    def _add_cases(self, cases: Sequence[Case]) -> None:
        for case in cases:
            card = CaseCard(case, self._order, self._picture_of, self._now_ms)
            card.picture_wanted.connect(self.case_picture_wanted)
            card.step_wanted.connect(lambda step, case=case: self.case_step_wanted.emit(case, step))
            self._layout.addWidget(card)

    def _payment_remark(self) -> str:
        order, method = self._order, order_texts.method_text(self._order.method)
        if order.paid_at_ms is not None:
            return f"{method} · {order_texts.time_text(order.paid_at_ms, self._now_ms)}"
        if order.expires_at_ms is not None and order.state is OrderState.OPEN:
            until = order_texts.time_text(order.expires_at_ms, self._now_ms)
            return method + " · " + self.tr("to be paid until {time}").format(time=until)
        return method

    def _order_track(self) -> Track:
        last = OrderState.CANCELLED if self._order.state is OrderState.CANCELLED else OrderState.COMPLETED
        steps = [order_texts.state_text(state) for state in (OrderState.OPEN, last)]
        is_cancelled = last is OrderState.CANCELLED
        reached = 0 if self._order.state is OrderState.OPEN else 1
        return Track(self.tr("Order"), steps, reached, "faint" if is_cancelled else "accent")

    def _payment_track(self) -> Track:
        state = self._order.payment_state
        is_part = state is PaymentState.PART_REFUNDED
        last = PaymentState.PART_REFUNDED if is_part else PaymentState.REFUNDED
        states = [PaymentState.UNPAID, PaymentState.PAID, last]
        steps = [order_texts.payment_text(each) for each in states]
        tint = {PaymentState.UNPAID: "warn", PaymentState.PAID: "ok"}.get(state, "campaign")
        return Track(self.tr("Payment"), steps, states.index(state), tint, self._payment_remark())

    def _parcels_track(self) -> Track:
        state = shipment_of(self._order).state
        order = (ShipmentState.PACKED, ShipmentState.SHIPPED, ShipmentState.DELIVERED)
        is_part = state is ShipmentState.PARTLY_SHIPPED
        shipped = order_texts.shipment_text(self._order) if is_part else self.tr("shipped")
        reached = 1 if is_part else order.index(state) if state in order else -1
        steps = [self.tr("packed"), shipped, self.tr("delivered")]
        return Track(self.tr("Parcels"), steps, reached, "ok" if reached == 2 else "accent")

    # --- Lines and sums ---

    def _line(self, line: OrderLine, picture_of: PictureOf) -> QLayout:
        title = label(line.title)
        title.setWordWrap(True)
        count = f"{order_texts.specs_text(line)} ×{line.quantity}".strip()
        small = label(" · ".join(filter(None, (count, order_texts.code_text(line)))), "faint")
        small.setWordWrap(True)
        words = column(title, small, spacing=1)
        made = row(Thumbnail(picture_of(line.image_url)), words, self._amount(line.net_minor, "strong"))
        made.setStretch(1, 1)
        return made

    def _add_sums(self) -> None:
        order, grid = self._order, QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        entries = [(self.tr("Goods"), order.goods_minor, "")]
        if order.discount_minor:
            entries.append((self.tr("Discount"), -order.discount_minor, "campaign"))
        entries.append((self.tr("Shipping"), order.shipping_minor, ""))
        if order.tax_minor:
            entries.append((self.tr("Tax, contained"), order.tax_minor, ""))
        for number, (text, minor, tone) in enumerate(entries):
            grid.addWidget(label(text, "dim"), number, 0)
            amount = self._amount(minor)
            set_tone(amount, tone)
            grid.addWidget(amount, number, 1)
        is_paid = order.payment_state is not PaymentState.UNPAID
        grid.addWidget(label(self.tr("Paid") if is_paid else self.tr("Total"), "strong"), len(entries), 0)
        grid.addWidget(self._amount(order.total_minor, "title"), len(entries), 1)
        if order.money_left_minor and order.money_left_minor < order.total_minor:
            grid.addWidget(label(self.tr("Of that not given back"), "dim"), len(entries) + 1, 0)
            grid.addWidget(self._amount(order.money_left_minor), len(entries) + 1, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        self._layout.addWidget(rule)
        self._layout.addLayout(grid)

    def _amount(self, minor: int, role: str = "") -> QLabel:
        made = label(amount_text(minor, self._order.currency), role)
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return made

    # --- Where it goes, and what happened ---

    def _add_address(self) -> None:
        text = order_texts.address_text(self._order.address)
        button = push_button("fa5s.copy")
        button.setProperty("kind", "outline")
        say(button, self.tr("Copy"), self.tr("Copy the address"))
        what = self.tr("The address")
        button.clicked.connect(lambda: self.copy_wanted.emit(text, what))
        content = row(_words(text), button)
        content.setStretch(0, 1)
        content.setAlignment(button, Qt.AlignmentFlag.AlignTop)
        self._section(self.tr("Ship to"), content)

    def _add_parcels(self) -> None:
        if not self._order.parcels:
            return
        layout = column(spacing=4)
        for parcel in self._order.parcels:
            units = sum(line.quantity for line in parcel.lines)
            state = order_texts.parcel_text(parcel.state)
            count = self.tr("{n} pieces").format(n=units)
            parts = (parcel.carrier, parcel.tracking, state, count)
            words = _words(" · ".join(filter(None, parts)))
            link = tracking_link(parcel.carrier, parcel.tracking)
            layout.addLayout(self._followed(words, link) if link else row(words))
        self._section(self.tr("Parcels"), layout)

    def _followed(self, words: QLabel, link: str) -> QLayout:
        button = push_button("fa5s.external-link-alt")
        button.setProperty("kind", "outline")
        say(button, self.tr("Track"), self.tr("Follow the parcel in the browser: {link}").format(link=link))
        button.clicked.connect(lambda: self.link_wanted.emit(link))
        made = row(words, button)
        made.setStretch(0, 1)
        return made

    def _add_history(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 2)
        newest_first = sorted(self._order.changes, key=lambda change: -change.version)
        for number, change in enumerate(newest_first):
            cells = (
                label(order_texts.time_text(change.at_ms, self._now_ms), "faint"),
                _words(order_history.breakable(order_history.actor_text(change.actor, self._order)), "dim"),
                _words(order_history.breakable(order_history.change_text(change))),
            )
            for place, cell in enumerate(cells):
                grid.addWidget(cell, number, place, Qt.AlignmentFlag.AlignTop if place == 0 else _NO_SIDE)
        if newest_first:
            self._section(self.tr("History: time, who, what"), grid)


class Thumbnail(QWidget):
    """A small picture of a product."""

    def __init__(self, picture: QPixmap | None) -> None:
        super().__init__()
        self._picture = picture
        self.setFixedSize(QSize(THUMBNAIL, THUMBNAIL))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRect(0, 0, THUMBNAIL, THUMBNAIL)
        CellPainter(self.font()).thumbnail(painter, box, self._picture)
        painter.end()


_NO_SIDE: Final = Qt.AlignmentFlag(0)


def _words(text: str, role: str = "") -> QLabel:
    """Text of several lines that can be marked with the mouse."""
    made = label(text, role)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
