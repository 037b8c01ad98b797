"""Connects the room to the dialogs for assistants: shows who helps, makes invitations and revokes rights."""

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, SignalInstance

from backend.contract.invitation import code_digest, link_with, new_code
from backend.contract.protocol import Command
from backend.contract.staff import AssistantCommand, AssistantsChanged, InviteAssistant
from studio import texts
from studio.background_tasks import BackgroundTasks
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import CommandRejected, Done, RoomUpdate
from studio.processes.backend_process import BackendReady
from studio.window.main_window import MainWindow
from widgets.live.toasts import Tone
from widgets.staff.assistants_dialog import AssistantsDialog
from widgets.staff.code_dialog import CodeDialog, MadeCode
from widgets.staff.invite_dialog import Invitation, span_text


@dataclass(frozen=True)
class _Asked:
    """An invitation on its way: the code is worth nothing until the room says that it knows its digest."""

    code: str
    viewer_url: str


class StaffView(QObject):
    """Between the room and the dialogs for assistants.

    Args:
        ready: the signal that tells of a `BackendReady`.
    """

    def __init__(
        self, client: RoomClient, ready: SignalInstance, background: BackgroundTasks, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._client = client
        self._background = background
        self._window = window
        self._ready: BackendReady | None = None
        self._known: AssistantsChanged | None = None
        self._asked: dict[str, _Asked] = {}
        self._dialog: AssistantsDialog | None = None
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)
        client.line_changed.connect(self._on_line)
        ready.connect(self._on_ready)
        window.assistants_wanted.connect(self.open)

    # --- In ---

    def on_update(self, update: RoomUpdate) -> None:
        """Keep who helps, and show the code of an invitation once the room knows of it."""
        match update:
            case AssistantsChanged():
                self._known = update
                self._show()
            case Done(command=InviteAssistant(code_digest=digest) as command):
                asked = self._asked.pop(digest, None)
                if asked is not None:
                    self._show_code(asked, command)
            case Done(command=command) if self._dialog is not None:
                self._dialog.close_for(command)
            case CommandRejected(command=command) if isinstance(command, AssistantCommand):
                self._forget(command)
                self._show_rejection(update)
            case _:
                pass

    def _on_ready(self, ready: BackendReady) -> None:
        if self._ready is None or _place(ready) != _place(self._ready):
            self._known = None  # another room, or another token, which may not be the host's
        self._ready = ready
        self._show()

    def _on_line(self) -> None:
        self._show()

    def _on_unsent(self, command: Command) -> None:
        if not isinstance(command, AssistantCommand):
            return
        if isinstance(command, InviteAssistant):
            text = self.tr(
                "The connection broke before the room answered. If the invitation stands in the list, "
                "take it back: its code is lost. Then invite anew."
            )
        else:
            text = self.tr("The connection broke before the room answered. The list will show how it is.")
        self._give_back(command, text)

    # --- Out ---

    def open(self) -> None:
        """Show who helps, and let it be changed."""
        if self._dialog is not None:
            return
        dialog = AssistantsDialog(self._window)
        dialog.command.connect(self._send)
        dialog.invitation_chosen.connect(self.invite)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        self._show()
        dialog.open()

    def invite(self, wanted: Invitation) -> None:
        """Make a code and ask the room to let in who knows it."""
        if self._dialog is not None:
            self._dialog.show_note("", "")
        self._background.begin(lambda: self._invite(wanted))

    async def _invite(self, wanted: Invitation) -> None:
        ready = self._ready
        if ready is None:
            self._show_note(self._unsent_text(), Tone.WARN)
            return
        code = new_code()
        digest = await asyncio.to_thread(code_digest, code, ready.room)
        if self._ready is None or self._ready.room != ready.room:
            self._show_note(self._unsent_text(), Tone.WARN)  # another room by now: its digests are others
            return
        command = InviteAssistant(digest, list(wanted.rights), wanted.code_hours, wanted.grant_hours)
        self._asked[digest] = _Asked(code, ready.viewer_url)
        self._send(command)

    def _send(self, command: AssistantCommand) -> None:
        if self._client.is_connected:
            self._client.send(command)
        else:
            self._give_back(command, self._unsent_text())

    def _give_back(self, command: AssistantCommand, why: str) -> None:
        self._forget(command)
        if self._dialog is not None:
            self._dialog.give_back(command, why)
        self._show_note(why, Tone.WARN)

    # --- Showing ---

    def _show(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        dialog.show_assistants(self._known.assistants if self._known else None)
        if self._client.is_connected:
            dialog.show_connected()
        else:
            dialog.show_unconnected()

    def _show_code(self, asked: _Asked, command: InviteAssistant) -> None:
        made = MadeCode(
            code=asked.code,
            link=link_with(asked.viewer_url, asked.code),
            works_for=span_text(command.code_hours),
            is_local=Place(asked.viewer_url, "", "").is_local,
        )
        CodeDialog(self._dialog or self._window, made).open()

    def _forget(self, command: AssistantCommand) -> None:
        if isinstance(command, InviteAssistant):
            self._asked.pop(command.code_digest, None)

    def _show_rejection(self, refused: CommandRejected) -> None:
        if self._dialog is not None:  # else the toast that every rejection gets is seen
            why = texts.reject_reason(refused.answer.reason)
            self._dialog.give_back(refused.command, why)
            self._dialog.show_note(why, Tone.WARN.value)

    def _unsent_text(self) -> str:
        return self.tr("Not connected: nothing was sent. Try again in a moment.")

    def _show_note(self, text: str, tone: Tone) -> None:
        """Show it where the host looks: the dialog stands over the toasts."""
        if self._dialog is not None:
            self._dialog.show_note(text, tone.value)
        else:
            self._window.toasts.show_toast(text, tone)

    def _on_finished(self) -> None:
        self._dialog = None


def _place(ready: BackendReady) -> Place:
    return Place(ready.url, ready.room, ready.host_token)
