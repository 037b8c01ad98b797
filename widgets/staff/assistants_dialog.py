"""The list of assistants and invitations: their rights, their presence, and the buttons to change them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.base import AssistantRight
from backend.contract.protocol import Command
from backend.contract.staff import Assistant, SetAssistantRights
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.list_dialog import ListDialog
from widgets.common.moment import moment_text
from widgets.common.person_name import person_name
from widgets.common.ranked_rows import RankedRows
from widgets.staff.invite_dialog import InviteDialog
from widgets.staff.revoke_dialog import RevokeDialog
from widgets.staff.rights import rights_text
from widgets.staff.rights_dialog import RightsDialog


class AssistantRow(QWidget):
    """The row of an assistant, or of an unused invitation.

    Attributes:
        rights_wanted: the host wants to give other rights.
        revoke_wanted: the host wants to take it back.
    """

    rights_wanted = Signal()
    revoke_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.dot, self.name = label("●", "faint"), label()
        self.rights, self.times = label("", "dim"), label("", "dim")
        for part in (self.name, self.rights, self.times):
            part.setWordWrap(True)
        self.rights_button = push_button("fa5s.sliders-h")
        self.revoke_button = push_button("fa5s.ban", "live")
        self.revoke_button.setProperty("danger", "true")
        say(self.rights_button, self.tr("Rights…"), self.tr("Give other rights"))
        self.rights_button.clicked.connect(self.rights_wanted)
        self.revoke_button.clicked.connect(self.revoke_wanted)
        texts = column(self.name, self.rights, self.times, spacing=2)
        layout = row(self.dot, texts, self.rights_button, self.revoke_button, spacing=10)
        layout.setAlignment(self.dot, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        layout.setContentsMargins(12, 10, 10, 10)
        self.setLayout(layout)

    def show_assistant(self, shown: Assistant, *, is_changeable: bool) -> None:
        """Show what the room says of them, and offer to change it where that is possible."""
        for button in (self.rights_button, self.revoke_button):
            button.setEnabled(is_changeable)
        is_open = shown.code_until_ms is not None
        invitation = self.tr("Invitation {n}, not used yet").format(n=shown.grant_id)
        plain.set_text(self.name, invitation if is_open else person_name(shown.name))
        plain.set_text(self.rights, self.tr("May: {rights}").format(rights=rights_text(shown.rights)))
        plain.set_text(self.times, self._times(shown))
        presence = self.tr("Here now") if shown.is_online else self.tr("Not here now")
        self.dot.setVisible(not is_open)
        plain.set_tooltip(self.dot, presence)
        plain.set_name(self.dot, presence)
        set_tone(self.dot, "ok" if shown.is_online else "")
        if is_open:
            say(self.revoke_button, self.tr("Take back"), self.tr("Make the code worthless"))
        else:
            say(self.revoke_button, self.tr("Revoke"), self.tr("Put out at once"))

    def _times(self, shown: Assistant) -> str:
        until = self.tr("Rights until {time}").format(time=moment_text(shown.until_ms))
        if shown.code_until_ms is None:
            return until
        code = self.tr("The code works until {time}").format(time=moment_text(shown.code_until_ms))
        return f"{code}\n{until}"


class AssistantsDialog(ListDialog):
    """Shows the room's assistants and asks for changes; it changes when the room confirms them.

    Attributes:
        command: emitted with a `SetAssistantRights` or a `RevokeAssistant`.
        invitation_chosen: emitted with an `Invitation`.
    """

    command = Signal(object)
    invitation_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Assistants"))
        self._assistants: dict[str, Assistant] = {}
        self._is_known = self._is_connected = False
        self._asked: RevokeDialog | None = None
        self.rows: RankedRows[AssistantRow] = RankedRows(self._make_row)
        self.line_note = label(self.tr("Not connected: this may be old, and cannot be changed now."))
        self.line_note.setWordWrap(True)
        set_tone(self.line_note, "warn")
        self.lay_out(self.rows, below=(self.line_note,))
        say(self.add_button, self.tr("Invite…"), self.tr("Make a code that lets one assistant in"))
        self.add_button.clicked.connect(self._ask_to_invite)
        self._show()

    # --- In ---

    def show_assistants(self, assistants: Sequence[Assistant] | None) -> None:
        """Show these, in the room's order; None where the room has sent none."""
        self._is_known = assistants is not None
        self._assistants = {str(one.grant_id): one for one in assistants or ()}
        self._show()

    def show_connected(self) -> None:
        """Let everything be changed."""
        self._is_connected = True
        self._show()

    def show_unconnected(self) -> None:
        """Say that what is shown may be old, and let nothing be changed."""
        self._is_connected = False
        self._show()

    def close_for(self, command: Command) -> None:
        """Close the dialog whose command the room carried out."""
        if self._asked is not None:
            self._asked.close_for(command)

    def give_back(self, command: Command, why: str) -> None:
        """Let a command that the room refused be corrected where it was written."""
        if self._asked is not None and self._asked.waiting_for == command:
            self._asked.give_back(why)

    def _show(self) -> None:
        self.rows.show_keys(list(self._assistants))
        for key, shown in self.rows.rows.items():
            shown.show_assistant(self._assistants[key], is_changeable=self._is_connected)
        plain.set_text(self.rows.empty, self._why_empty())
        self.line_note.setVisible(bool(self._assistants) and not self._is_connected)
        self.add_button.setEnabled(self._is_connected and self._is_known)

    def _why_empty(self) -> str:
        if not self._is_connected:
            return self.tr("Not connected. Who helps is shown as soon as the room is reached.")
        if not self._is_known:
            return self.tr(
                "The room has not told who helps. It tells the host alone: the token in Settings → Network "
                "must be the host's."
            )
        return self.tr(
            "Nobody helps yet. An assistant works in this room from another PC, with the rights that you "
            "give, for as long as you say."
        )

    # --- Out ---

    def _make_row(self, key: str) -> AssistantRow:
        made = AssistantRow()
        made.rights_wanted.connect(lambda: self._ask_for_rights(self._assistants[key]))
        made.revoke_wanted.connect(lambda: self._ask_to_revoke(self._assistants[key]))
        return made

    def _ask_to_invite(self) -> None:
        dialog = InviteDialog(self)
        dialog.chosen.connect(self.invitation_chosen)
        dialog.open()

    def _ask_for_rights(self, shown: Assistant) -> None:
        who = shown.name or self.tr("invitation {n}").format(n=shown.grant_id)
        dialog = RightsDialog(self, who, shown.rights)
        dialog.chosen.connect(lambda rights: self._set_rights(shown.grant_id, rights))
        dialog.open()

    def _set_rights(self, grant_id: int, rights: list[AssistantRight]) -> None:
        self.command.emit(SetAssistantRights(grant_id, rights))

    def _ask_to_revoke(self, shown: Assistant) -> None:
        dialog = RevokeDialog(self, shown.grant_id, shown.name)
        dialog.command.connect(self.command)
        dialog.finished.connect(self._on_asked)
        self._asked = dialog
        dialog.open()

    def _on_asked(self) -> None:
        self._asked = None
