"""The rights of assistants: names, meanings, and boxes to choose them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from backend.contract.base import AssistantRight
from widgets.common import plain
from widgets.common.forms import column, label


def right_name(right: AssistantRight) -> str:
    """What a right is called."""
    translate = QCoreApplication.translate
    return {
        AssistantRight.PRODUCTS: translate("Rights", "Products"),
        AssistantRight.PRICES: translate("Rights", "Prices"),
        AssistantRight.CAMPAIGNS: translate("Rights", "Campaigns"),
        AssistantRight.CHAT: translate("Rights", "Chat"),
        AssistantRight.GUESTS: translate("Rights", "Guests"),
        AssistantRight.NUMBERS: translate("Rights", "Numbers"),
        AssistantRight.ORDERS: translate("Rights", "Orders"),
        AssistantRight.REFUNDS: translate("Rights", "Refunds"),
        AssistantRight.PAYMENTS: translate("Rights", "Payments"),
        AssistantRight.CUSTOMERS: translate("Rights", "Customers"),
    }[right]


def right_meaning(right: AssistantRight) -> str:
    """What a right allows, in one line."""
    translate = QCoreApplication.translate
    return {
        AssistantRight.PRODUCTS: translate("Rights", "Show explain cards, change titles and stock"),
        AssistantRight.PRICES: translate("Rights", "Change prices, also while the card is on air"),
        AssistantRight.CAMPAIGNS: translate("Rights", "For campaigns and coupons"),
        AssistantRight.CHAT: translate("Rights", "Write as an assistant, moderate, pin, answer, ask polls"),
        AssistantRight.GUESTS: translate("Rights", "For guests on air; nothing needs it yet"),
        AssistantRight.NUMBERS: translate("Rights", "See the live numbers"),
        AssistantRight.ORDERS: translate("Rights", "See this room's orders, ship, cancel, confirm payments"),
        AssistantRight.REFUNDS: translate("Rights", "Give money back, and cancel paid orders"),
        AssistantRight.PAYMENTS: translate(
            "Rights", "See settlements, and settle money that matches no order"
        ),
        AssistantRight.CUSTOMERS: translate(
            "Rights", "See names, phones and addresses on orders in full, as shipping needs them"
        ),
    }[right]


def rights_text(rights: Iterable[AssistantRight]) -> str:
    """Name rights one after the other."""
    translate = QCoreApplication.translate
    names = [right_name(right) for right in rights]
    return translate("Rights", ", ").join(names) if names else translate("Rights", "none")


class RightsBoxes(QWidget):
    """A box for each right, with what it means below it.

    Attributes:
        changed: something was checked or unchecked.
    """

    changed = Signal()

    def __init__(
        self, rights: Iterable[AssistantRight], offered: Sequence[AssistantRight] = tuple(AssistantRight)
    ) -> None:
        super().__init__()
        checked = set(rights)
        layout = column(spacing=10)
        self.boxes: dict[AssistantRight, QCheckBox] = {}
        for right in offered:
            box = QCheckBox()
            plain.set_text(box, right_name(right))
            box.setChecked(right in checked)
            plain.set_description(box, right_meaning(right))
            box.toggled.connect(self.changed)
            meaning = label(right_meaning(right), "dim")
            meaning.setContentsMargins(24, 0, 0, 0)
            layout.addLayout(column(box, meaning, spacing=1))
            self.boxes[right] = box
        self.setLayout(layout)

    @property
    def rights(self) -> Sequence[AssistantRight]:
        """Those that are checked, in the order of all."""
        return [right for right, box in self.boxes.items() if box.isChecked()]
