"""What the buyer of an order and the shop write to each other, with a field to answer in."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.contract.order_messages import MAX_MESSAGE, MessageSide, OrderMessage
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.retranslate import Retranslated
from widgets.shop import order_texts


class OrderThread(Retranslated):
    """Shows the thread of one order; what is typed stays until it was sent or another order comes.

    Attributes:
        write_wanted: emitted with the order's id and a text.
        older_wanted: emitted with the order's id, for messages before those that are shown.
    """

    write_wanted = Signal(str, str)
    older_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._order_id = ""
        self._messages: Sequence[OrderMessage] = ()
        self._now_ms = 0.0
        self._is_sending = self._has_older = self._is_asking = False
        # Where the list stands, counted from its end: older messages come above what is read.
        self._from_end = 0
        self.area = QScrollArea()
        self.area.setObjectName("orderArea")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.verticalScrollBar().rangeChanged.connect(
            lambda _least, most: self.area.verticalScrollBar().setValue(most - self._from_end)
        )
        self.field, self.send_button = QLineEdit(), push_button()
        self.field.setMaxLength(MAX_MESSAGE)
        self.field.textChanged.connect(self._show_button)
        self.field.returnPressed.connect(self._send)
        self.send_button.setProperty("kind", "outline")
        self.send_button.clicked.connect(self._send)
        self.problem = label("", "dim")
        self.problem.setWordWrap(True)
        self.problem.hide()
        writing = row(self.field, self.send_button)
        writing.setStretch(0, 1)
        foot = column(self.problem, writing, spacing=6)
        foot.setContentsMargins(12, 0, 12, 6)
        layout = column(self.area, foot, spacing=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.area.setAccessibleName(self.tr("Messages with the buyer"))
        self.field.setPlaceholderText(self.tr("Write to the buyer (Enter sends)"))
        self.field.setAccessibleName(self.tr("Message to the buyer"))
        say(self.send_button, self.tr("Send"), self.tr("Send the message to the buyer (Enter)"))
        self._show()

    # --- In ---

    def show_order(self, order_id: str) -> None:
        """Turn to an order; its messages come by `show_messages`."""
        if order_id == self._order_id:
            return
        self._order_id, self._messages = order_id, ()
        self._is_sending = self._has_older = self._is_asking = False
        self._from_end = 0
        self.problem.hide()
        self.field.clear()
        self._show()

    def show_messages(
        self, order_id: str, messages: Sequence[OrderMessage], now_ms: float, *, has_older: bool
    ) -> None:
        """Show the messages of an order, the oldest first, if it is still the one that is shown."""
        if order_id != self._order_id:
            return
        is_same = list(messages) == list(self._messages) and has_older == self._has_older
        if is_same and not self._is_asking:
            return
        bar = self.area.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value() if self._is_asking else 0
        self._messages, self._now_ms, self._has_older = messages, now_ms, has_older
        self._is_asking = False
        self._show()

    def show_older_failed(self, order_id: str) -> None:
        """Let older messages be asked for again."""
        if order_id == self._order_id:
            self._is_asking = False
            self._show()

    def show_sent(self, order_id: str) -> None:
        """Make room for the next message."""
        if order_id == self._order_id:
            self._is_sending = False
            self.problem.hide()
            self.field.clear()
            self._show_button()

    def show_refused(self, order_id: str, why: str) -> None:
        """Say why a message was not sent; it stays in the field."""
        if order_id == self._order_id:
            self._is_sending = False
            plain.set_text(self.problem, why)
            self.problem.show()
            self._show_button()

    # --- Showing ---

    def _send(self) -> None:
        text = self.field.text().strip()
        if text and self._order_id and not self._is_sending:
            self._is_sending = True
            self._show_button()
            self.write_wanted.emit(self._order_id, text)

    def _ask_for_older(self) -> None:
        self._is_asking = True
        self.older_wanted.emit(self._order_id)

    def _show_button(self) -> None:
        self.send_button.setEnabled(not self._is_sending and bool(self.field.text().strip()))

    def _show(self) -> None:
        self._show_button()
        shown, layout = QWidget(), QVBoxLayout()
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(8)
        if not self._messages:
            hint = label(self.tr("No messages yet. What you write, the buyer sees at once."), "dim")
            hint.setWordWrap(True)
            layout.addWidget(hint)
        if self._has_older:
            layout.addWidget(self._older_button(), 0, Qt.AlignmentFlag.AlignHCenter)
        for message in self._messages:
            layout.addWidget(self._bubble(message))
        layout.addStretch(1)
        shown.setLayout(layout)
        self.area.setWidget(shown)

    def _older_button(self) -> QPushButton:
        button = push_button()
        say(button, self.tr("Older messages"))
        button.setProperty("kind", "outline")
        button.clicked.connect(lambda: button.setEnabled(False))
        button.clicked.connect(self._ask_for_older)
        return button

    def _bubble(self, message: OrderMessage) -> QWidget:
        is_shop = message.side is MessageSide.SHOP
        who = self.tr("Shop") if is_shop else self.tr("Buyer")
        when = order_texts.time_text(message.at_ms, self._now_ms)
        head, text = label(f"{who} · {when}", "faint"), label(message.text)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QFrame()
        box.setObjectName("card" if is_shop else "")
        side = 24
        layout = column(head, text, margin=8, spacing=2)
        box.setLayout(layout)
        place = row(box)
        place.setContentsMargins(side if is_shop else 0, 0, 0 if is_shop else side, 0)
        held = QWidget()
        held.setLayout(place)
        return held

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, 200)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.area.verticalScrollBar().setValue(self.area.verticalScrollBar().maximum())
