"""Where an order's parcel gets its carrier and its tracking number."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.contract.orders import Order, ShipOrder
from widgets.common.forms import push_button, say
from widgets.common.tokens import icon
from widgets.shop.carrier_fields import CarrierFields
from widgets.shop.order_dialog import OrderAction, OrderDialog
from widgets.shop.ship_lines import ShipLines, ShipTogether


class After(Enum):
    """What comes after a parcel was shipped."""

    CLOSE = auto()
    NEXT = auto()


class ShipDialog(OrderDialog):
    """Enter ships, Ctrl+Enter ships and goes to the next order.

    Attributes:
        after: what was chosen to come then.
        together: the other orders that may lie in the same parcel.
    """

    def __init__(
        self, parent: QWidget, order: Order, carrier: str = "", others: Sequence[Order] = ()
    ) -> None:
        title = QCoreApplication.translate("ShipDialog", "Ship")
        super().__init__(parent, order, title, title, "outline")
        self.after = After.CLOSE
        self.fields = CarrierFields(carrier)
        self.carrier, self.tracking = self.fields.carrier, self.fields.tracking
        self.lines, self.together = ShipLines(order), ShipTogether(others)
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
        self._lay_out(self.lines, self.together, self.fields)
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
        lines = None if self.lines.is_all else self.lines.chosen()
        if lines == []:
            self.show_problem(self.tr("The parcel is empty: put at least one piece into it."))
            return None
        return ShipOrder(self.fields.carrier_text, self.fields.tracking_text, lines)

    def further(self) -> list[OrderAction]:
        """What is to be done with the orders that lie in the same parcel, once this one is sent."""
        wish = ShipOrder(self.fields.carrier_text, self.fields.tracking_text)
        return [
            OrderAction(other.order_id, wish, f"{self.key}-{other.order_id}")
            for other in self.together.chosen
        ]

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        is_free = self.waiting_for is None
        for widget in (self.fields, self.lines, self.together, self.next_button):
            widget.setEnabled(is_free)
        if is_free:
            self.tracking.setFocus()
