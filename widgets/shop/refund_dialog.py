"""Where money of an order is given back: units of its lines and shipping, or all of it, called off then."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.orders import Order, OrderLine, ParcelLine
from backend.contract.refunds import CancelAndRefund, RefundOrder
from widgets.common import plain
from widgets.common.forms import caption, column, label, row
from widgets.common.money import amount_text, read_amount, typed_amount
from widgets.shop import order_states
from widgets.shop.order_dialog import OrderDialog


class RefundDialog(OrderDialog):
    """Asks which units are paid back, how much of the shipping, and why.

    Attributes:
        whole: whether the order is called off, too; only where nothing of it was sent.
        units: how many units of each line are paid back; none of a cancelled order, they went back with it.
        shipping: how much of the shipping is paid back; hidden where none is left.
        sums: what goes back.
    """

    def __init__(self, parent: QWidget, order: Order) -> None:
        title = QCoreApplication.translate("RefundDialog", "Refund")
        super().__init__(parent, order, title, title, "end")
        may_call_off = order_states.may_call_off(order)
        self.whole = QCheckBox()
        plain.set_text(self.whole, self.tr("All of it, and cancel the order: nothing was sent yet"))
        self.whole.setVisible(may_call_off)
        self.whole.setChecked(may_call_off)
        self._lines = order_states.refundable_lines(order)
        self.units = {line.line: self._spin_box(line) for line in self._lines}
        self.shipping = self._shipping_field()
        self.sums = label("", "dim")
        self.sums.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        plain.set_name(self.reason, self.tr("Reason"))
        self.whole.toggled.connect(self._show_units)
        hint = label(self._hint(), "dim")
        hint.setWordWrap(True)
        rows = column(*(self._row(line.title, self.units[line.line]) for line in self._lines), spacing=6)
        shipping = column(caption(self._shipping_name(), self.shipping), self.shipping, spacing=4)
        fields = [shipping] if order.shipping_left_minor else []
        reason = column(caption(self.tr("Reason"), self.reason), self.reason, spacing=4)
        self._lay_out(hint, self.whole, rows, *fields, self.sums, reason)
        self._show_units()
        self.reason.setFocus()

    def _hint(self) -> str:
        if self._lines:
            return self.tr("The money goes back the way it came. Units that were not sent can be sold again.")
        return self.tr("The money goes back the way it came. All units went back already.")

    def _spin_box(self, line: OrderLine) -> QSpinBox:
        made = QSpinBox()
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made.setRange(0, _left(line))
        made.setValue(_left(line))
        plain.set_name(made, self.tr("Units of {title}").format(title=line.title))
        made.valueChanged.connect(self._show_sums)
        return made

    def _shipping_field(self) -> QLineEdit:
        made, order = QLineEdit(), self._order
        made.setPlaceholderText(self.tr("Empty: all of it, if nothing was ever sent and nothing is left"))
        if not self._lines:  # there is nothing else to give back
            plain.set_text(made, typed_amount(order.shipping_left_minor, order.currency))
        plain.set_name(made, self._shipping_name())
        made.textChanged.connect(self._show_sums)
        return made

    def _shipping_name(self) -> str:
        most = amount_text(self._order.shipping_left_minor, self._order.currency)
        return self.tr("Shipping to pay back, at most {amount}").format(amount=most)

    def _row(self, text: str, field: QWidget) -> QWidget:
        made, title = QWidget(), label(text)
        title.setWordWrap(True)
        layout = row(title, field)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def _show_units(self) -> None:
        is_free = self.waiting_for is None and not self.whole.isChecked()
        for box in (*self.units.values(), self.shipping):
            box.setEnabled(is_free)
        self._show_sums()

    def _show_sums(self) -> None:
        goods, currency = self._goods_minor(), self._order.currency
        if self.whole.isChecked():
            text = self.tr("Goods: {amount}, and the shipping that no other order of the parcel needs")
            text = text if self._order.shipping_left_minor else self.tr("Goods: {amount}")
            plain.set_text(self.sums, text.format(amount=amount_text(goods, currency)))
            return
        shipping = self._shipping_minor()
        text = self.tr("Goods: {amount}")
        if self.shipping.text().strip() and shipping is not None:
            text = self.tr("Goods: {amount} · Shipping: {shipping} · In all: {sum}")
        sums = {"amount": goods, "shipping": shipping or 0, "sum": goods + (shipping or 0)}
        shown = {name: amount_text(minor, currency) for name, minor in sums.items()}
        plain.set_text(self.sums, text.format(**shown))

    def _goods_minor(self) -> int:
        return sum(_worth(line, self._wanted_of(line)) for line in self._lines)

    def _shipping_minor(self) -> int | None:
        """Return what is typed of the shipping; None where that cannot be."""
        minor = read_amount(self.shipping.text().strip(), self._order.currency)
        return minor if minor is not None and minor <= self._order.shipping_left_minor else None

    def _wanted_of(self, line: OrderLine) -> int:
        return _left(line) if self.whole.isChecked() else self.units[line.line].value()

    @override
    def body(self) -> RefundOrder | CancelAndRefund | None:
        reason = self.reason.text().strip()
        if not reason:
            self.show_problem(self.tr("Give a reason: the buyer sees it."))
            self.reason.setFocus()
            return None
        return CancelAndRefund(reason) if self.whole.isChecked() else self._part(reason)

    def _part(self, reason: str) -> RefundOrder | None:
        shipping_minor, is_typed = self._shipping_minor(), bool(self.shipping.text().strip())
        if is_typed and shipping_minor is None:
            most = typed_amount(self._order.shipping_left_minor, self._order.currency)
            self.show_problem(
                self.tr("Write a sum from 0 to {most} for the shipping, or nothing.").format(most=most)
            )
            self.shipping.setFocus()
            return None
        lines = [ParcelLine(line, box.value()) for line, box in self.units.items() if box.value()]
        if not lines and not shipping_minor:
            self.show_problem(self._nothing_chosen())
            return None
        return RefundOrder(reason, lines, shipping_minor)

    def _nothing_chosen(self) -> str:
        if self._order.shipping_left_minor:
            return self.tr("Choose at least one unit that is paid back, or write a sum for the shipping.")
        return self.tr("Choose at least one unit that is paid back.")

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
