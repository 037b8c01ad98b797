"""A new token or secret for a program; shown once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.staff.code_dialog import Copied


class SecretDialog(QDialog):
    """Shows what is stored nowhere, to be entered in the program; open it with `open()`.

    Args:
        title: whose it is.
        name: what it is called, such as `API token`.
        secret: is copied.
        hint: how the program uses it.
    """

    def __init__(self, parent: QWidget, *, title: str, name: str, secret: str, hint: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain.set_title(self, name)
        heading = label(title, "title")
        once = label(
            self.tr("It is shown only once: nobody keeps it. If it gets lost, make another one."), "dim"
        )
        set_tone(once, "warn")
        self.secret = Copied(secret, name, self.tr("Copy"))
        about = label(hint, "dim")
        for part in (heading, once, about):
            part.setWordWrap(True)
        close = push_button()
        say(close, self.tr("I copied it"))
        close.clicked.connect(self.accept)
        foot = row(close)
        foot.insertStretch(0, 1)
        self.setLayout(column(heading, once, self.secret, about, foot, margin=22, spacing=16))
        self.setMinimumWidth(620)
