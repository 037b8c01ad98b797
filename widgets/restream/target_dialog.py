"""Asks where a platform takes broadcasts."""

from dataclasses import dataclass
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from widgets.common import plain
from widgets.common.forms import caption, column, form, label, push_button, row, say
from widgets.restream.target import MAX_NAME, Target, is_address

WIDTH: Final = 460


@dataclass(frozen=True)
class _Field:
    caption: str
    edit: QLineEdit


class TargetDialog(QDialog):
    """Shows a target and gives it back as it was typed; opened with `open()`.

    Args:
        parent: the dialog it belongs to.
        target: what is edited, or a new one.

    Attributes:
        chosen: emitted with a `Target`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, target: Target) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Platform"))
        self.setMinimumWidth(WIDTH)
        self._target = target
        self.name, self.server, self.key = (QLineEdit(), QLineEdit(), QLineEdit())
        self.name.setMaxLength(MAX_NAME)
        plain.set_text(self.name, target.name)
        plain.set_text(self.server, target.server)
        plain.set_placeholder(self.server, "rtmp://live.example.com/app")
        plain.set_text(self.key, target.key)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        rows = form()
        for field in (
            _Field(self.tr("Name"), self.name),
            _Field(self.tr("Server"), self.server),
            _Field(self.tr("Stream key"), self.key),
        ):
            rows.addRow(caption(field.caption, field.edit), field.edit)
        hint = label(
            self.tr("The platform shows both where you create a live there. Keep the key secret."), "faint"
        )
        hint.setWordWrap(True)
        self.error = label()
        self.error.setProperty("tone", "bad")
        self.error.setWordWrap(True)
        self.error.hide()
        self.save_button, self.cancel_button = push_button(), push_button()
        self.save_button.setProperty("primary", "true")
        self.save_button.setDefault(True)
        say(self.save_button, self.tr("Save"))
        say(self.cancel_button, self.tr("Cancel"))
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.reject)
        buttons = row(self.cancel_button, self.save_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(rows, hint, self.error, buttons, margin=16, spacing=12))

    def _save(self) -> None:
        name, server = self.name.text().strip(), self.server.text().strip()
        key = self.key.text().strip()
        if not is_address(server) or any(letter.isspace() for letter in key):
            text = self.tr("The server's address must begin with rtmp:// or rtmps://, without spaces.")
            plain.set_text(self.error, text)
            self.error.show()
            return
        named = name or server.split("/")[2]
        self.chosen.emit(msgspec.structs.replace(self._target, name=named, server=server, key=key))
        self.accept()
