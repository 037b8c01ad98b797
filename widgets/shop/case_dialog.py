"""What dialogs about one case share: what it asks for, and a key for each thing that is to be done."""

import hashlib
import uuid
from dataclasses import dataclass

import msgspec
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.cases import AnswerCase, Case, DeclineCase, ReceiveCase, RefundCase, SendBack
from backend.contract.orders import Order
from widgets.common import plain
from widgets.common.forms import caption, column, label
from widgets.shop import case_texts, order_texts
from widgets.shop.case_states import CaseStep
from widgets.shop.shop_dialog import ShopDialog

CaseBody = AnswerCase | DeclineCase | ReceiveCase | RefundCase | SendBack


@dataclass(frozen=True)
class CaseAction:
    """What is to be done with a case.

    Attributes:
        key: the same for each try of the same thing, so that it is done once.
    """

    case_id: str
    order_id: str
    body: CaseBody
    key: str


class CaseDialog(ShopDialog):
    """A title with the order's number, what a subclass adds, and two buttons; open it with `open()`.

    Attributes:
        reason: what the case's history keeps; the buyer sees it.
    """

    def __init__(self, parent: QWidget, case: Case, order: Order, step: CaseStep, kind: str) -> None:
        title = case_texts.step_text(step)
        heading = f"{title} · {order_texts.number_text(order.number)}"
        super().__init__(parent, heading, title, kind)
        self.case, self.order = case, order
        self._heading = heading
        self._key = uuid.uuid4().hex
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)

    def _lay_out(self, hint: str, *content: QWidget | QLayout) -> None:
        case = self.case
        kind, worth = case_texts.kind_text(case.kind), case_texts.worth_text(case)
        about = " · ".join((kind, self.order.address.name, case_texts.units_text(case), worth))
        parts = (label(self._heading, "title"), _wrapped(about), _wrapped(hint))
        self.setLayout(column(*parts, *content, self.problem, self.buttons, margin=20, spacing=14))

    def _reason_field(self, text: str) -> QLayout:
        plain.set_name(self.reason, text)
        return column(caption(text, self.reason), self.reason, spacing=4)

    @property
    def reason_text(self) -> str:
        """What was written as the reason."""
        return self.reason.text().strip()

    def body(self) -> CaseBody | None:
        """What is to be done, from the fields; None where something is wrong, which it has shown."""
        raise NotImplementedError

    @override
    def wanted(self) -> CaseAction | None:
        body = self.body()
        if body is None:
            return None
        digest = hashlib.sha256(msgspec.json.encode(body)).hexdigest()[:16]
        return CaseAction(self.case.case_id, self.case.order_id, body, f"{self._key}-{digest}")

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        self.reason.setEnabled(self.waiting_for is None)


def _wrapped(text: str) -> QWidget:
    made = label(text, "dim")
    made.setWordWrap(True)
    return made
