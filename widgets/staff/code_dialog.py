"""The code of an invitation, its link and what the assistant does with them; shown once."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.qr import QrCode

QR_SIDE: Final = 168
COMMAND: Final = "make run ARGS=assist"


@dataclass(frozen=True)
class MadeCode:
    """What is handed to the assistant.

    Attributes:
        works_for: how long the code can be used, in words.
        is_local: the link leads nowhere but on this computer.
    """

    code: str
    link: str
    works_for: str
    is_local: bool


class CodeDialog(QDialog):
    """Shows what the room itself does not know and the host has to pass on; open it with `open()`."""

    def __init__(self, parent: QWidget, made: MadeCode) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Invitation"))
        self.once = _wrapped(
            self.tr(
                "This is shown only once: nobody keeps the code. If it gets lost, take the invitation back "
                "and invite anew. It lets one person in, within {span}."
            ).format(span=made.works_for)
        )
        set_tone(self.once, "warn")
        self.local_note = _wrapped(
            self.tr(
                "The link works on this computer only. For another PC choose Settings → Network → Let phones "
                "on this network watch, then invite anew."
            )
        )
        set_tone(self.local_note, "bad")
        self.local_note.setVisible(made.is_local)
        self.code = Copied(made.code, self.tr("Code"), self.tr("Copy the code"))
        self.code.line.setFont(_large(self.code.line.font()))
        self.link = Copied(made.link, self.tr("Link"), self.tr("Copy the link"))
        steps = self.tr("On the other PC type this, then enter the link, or the address and the code:")
        self.command = Copied(COMMAND, steps, self.tr("Copy the command"))
        self.qr = QrCode(QR_SIDE)
        self.qr.set_text(made.link)
        self.qr.setAccessibleName(self.tr("QR code of the link"))
        self._lay_out()
        self.setMinimumWidth(700)

    def _lay_out(self) -> None:
        heading = label(self.tr("Pass this on to your assistant"), "title")
        fields = column(self.code, self.link, spacing=12)
        fields.addStretch(1)
        body = row(self.qr, fields, spacing=18)
        body.setStretch(1, 1)
        self.close_button = push_button()
        say(self.close_button, self.tr("I passed it on"))
        self.close_button.clicked.connect(self.accept)
        foot = row(self.close_button)
        foot.insertStretch(0, 1)
        parts = (heading, self.once, self.local_note, body, self.command, foot)
        self.setLayout(column(*parts, margin=22, spacing=16))


class Copied(QWidget):
    """A text with its title above and a button that puts it on the clipboard."""

    def __init__(self, text: str, title: str, copy: str) -> None:
        super().__init__()
        self.line = QLineEdit(text)
        self.line.setReadOnly(True)
        self.line.setCursorPosition(0)
        plain.set_name(self.line, title)
        self.copy_button = push_button("fa5s.copy")
        say(self.copy_button, self.tr("Copy"), copy)
        self.copy_button.clicked.connect(self._copy)
        line = row(self.line, self.copy_button)
        line.setStretch(0, 1)
        self.setLayout(column(_wrapped(title), line, spacing=6))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        say(self.copy_button, self.tr("Copied"), self.copy_button.toolTip())


def _wrapped(text: str) -> QLabel:
    made = label(text, "dim")
    made.setWordWrap(True)
    return made


def _large(font: QFont) -> QFont:
    """A font in which no letter is mistaken for another one."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(font.pixelSize() + 9)
    return made
