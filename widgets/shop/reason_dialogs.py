"""Where an order is called off, or its money is confirmed, with the reason that its history keeps."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.orders import CancelOrder, MarkPaid, Order
from widgets.common import plain
from widgets.common.forms import caption, column, label
from widgets.common.money import amount_text
from widgets.shop import order_texts
from widgets.shop.order_dialog import OrderDialog


class CancelDialog(OrderDialog):
    """Asks why an order is called off; without a reason it is not."""

    def __init__(self, parent: QWidget, order: Order) -> None:
        translate = QCoreApplication.translate
        title = translate("CancelDialog", "Cancel the order")
        super().__init__(parent, order, title, title, "end")
        hint = _hint(self.tr("The buyer sees the reason. What was held for the order can be sold again."))
        self.reason = _reason()
        plain.set_name(self.reason, self.tr("Reason"))
        self._lay_out(hint, column(caption(self.tr("Reason"), self.reason), self.reason, spacing=4))
        self.reason.setFocus()

    @override
    def body(self) -> CancelOrder | None:
        reason = self.reason.text().strip()
        if not reason:
            self.show_problem(self.tr("Give a reason: the buyer asks for it otherwise."))
            self.reason.setFocus()
            return None
        return CancelOrder(reason)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        self.reason.setEnabled(self.waiting_for is None)


class PaidDialog(OrderDialog):
    """Confirms that the money of a transfer, or of cash on delivery, is there."""

    def __init__(self, parent: QWidget, order: Order) -> None:
        translate = QCoreApplication.translate
        title = translate("PaidDialog", "Mark as paid")
        super().__init__(parent, order, title, title, "primary")
        amount = amount_text(order.total_minor, order.currency)
        method = order_texts.method_text(order.method)
        hint = _hint(
            self.tr("{method}: confirm that {amount} is there.").format(method=method, amount=amount)
        )
        self.reason = _reason()
        self.reason.setPlaceholderText(self.tr("Such as the reference on the bank's statement"))
        plain.set_name(self.reason, self.tr("Remark"))
        self._lay_out(hint, column(caption(self.tr("Remark"), self.reason), self.reason, spacing=4))
        self.reason.setFocus()

    @override
    def body(self) -> MarkPaid:
        return MarkPaid(self.reason.text().strip())

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        self.reason.setEnabled(self.waiting_for is None)


def _reason() -> QLineEdit:
    made = QLineEdit()
    made.setMaxLength(MAX_REASON)
    return made


def _hint(text: str) -> QWidget:
    made = label(text, "dim")
    made.setWordWrap(True)
    return made
