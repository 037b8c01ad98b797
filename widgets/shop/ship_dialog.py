"""Where an order's parcel gets its carrier and its tracking number."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.orders import Order, ShipOrder
from widgets.common import plain
from widgets.common.forms import caption, column, combo, push_button, row, say
from widgets.common.tokens import icon
from widgets.shop.order_dialog import OrderDialog

MAX_CODE: Final = 64
_SPACES: Final = re.compile(r"\s+")


class After(Enum):
    """What comes after a parcel was shipped."""

    CLOSE = auto()
    NEXT = auto()


def carriers() -> Sequence[str]:
    """Carriers that are offered; any other may be typed."""
    translate = QCoreApplication.translate
    return (
        translate("Carrier", "SF Express"),
        translate("Carrier", "ZTO Express"),
        translate("Carrier", "YTO Express"),
        translate("Carrier", "STO Express"),
        translate("Carrier", "Yunda Express"),
        translate("Carrier", "JD Logistics"),
        translate("Carrier", "J&T Express"),
        translate("Carrier", "EMS"),
        translate("Carrier", "Deppon"),
        "DHL",
        "FedEx",
        "UPS",
    )


class ShipDialog(OrderDialog):
    """Enter ships, Ctrl+Enter ships and goes to the next order.

    Attributes:
        after: what was chosen to come then.
    """

    def __init__(self, parent: QWidget, order: Order, carrier: str = "") -> None:
        title = QCoreApplication.translate("ShipDialog", "Ship")
        super().__init__(parent, order, title, title, "outline")
        self.after = After.CLOSE
        self.carrier = combo()
        edit = QLineEdit()
        edit.setMaxLength(MAX_CODE)
        self.carrier.setEditable(True)
        self.carrier.setLineEdit(edit)
        for name in carriers():
            plain.add_entry(self.carrier, name, name)
        self.carrier.setCurrentText(carrier or carriers()[0])
        self.tracking = QLineEdit()
        self.tracking.setMaxLength(MAX_CODE)
        self.tracking.setPlaceholderText(self.tr("A scanner can type it"))
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
        self._fields()

    def _fields(self) -> None:
        names = (self.tr("Carrier"), self.tr("Tracking number"))
        for widget, name in zip((self.carrier, self.tracking), names, strict=True):
            plain.set_name(widget, name)
        fields = row(
            column(caption(names[0], self.carrier), self.carrier, spacing=4),
            column(caption(names[1], self.tracking), self.tracking, spacing=4),
            spacing=12,
        )
        fields.setStretch(1, 1)
        self._lay_out(fields)
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
        carrier = " ".join(self.carrier.currentText().split())
        tracking = _SPACES.sub("", self.tracking.text())  # scanners and people put spaces in
        if not carrier:
            self.show_problem(self.tr("Name the carrier."))
            self.carrier.setFocus()
            return None
        if not tracking:
            self.show_problem(self.tr("Give the tracking number: the buyer follows the parcel by it."))
            self.tracking.setFocus()
            return None
        return ShipOrder(carrier, tracking)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        is_free = self.waiting_for is None
        for widget in (self.carrier, self.tracking, self.next_button):
            widget.setEnabled(is_free)
        if is_free:
            self.tracking.setFocus()
