"""The form with which an assistant joins a room: link or address, code, and name."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QProgressBar, QWidget

from backend.contract.bounds import MAX_NAME
from backend.contract.invitation import RoomLink, read_code, read_link
from widgets.common import plain
from widgets.common.forms import caption, column, form, label, push_button, row, say, set_tone

WIDTH: Final = 480


@dataclass(frozen=True)
class JoinRequest:
    """A room to help in, the code that lets one in, and the name to go by."""

    url: str
    room: str
    code: str
    name: str


class JoinDialog(QDialog):
    """A form that stays until the room has answered; open it with `open()`.

    Attributes:
        join_wanted: emitted with a `JoinRequest`; answer by `show_problem`, or close the dialog.
    """

    join_wanted = Signal(object)

    def __init__(self, parent: QWidget, link: str = "", name: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Help in a room"))
        self.link, self.code, self.name = QLineEdit(link), QLineEdit(), QLineEdit(name)
        self.name.setMaxLength(MAX_NAME)
        self.link.setPlaceholderText("http://192.168.1.5:8787/r/main")
        self.code.setPlaceholderText("7KQ2M-04XRT")
        self.name.setPlaceholderText(self.tr("What the others call you"))
        fields = form()
        for text, field in (
            (self.tr("Link or address"), self.link),
            (self.tr("Code"), self.code),
            (self.tr("Your name"), self.name),
        ):
            plain.set_name(field, text)
            fields.addRow(caption(text, field), field)
        hint = label(
            self.tr("The host makes the link with its code under Live → Assistants. It works once."), "dim"
        )
        hint.setWordWrap(True)
        self.problem = label()
        self.problem.setWordWrap(True)
        set_tone(self.problem, "bad")
        self.problem.hide()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.cancel_button, self.join_button = push_button(), push_button("fa5s.sign-in-alt")
        say(self.cancel_button, self.tr("Cancel"))
        say(self.join_button, self.tr("Join"))
        self.join_button.setProperty("primary", "true")
        self.join_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.join_button.clicked.connect(self._join)
        buttons = row(self.cancel_button, self.join_button)
        buttons.insertStretch(0, 1)
        heading = label(self.tr("Help in a room"), "title")
        layout = column(heading, hint, fields, self.problem, self.busy, buttons, margin=22, spacing=16)
        self.setLayout(layout)
        self.setMinimumWidth(WIDTH)
        for field in (self.link, self.code, self.name):
            field.textChanged.connect(self._on_changed)
        self._on_changed()
        first = next((field for field in (self.link, self.code, self.name) if not field.text()), self.name)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, text: str) -> None:
        """Say why it did not work, and let it be tried again."""
        self._set_busy(is_busy=False)
        plain.set_text(self.problem, text)
        plain.set_name(self.problem, text)
        self.problem.show()

    def _on_changed(self) -> None:
        self.problem.hide()
        link = read_link(self.link.text())
        if link is not None and link.code:
            # The code is seen where it belongs, and the link says no more than the room.
            plain.set_text(self.code, link.code)
            plain.set_text(self.link, f"{link.url}/r/{link.room}")
            return
        is_complete = bool(self.link.text().strip() and self.code.text().strip() and self.name.text().strip())
        self.join_button.setEnabled(is_complete)

    def _join(self) -> None:
        link = read_link(self.link.text())
        if link is None:
            self._refuse(self.link, self.tr("This is no room's address. Paste the link the host gave you."))
        elif read_code(self.code.text()) is None:
            self._refuse(self.code, self.tr("A code has ten letters and digits. Look at it once more."))
        else:
            self._ask(link)

    def _refuse(self, field: QLineEdit, text: str) -> None:
        self.show_problem(text)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _ask(self, link: RoomLink) -> None:
        self._set_busy(is_busy=True)
        code, name = self.code.text().strip(), self.name.text().strip()
        self.join_wanted.emit(JoinRequest(link.url, link.room, code, name))

    def _set_busy(self, *, is_busy: bool) -> None:
        for widget in (self.link, self.code, self.name, self.join_button):
            widget.setEnabled(not is_busy)
        self.busy.setVisible(is_busy)
        self.problem.hide()
