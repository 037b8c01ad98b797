"""Asks for confirmation before an action that cannot be undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say


class ConfirmDialog(QDialog):
    """Asks with a title, a sentence, and two buttons; open it with `open()` and connect `accepted`.

    Never `exec()`: a nested loop under qasync breaks running tasks for good.
    """

    def __init__(self, parent: QWidget, title: str, text: str, accept: str, reject: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain.set_title(self, title)
        heading = label(title, "title")
        sentence = label(text, "dim")
        sentence.setWordWrap(True)
        self.reject_button = push_button()
        self.accept_button = push_button()
        self.accept_button.setProperty("primary", "true")
        say(self.reject_button, reject)
        say(self.accept_button, accept)
        self.reject_button.setDefault(True)
        self.reject_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        buttons = row(self.reject_button, self.accept_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(heading, sentence, buttons, margin=22, spacing=16))
        self.setMinimumWidth(420)
