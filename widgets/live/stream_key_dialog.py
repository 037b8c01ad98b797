"""A new stream key and the address that goes with it; shown once."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.staff.code_dialog import Copied


@dataclass(frozen=True)
class MadeKey:
    """What is typed into the other program.

    Attributes:
        is_local: the address leads nowhere but on this computer.
    """

    name: str
    key: str
    whip_url: str
    is_local: bool


class StreamKeyDialog(QDialog):
    """Shows the key, which is stored nowhere, to be entered in the other program; open it with `open()`."""

    def __init__(self, parent: QWidget, made: MadeKey) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Stream key"))
        self.once = _wrapped(
            self.tr(
                "The key is shown only once: nobody keeps it. If it gets lost, revoke it and make another "
                "one."
            )
        )
        set_tone(self.once, "warn")
        self.local_note = _wrapped(
            self.tr(
                "The address works on this computer only. For a program on another PC choose Settings → "
                "Network → Let phones on this network watch; the list of stream keys then shows the address."
            )
        )
        set_tone(self.local_note, "bad")
        self.local_note.setVisible(made.is_local)
        self.url = Copied(made.whip_url, self.tr("Server (WHIP address)"), self.tr("Copy the address"))
        self.key = Copied(made.key, self.tr("Stream key (bearer token)"), self.tr("Copy the key"))
        self.where = _wrapped(self.tr("In OBS Studio: Settings → Stream → Service: WHIP."))
        self.close_button = push_button()
        say(self.close_button, self.tr("I copied it"))
        self.close_button.clicked.connect(self.accept)
        foot = row(self.close_button)
        foot.insertStretch(0, 1)
        heading = label(self.tr("Stream key for “{name}”").format(name=made.name), "title")
        heading.setWordWrap(True)
        parts = (heading, self.once, self.local_note, self.url, self.key, self.where, foot)
        self.setLayout(column(*parts, margin=22, spacing=16))
        self.setMinimumWidth(620)


def _wrapped(text: str) -> QLabel:
    made = label(text, "dim")
    made.setWordWrap(True)
    return made
