"""What dialogs of the shop share: they stay open until the shop has answered, so that no text is lost."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from widgets.common import plain
from widgets.common.forms import label, push_button, row, say, set_tone


class ShopDialog(QDialog):
    """A title, what a subclass lays out, and two buttons; open it with `open()`.

    Attributes:
        action: emitted with what is to be done; the answer comes by `close_for` or `give_back`.
        waiting_for: the action whose answer is not there yet.
        problem: why the shop refused; hidden while there is no reason.
    """

    action = Signal(object)

    def __init__(self, parent: QWidget, title: str, accept: str, kind: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.waiting_for: object | None = None
        plain.set_title(self, title)
        self.problem = label()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.close_button, self.accept_button = push_button(), push_button()
        self.close_button.setProperty("kind", "outline")
        self.accept_button.setProperty("kind", kind)
        self.accept_button.setDefault(True)
        say(self.close_button, self.tr("Close"))
        say(self.accept_button, accept)
        self.close_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._on_accepted)
        self.buttons = row(self.close_button, self.accept_button)
        self.buttons.insertStretch(0, 1)
        self.setMinimumWidth(440)

    def wanted(self) -> object | None:
        """What is to be done, from the fields; None where something is wrong, which it has shown."""
        raise NotImplementedError

    def _on_accepted(self) -> None:
        wanted = None if self.waiting_for is not None else self.wanted()
        if wanted is not None:
            self.send(wanted)

    def send(self, wanted: object) -> None:
        """Ask for this, and wait for the answer."""
        self.waiting_for = wanted
        self.show_problem("")
        self._show_waiting()
        self.action.emit(wanted)

    def close_for(self, action: object) -> None:
        """Close if this action, which was carried out, is the one the dialog waits for."""
        if action == self.waiting_for:
            self.accept()

    def give_back(self, action: object, why: str) -> None:
        """Let the refused action be corrected or tried again."""
        if action == self.waiting_for:
            self.waiting_for = None
            self.show_problem(why)
            self._show_waiting()

    def show_problem(self, text: str) -> None:
        """Show what is wrong; empty for nothing."""
        plain.set_text(self.problem, text)
        self.problem.setVisible(bool(text))
        set_tone(self.problem, "bad" if text else "")

    def _show_waiting(self) -> None:
        self.accept_button.setEnabled(self.waiting_for is None)
