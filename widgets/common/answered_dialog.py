"""A dialog that stays open until the room has accepted its command, so that no text is lost."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from backend.contract.protocol import Command
from widgets.common import plain
from widgets.common.forms import label, set_tone


class AnsweredDialog(QDialog):
    """The base of dialogs whose command the room may refuse; open them with `open()`.

    The view that sends the command reports the answer by `close_for` or `give_back`. A subclass places
    `problem` in its layout and shows in `_show_waiting` that nothing can be changed meanwhile.

    Attributes:
        command: emitted with the command.
        waiting_for: the command whose answer is not there yet.
        problem: why the room refused; hidden while there is no reason.
    """

    command = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.waiting_for: Command | None = None
        self.problem = label()
        self.problem.setWordWrap(True)
        self.show_problem("")

    def send(self, command: Command) -> None:
        """Ask the room for this, and wait for its answer."""
        self.waiting_for = command
        self.show_problem("")
        self._show_waiting()
        self.command.emit(command)

    def close_for(self, command: Command) -> None:
        """Close if this command, which the room carried out, is the one the dialog waits for."""
        if command == self.waiting_for:
            self.accept()

    def give_back(self, why: str) -> None:
        """Let the refused command be corrected or tried again."""
        self.waiting_for = None
        self.show_problem(why)
        self._show_waiting()

    def show_problem(self, text: str) -> None:
        """Show what is wrong; empty for nothing."""
        plain.set_text(self.problem, text)
        self.problem.setVisible(bool(text))
        set_tone(self.problem, "bad" if text else "")

    def _show_waiting(self) -> None:
        raise NotImplementedError
