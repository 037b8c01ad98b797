"""Where money of an order is given back: units of its lines, or the whole order, which is called off then."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.orders import Order, OrderLine, ParcelLine
from backend.contract.refunds import CancelAndRefund, RefundOrder
from widgets.common import plain
from widgets.common.forms import caption, column, label, row
from widgets.common.money import amount_text
from widgets.shop import order_states
from widgets.shop.order_dialog import OrderDialog


class RefundDialog(OrderDialog):
    """Asks which units are paid back and why.

    Attributes:
        whole: whether the order is called off, too; only where nothing of it was sent.
        units: how many units of each line are paid back.
    """

    def __init__(self, parent: QWidget, order: Order) -> None:
        title = QCoreApplication.translate("RefundDialog", "Refund")
        super().__init__(parent, order, title, title, "end")
        may_call_off = order_states.may_call_off(order)
        self.whole = QCheckBox()
        plain.set_text(self.whole, self.tr("All of it, and cancel the order: nothing was sent yet"))
        self.whole.setVisible(may_call_off)
        self.whole.setChecked(may_call_off)
        self.units = {line.line: self._spin_box(line) for line in order.lines if _left(line)}
        self.goods = label("", "dim")
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        plain.set_name(self.reason, self.tr("Reason"))
        self.whole.toggled.connect(self._show_units)
        hint = label(
            self.tr("The money goes back the way it came. Units that were not sent can be sold again."), "dim"
        )
        hint.setWordWrap(True)
        lines = [self._row(line) for line in order.lines if _left(line)]
        reason = column(caption(self.tr("Reason"), self.reason), self.reason, spacing=4)
        self._lay_out(hint, self.whole, column(*lines, spacing=6), self.goods, reason)
        self._show_units()
        self.reason.setFocus()

    def _spin_box(self, line: OrderLine) -> QSpinBox:
        made = QSpinBox()
        made.setRange(0, _left(line))
        made.setValue(_left(line))
        plain.set_name(made, self.tr("Units of {title}").format(title=line.title))
        made.valueChanged.connect(self._show_goods)
        return made

    def _row(self, line: OrderLine) -> QWidget:
        made, title = QWidget(), label(line.title)
        title.setWordWrap(True)
        layout = row(title, self.units[line.line])
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def _show_units(self) -> None:
        is_free = self.waiting_for is None
        for box in self.units.values():
            box.setEnabled(is_free and not self.whole.isChecked())
        self._show_goods()

    def _show_goods(self) -> None:
        minor = sum(_worth(line, self._wanted_of(line)) for line in self._order.lines)
        text = self.tr("Goods: {amount}").format(amount=amount_text(minor, self._order.currency))
        plain.set_text(self.goods, text)

    def _wanted_of(self, line: OrderLine) -> int:
        if self.whole.isChecked():
            return _left(line)
        return self.units[line.line].value() if line.line in self.units else 0

    @override
    def body(self) -> RefundOrder | CancelAndRefund | None:
        reason = self.reason.text().strip()
        if not reason:
            self.show_problem(self.tr("Give a reason: the buyer sees it."))
            self.reason.setFocus()
            return None
        if self.whole.isChecked():
            return CancelAndRefund(reason)
        lines = [ParcelLine(line, box.value()) for line, box in self.units.items() if box.value()]
        if not lines:
            self.show_problem(self.tr("Choose at least one unit that is paid back."))
            return None
        return RefundOrder(reason, lines)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        for widget in (self.reason, self.whole):
            widget.setEnabled(self.waiting_for is None)
        self._show_units()


def _left(line: OrderLine) -> int:
    return line.quantity - line.refunded


def _worth(line: OrderLine, units: int) -> int:
    """Return what units are worth after those before them, as the shop rounds it."""
    net, quantity, refunded = line.net_minor, line.quantity, line.refunded
    return net * (refunded + units) // quantity - net * refunded // quantity
