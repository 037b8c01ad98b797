"""Asks for a name."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say

_LONGEST: Final = 24


class NameDialog(QDialog):
    """Asks for a name that is not empty; open it with `open()`.

    Attributes:
        named: emitted with the name, without blanks around it.
    """

    named = Signal(str)

    def __init__(
        self, parent: QWidget, title: str, accept: str, name: str = "", longest: int = _LONGEST
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain.set_title(self, title)
        self.name = QLineEdit(name)
        self.name.setMaxLength(longest)
        plain.set_name(self.name, title)
        self.name.selectAll()
        self.name.textChanged.connect(self._on_text_changed)
        self.reject_button = push_button()
        self.accept_button = push_button()
        self.accept_button.setProperty("primary", "true")
        self.accept_button.setDefault(True)
        say(self.reject_button, self.tr("Cancel"))
        say(self.accept_button, accept)
        self.reject_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        self.accepted.connect(lambda: self.named.emit(self.name.text().strip()))
        buttons = row(self.reject_button, self.accept_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(label(title, "title"), self.name, buttons, margin=22, spacing=16))
        self.setMinimumWidth(340)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        self.accept_button.setEnabled(bool(self.name.text().strip()))
