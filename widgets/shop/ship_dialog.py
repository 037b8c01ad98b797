"""Where an order's parcel gets its carrier and its tracking number."""

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.contract.orders import Order, ShipOrder
from widgets.common.forms import push_button, say
from widgets.common.tokens import icon
from widgets.shop.carrier_fields import CarrierFields
from widgets.shop.order_dialog import OrderDialog


class After(Enum):
    """What comes after a parcel was shipped."""

    CLOSE = auto()
    NEXT = auto()


class ShipDialog(OrderDialog):
    """Enter ships, Ctrl+Enter ships and goes to the next order.

    Attributes:
        after: what was chosen to come then.
    """

    def __init__(self, parent: QWidget, order: Order, carrier: str = "") -> None:
        title = QCoreApplication.translate("ShipDialog", "Ship")
        super().__init__(parent, order, title, title, "outline")
        self.after = After.CLOSE
        self.fields = CarrierFields(carrier)
        self.carrier, self.tracking = self.fields.carrier, self.fields.tracking
        self.next_button = push_button()
        self.next_button.setIcon(icon("fa5s.truck"))
        self.next_button.setProperty("kind", "primary")
        say(self.next_button, self.tr("Ship, next order  Ctrl+Enter"))
        self.next_button.clicked.connect(self._on_next)
        self.buttons.addWidget(self.next_button)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            shortcut.activated.connect(self.next_button.click)
        self.accept_button.clicked.disconnect()
        self.accept_button.clicked.connect(self._on_close)
        self._lay_out(self.fields)
        self.setMinimumWidth(520)
        self.tracking.setFocus()

    def _on_close(self) -> None:
        self.after = After.CLOSE
        self._on_accepted()

    def _on_next(self) -> None:
        self.after = After.NEXT
        self._on_accepted()

    @override
    def body(self) -> ShipOrder | None:
        problem = self.fields.problem()
        if problem:
            self.show_problem(problem)
            return None
        return ShipOrder(self.fields.carrier_text, self.fields.tracking_text)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        is_free = self.waiting_for is None
        for widget in (self.fields, self.next_button):
            widget.setEnabled(is_free)
        if is_free:
            self.tracking.setFocus()
