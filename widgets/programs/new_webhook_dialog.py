"""The form of a new webhook target: its address and events."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from backend.contract.outgoing_webhooks import MAX_URL, NewWebhookTarget, OrderEvent
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say


def event_name(event: OrderEvent) -> str:
    """What an event is called."""
    translate = QCoreApplication.translate
    return {
        OrderEvent.PAID: translate("Webhooks", "Order paid"),
        OrderEvent.SHIPPED: translate("Webhooks", "Order shipped"),
        OrderEvent.REFUNDED: translate("Webhooks", "Order refunded"),
    }[event]


class NewWebhookDialog(QDialog):
    """Asks for address and events; open it with `open()`.

    Args:
        before: what was wanted before, where the backend refused it.

    Attributes:
        wanted: emitted with a `NewWebhookTarget`.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget, before: NewWebhookTarget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("New webhook")
        plain.set_title(self, title)
        self.url = QLineEdit(before.url if before else "")
        self.url.setMaxLength(MAX_URL)
        self.url.setPlaceholderText("https://till.example.com/hook")
        plain.set_name(self.url, self.tr("Address of the program"))
        checked = before.events if before else list(OrderEvent)
        self.boxes = {event: QCheckBox() for event in OrderEvent}
        for event, box in self.boxes.items():
            plain.set_text(box, event_name(event))
            box.setChecked(event in checked)
            box.toggled.connect(self._check)
        cancel, self.add_button = push_button(), push_button()
        say(cancel, self.tr("Cancel"))
        say(self.add_button, self.tr("Add the webhook"))
        self.add_button.setProperty("primary", "true")
        self.add_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.add_button.clicked.connect(self._add)
        self.url.textChanged.connect(self._check)
        buttons = row(cancel, self.add_button)
        buttons.insertStretch(0, 1)
        question = label(self.tr("Address of the program"))
        boxes = self.boxes.values()
        self.setLayout(
            column(label(title, "title"), question, self.url, *boxes, buttons, margin=22, spacing=14)
        )
        self.setMinimumWidth(480)
        self._check()

    @property
    def events(self) -> list[OrderEvent]:
        """Those that are checked."""
        return [event for event, box in self.boxes.items() if box.isChecked()]

    def _check(self) -> None:
        self.add_button.setEnabled(bool(self.url.text().strip()) and bool(self.events))

    def _add(self) -> None:
        self.wanted.emit(NewWebhookTarget(self.url.text().strip(), self.events))
        self.accept()
