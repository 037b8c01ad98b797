"""What dialogs about one order share: they stay open until the shop has answered, so that no text is lost."""

import hashlib
import uuid
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from backend.contract.orders import CancelOrder, MarkPaid, Order, ShipOrder
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.shop import order_texts

OrderBody = ShipOrder | CancelOrder | MarkPaid


@dataclass(frozen=True)
class OrderAction:
    """What is to be done with an order.

    Attributes:
        key: the same for each try of the same thing, so that it is done once.
    """

    order_id: str
    body: OrderBody
    key: str


class OrderDialog(QDialog):
    """A title with the order's number, what a subclass adds, and two buttons; open it with `open()`.

    Attributes:
        action: emitted with an `OrderAction`; the answer comes by `close_for` or `give_back`.
        waiting_for: the action whose answer is not there yet.
        problem: why the shop refused; hidden while there is no reason.
    """

    action = Signal(object)

    def __init__(self, parent: QWidget, order: Order, title: str, accept: str, kind: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._order = order
        self._title = title
        self._key = uuid.uuid4().hex
        self.waiting_for: OrderAction | None = None
        plain.set_title(self, f"{title} · {order_texts.number_text(order.number)}")
        self.problem = label()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.close_button, self.accept_button = push_button(), push_button()
        self.close_button.setProperty("kind", "outline")
        self.accept_button.setProperty("kind", kind)
        self.accept_button.setDefault(True)
        say(self.close_button, self.tr("Close"))
        say(self.accept_button, accept)
        self.close_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._on_accepted)
        self.buttons = row(self.close_button, self.accept_button)
        self.buttons.insertStretch(0, 1)
        self.setMinimumWidth(440)

    def _lay_out(self, *content: QWidget | QLayout) -> None:
        heading = label(f"{self._title} · {order_texts.number_text(self._order.number)}", "title")
        address = self._order.address
        sum_text = order_texts.amount_text(self._order.total_minor, self._order.currency)
        count = order_texts.count_text(self._order)
        about = label(f"{address.name} · {sum_text} · {count}", "dim")
        about.setWordWrap(True)
        self.setLayout(column(heading, about, *content, self.problem, self.buttons, margin=20, spacing=14))

    @property
    def order(self) -> Order:
        """The order that the dialog is about."""
        return self._order

    def body(self) -> OrderBody | None:
        """What is to be done, from the fields; None where something is wrong, which it has shown."""
        raise NotImplementedError

    def _on_accepted(self) -> None:
        body = self.body()
        if body is None or self.waiting_for is not None:
            return
        digest = hashlib.sha256(msgspec.json.encode(body)).hexdigest()[:16]
        self.waiting_for = OrderAction(self._order.order_id, body, f"{self._key}-{digest}")
        self.show_problem("")
        self._show_waiting()
        self.action.emit(self.waiting_for)

    def close_for(self, action: OrderAction) -> None:
        """Close if this action, which was carried out, is the one the dialog waits for."""
        if action == self.waiting_for:
            self.accept()

    def give_back(self, action: OrderAction, why: str) -> None:
        """Let the refused action be corrected or tried again."""
        if action == self.waiting_for:
            self.waiting_for = None
            self.show_problem(why)
            self._show_waiting()

    def show_problem(self, text: str) -> None:
        """Show what is wrong; empty for nothing."""
        plain.set_text(self.problem, text)
        self.problem.setVisible(bool(text))
        set_tone(self.problem, "bad" if text else "")

    def _show_waiting(self) -> None:
        self.accept_button.setEnabled(self.waiting_for is None)
