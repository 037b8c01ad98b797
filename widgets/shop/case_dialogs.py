"""Where a case is approved, declined, received, refunded or replaced."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.cases import AnswerCase, Case, CaseKind, DeclineCase, ReceiveCase, RefundCase, SendBack
from backend.contract.orders import Order, ParcelLine
from widgets.common import plain
from widgets.common.forms import caption, column, label
from widgets.common.money import amount_text, read_amount, typed_amount
from widgets.shop import order_texts
from widgets.shop.carrier_fields import CarrierFields
from widgets.shop.case_dialog import CaseDialog
from widgets.shop.case_states import CaseStep


class ApproveDialog(CaseDialog):
    """Grants what the buyer asks for, with a word to them where one is wanted."""

    def __init__(self, parent: QWidget, case: Case, order: Order) -> None:
        super().__init__(parent, case, order, CaseStep.APPROVE, "primary")
        if case.kind is CaseKind.REFUND_ONLY:
            hint = self.tr("The next step is to refund it. An approval cannot be taken back.")
        else:
            hint = self.tr(
                "The buyer then sends the goods back within 7 days, to the address of Settings → Shipping. "
                "Where none is set, write it here."
            )
        self._lay_out(hint, self._reason_field(self.tr("Word to the buyer, if any")))
        self.reason.setFocus()

    @override
    def body(self) -> AnswerCase:
        return AnswerCase(self.reason_text)


class DeclineDialog(CaseDialog):
    """Refuses what the buyer asks for; without a reason it does not."""

    def __init__(self, parent: QWidget, case: Case, order: Order) -> None:
        super().__init__(parent, case, order, CaseStep.DECLINE, "end")
        hint = self.tr("The buyer sees the reason. They can open another case while the time for it runs.")
        self._lay_out(hint, self._reason_field(self.tr("Reason")))
        self.reason.setFocus()

    @override
    def body(self) -> DeclineCase | None:
        if not self.reason_text:
            self.show_problem(self.tr("Give a reason: the buyer is owed one."))
            self.reason.setFocus()
            return None
        return DeclineCase(self.reason_text)


class ReceiveDialog(CaseDialog):
    """Notes that goods came back, and how many of them are for sale again.

    Attributes:
        restock: the field of each line, by its number.
    """

    def __init__(self, parent: QWidget, case: Case, order: Order) -> None:
        super().__init__(parent, case, order, CaseStep.RECEIVE, "primary")
        self.restock: dict[int, QSpinBox] = {}
        hint = self.tr("How many of them are for sale again? The others stay out of the stock.")
        self._lay_out(hint, self._lines(), self._reason_field(self.tr("Remark")))

    def _lines(self) -> QLayout:
        titles = {line.line: line.title for line in self.order.lines}
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for number, line in enumerate(self.case.lines):
            title = titles.get(line.line, "")
            words, field = label(title), QSpinBox()
            words.setWordWrap(True)
            field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            field.setRange(0, line.quantity)
            field.setValue(line.quantity)
            plain.set_name(field, self.tr("For sale again: {title}").format(title=title))
            grid.addWidget(words, number, 0)
            grid.addWidget(field, number, 1)
            grid.addWidget(label(self.tr("of {n}").format(n=line.quantity), "dim"), number, 2)
            self.restock[line.line] = field
        return grid

    @override
    def body(self) -> ReceiveCase:
        counted = [(line, field.value()) for line, field in self.restock.items()]
        return ReceiveCase([ParcelLine(line, units) for line, units in counted if units], self.reason_text)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        for field in self.restock.values():
            field.setEnabled(self.waiting_for is None)


class RefundCaseDialog(CaseDialog):
    """Gives the money of the units back, and what is typed of the shipping."""

    def __init__(self, parent: QWidget, case: Case, order: Order) -> None:
        super().__init__(parent, case, order, CaseStep.REFUND, "primary")
        goods = amount_text(case.goods_minor, case.currency)
        how = order_texts.method_text(order.method)
        hint = self.tr("{amount} for the goods go back by the way they came ({method}).")
        self.shipping = QLineEdit()
        self.shipping.setPlaceholderText(self.tr("Empty: all of it, if nothing was ever sent"))
        name = self.tr("Shipping to pay back, at most {amount}")
        name = name.format(amount=amount_text(order.shipping_left_minor, order.currency))
        plain.set_name(self.shipping, name)
        shipping = column(caption(name, self.shipping), self.shipping, spacing=4)
        fields = [shipping] if order.shipping_left_minor else []
        self._lay_out(hint.format(amount=goods, method=how), *fields, self._reason_field(self.tr("Remark")))
        self.reason.setFocus()

    @override
    def body(self) -> RefundCase | None:
        text, order = self.shipping.text().strip(), self.order
        if not text:
            return RefundCase(None, self.reason_text)
        minor = read_amount(text, order.currency)
        if minor is None or minor > order.shipping_left_minor:
            most = typed_amount(order.shipping_left_minor, order.currency)
            self.show_problem(self.tr("Write a sum from 0 to {most}, or nothing.").format(most=most))
            self.shipping.setFocus()
            return None
        return RefundCase(minor, self.reason_text)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        self.shipping.setEnabled(self.waiting_for is None)


class ReplaceDialog(CaseDialog):
    """Sends the goods of an exchange once more."""

    def __init__(self, parent: QWidget, case: Case, order: Order) -> None:
        super().__init__(parent, case, order, CaseStep.REPLACE, "primary")
        self.fields = CarrierFields()
        self._lay_out(self.tr("The same goods leave the stock once more."), self.fields)
        self.fields.tracking.setFocus()

    @override
    def body(self) -> SendBack | None:
        problem = self.fields.problem()
        if problem:
            self.show_problem(problem)
            return None
        return SendBack(self.fields.carrier_text, self.fields.tracking_text)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        self.fields.setEnabled(self.waiting_for is None)
