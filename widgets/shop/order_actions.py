"""The dialogs about orders that are open, what they ask for, and how they end."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.contract.orders import Order
from widgets.shop import order_states
from widgets.shop.open_dialogs import OpenDialogs
from widgets.shop.order_dialog import OrderDialog
from widgets.shop.reason_dialogs import CancelDialog, PaidDialog
from widgets.shop.refund_dialog import RefundDialog
from widgets.shop.ship_dialog import After, ShipDialog


class OrderActions(OpenDialogs[OrderDialog]):
    """Opens the dialog for an action, if the order allows it now.

    Attributes:
        next_wanted: emitted with the id of an order that was shipped, when another one is to follow.
    """

    next_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._carrier = ""

    def ask_to_ship(self, order: Order | None, known: Sequence[Order] = ()) -> None:
        """Ask for carrier and tracking number; of the known orders some may lie in the same parcel."""
        if order is not None and order_states.may_ship(order):
            others = order_states.sent_together(order, known)
            self._open(ShipDialog(self._window, order, self._carrier, others))

    def ask_to_cancel(self, order: Order | None) -> None:
        """Ask why the order is called off."""
        if order is not None and order_states.may_cancel(order):
            self._open(CancelDialog(self._window, order))

    def ask_to_refund(self, order: Order | None) -> None:
        """Ask what of the order is paid back, and why."""
        if order is not None and order_states.may_refund(order):
            self._open(RefundDialog(self._window, order))

    def ask_if_paid(self, order: Order | None) -> None:
        """Ask whether the order's money is there."""
        if order is not None and order_states.may_mark_paid(order):
            self._open(PaidDialog(self._window, order))

    @override
    def close_for(self, action: object) -> None:
        for dialog in list(self.open_dialogs):
            if dialog.waiting_for != action:
                continue
            dialog.close_for(action)
            if isinstance(dialog, ShipDialog):
                self._carrier = dialog.carrier.currentText()
                for further in dialog.further():
                    self.action.emit(further)
                if dialog.after is After.NEXT:
                    self.next_wanted.emit(dialog.order.order_id)
