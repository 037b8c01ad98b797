"""What dialogs about one order share: its number and sum, and a key for each thing that is to be done."""

import hashlib
import uuid
from dataclasses import dataclass

import msgspec
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from backend.contract.orders import CancelOrder, MarkPaid, Order, ShipOrder
from backend.contract.refunds import CancelAndRefund, RefundOrder
from widgets.common.forms import column, label
from widgets.common.money import amount_text
from widgets.shop import order_texts
from widgets.shop.shop_dialog import ShopDialog

OrderBody = ShipOrder | CancelOrder | MarkPaid | RefundOrder | CancelAndRefund


@dataclass(frozen=True)
class OrderAction:
    """What is to be done with an order.

    Attributes:
        key: the same for each try of the same thing, so that it is done once.
    """

    order_id: str
    body: OrderBody
    key: str


class OrderDialog(ShopDialog):
    """A title with the order's number, what a subclass adds, and two buttons; open it with `open()`.

    Attributes:
        key: begins the key of what the dialog wants done.
    """

    def __init__(self, parent: QWidget, order: Order, title: str, accept: str, kind: str) -> None:
        super().__init__(parent, f"{title} · {order_texts.number_text(order.number)}", accept, kind)
        self._order = order
        self._title = title
        self.key = uuid.uuid4().hex

    def _lay_out(self, *content: QWidget | QLayout) -> None:
        heading = label(f"{self._title} · {order_texts.number_text(self._order.number)}", "title")
        address = self._order.address
        sum_text = amount_text(self._order.total_minor, self._order.currency)
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

    @override
    def wanted(self) -> OrderAction | None:
        body = self.body()
        if body is None:
            return None
        digest = hashlib.sha256(msgspec.json.encode(body)).hexdigest()[:16]
        return OrderAction(self._order.order_id, body, f"{self.key}-{digest}")
