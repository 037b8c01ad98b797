"""The form of a new API token: its name and rights."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from backend.contract.api_tokens import MAX_NAME, RIGHTS, NewApiToken
from backend.contract.base import AssistantRight
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.staff.rights import RightsBoxes


class NewTokenDialog(QDialog):
    """Asks for name and rights; open it with `open()`.

    Args:
        before: what was wanted before, where the backend refused it.

    Attributes:
        wanted: emitted with a `NewApiToken`.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget, before: NewApiToken | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("New API token")
        plain.set_title(self, title)
        self.name = QLineEdit(before.name if before else "")
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText(self.tr("Till at the counter"))
        plain.set_name(self.name, self.tr("What will use the token?"))
        self.boxes = RightsBoxes(before.rights if before else [AssistantRight.ORDERS], RIGHTS)
        cancel, self.make_button = push_button(), push_button()
        say(cancel, self.tr("Cancel"))
        say(self.make_button, self.tr("Make the token"))
        self.make_button.setProperty("primary", "true")
        self.make_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.make_button.clicked.connect(self._make)
        self.name.textChanged.connect(self._check)
        self.boxes.changed.connect(self._check)
        buttons = row(cancel, self.make_button)
        buttons.insertStretch(0, 1)
        question = label(self.tr("What will use the token?"))
        parts = (label(title, "title"), question, self.name, self.boxes, buttons)
        self.setLayout(column(*parts, margin=22, spacing=14))
        self.setMinimumWidth(480)
        self._check()

    def _check(self) -> None:
        self.make_button.setEnabled(bool(self.name.text().strip()) and bool(self.boxes.rights))

    def _make(self) -> None:
        self.wanted.emit(NewApiToken(self.name.text().strip(), list(self.boxes.rights)))
        self.accept()
