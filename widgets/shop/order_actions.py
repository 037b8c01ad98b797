"""The dialogs about orders that are open, what they ask for, and how they end."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.orders import Order
from widgets.shop import order_states
from widgets.shop.order_dialog import OrderAction, OrderDialog
from widgets.shop.reason_dialogs import CancelDialog, PaidDialog
from widgets.shop.ship_dialog import After, ShipDialog


class OrderActions(QObject):
    """Opens the dialog for an action, if the order allows it now.

    Attributes:
        action: emitted with an `OrderAction`; the answer comes by `close_for` or `give_back`.
        next_wanted: emitted with the id of an order that was shipped, when another one is to follow.
        open_dialogs: what is open now.
    """

    action = Signal(object)
    next_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._carrier = ""
        self.open_dialogs: list[OrderDialog] = []

    def ask_to_ship(self, order: Order | None) -> None:
        """Ask for carrier and tracking number."""
        if order is not None and order_states.may_ship(order):
            self._open(ShipDialog(self._window, order, self._carrier))

    def ask_to_cancel(self, order: Order | None) -> None:
        """Ask why the order is called off."""
        if order is not None and order_states.may_cancel(order):
            self._open(CancelDialog(self._window, order))

    def ask_if_paid(self, order: Order | None) -> None:
        """Ask whether the order's money is there."""
        if order is not None and order_states.may_mark_paid(order):
            self._open(PaidDialog(self._window, order))

    def close_for(self, action: OrderAction) -> None:
        """Close the dialog whose action was carried out."""
        for dialog in list(self.open_dialogs):
            if dialog.waiting_for != action:
                continue
            dialog.close_for(action)
            if isinstance(dialog, ShipDialog):
                self._carrier = dialog.carrier.currentText()
                if dialog.after is After.NEXT:
                    self.next_wanted.emit(action.order_id)

    def give_back(self, action: OrderAction, why: str) -> None:
        """Let the refused action be corrected or tried again."""
        for dialog in list(self.open_dialogs):
            dialog.give_back(action, why)

    def close_all(self) -> None:
        """Close all: their orders are gone."""
        for dialog in list(self.open_dialogs):
            dialog.reject()

    def _open(self, dialog: OrderDialog) -> None:
        dialog.action.connect(self.action)
        self.open_dialogs.append(dialog)
        dialog.finished.connect(lambda: self.open_dialogs.remove(dialog))
        dialog.open()
