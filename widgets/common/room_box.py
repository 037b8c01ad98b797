"""The base of a panel's part about one feature of the room: commands out, events in."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from backend.contract.base import AssistantRight
from backend.contract.protocol import Command, Event, Snapshot
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import label
from widgets.common.retranslate import Retranslated


class RoomBox(Retranslated):
    """One feature under its title; a subclass answers what concerns it.

    Attributes:
        command: emitted with what the room is asked to do.
        title: the heading, to be placed by the subclass.
    """

    command = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._dialog: AnsweredDialog | None = None
        self.title = label()
        self.title.setObjectName("sectionTitle")

    # --- In ---

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the room from here."""

    def apply(self, event: Event) -> None:
        """Follow the room."""

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Offer what these rights allow."""

    def show_time(self, server_time_ms: float) -> None:
        """Follow the server's clock; called once a second."""

    def close_for(self, command: Command) -> None:
        """Close the dialog whose command the room carried out."""
        if self._dialog is not None:
            self._dialog.close_for(command)

    def give_back(self, command: Command, why: str) -> None:
        """Let a command that the room refused be corrected in its dialog."""
        if self._dialog is not None and self._dialog.waiting_for == command:
            self._dialog.give_back(why)

    # --- For subclasses ---

    def _ask(self, make: Callable[[QWidget], AnsweredDialog]) -> None:
        """Open the box's dialog, or bring the open one to the front."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = make(self.window())
        self._dialog.command.connect(self.command)
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None
