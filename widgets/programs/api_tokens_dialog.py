"""The list of API tokens: what each may do, when it was used, and the buttons to make and revoke one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.api_tokens import MOST_TOKENS, ApiToken, NewApiToken
from widgets.common import plain
from widgets.common.confirm import ConfirmDialog
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.list_dialog import ListDialog
from widgets.common.moment import moment_text
from widgets.common.ranked_rows import RankedRows
from widgets.programs.new_token_dialog import NewTokenDialog
from widgets.staff.rights import rights_text


class ApiTokenRow(QWidget):
    """One token.

    Attributes:
        revoke_wanted: the host wants to make it worthless.
    """

    revoke_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name, self.rights, self.times = label(), label(), label("", "dim")
        for part in (self.name, self.rights, self.times):
            part.setWordWrap(True)
        self.revoke_button = push_button("fa5s.ban", "live")
        self.revoke_button.setProperty("danger", "true")
        say(self.revoke_button, self.tr("Revoke"), self.tr("Make the token worthless at once"))
        self.revoke_button.clicked.connect(self.revoke_wanted)
        layout = row(column(self.name, self.rights, self.times, spacing=2), self.revoke_button, spacing=10)
        layout.setStretch(0, 1)
        layout.setContentsMargins(12, 10, 10, 10)
        self.setLayout(layout)

    def show_token(self, token: ApiToken) -> None:
        """Show whose it is, what it may do, and when it was used."""
        plain.set_text(self.name, token.name)
        plain.set_text(self.rights, rights_text(token.rights))
        made = self.tr("Made {time}").format(time=moment_text(token.created_at_ms))
        used = self.tr("Not used yet")
        if token.last_used_at_ms is not None:
            used = self.tr("Last used {time}").format(time=moment_text(token.last_used_at_ms))
        plain.set_text(self.times, f"{made} · {used}")


class ApiTokensDialog(ListDialog):
    """Shows the room's API tokens and asks for changes.

    Attributes:
        make_wanted: emitted with a `NewApiToken`.
        revoke_wanted: emitted with an `ApiToken`.
    """

    make_wanted = Signal(object)
    revoke_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("API tokens"))
        self._tokens: dict[str, ApiToken] | None = None
        self.about = label(
            self.tr(
                "With an API token a program of the shop's, such as a till, works with products and orders "
                "of this room. It is never in the room itself. Give each program a token of its own."
            ),
            "dim",
        )
        self.about.setWordWrap(True)
        self.rows: RankedRows[ApiTokenRow] = RankedRows(self._make_row)
        self.lay_out(self.rows, above=(self.about,))
        self.add_button.clicked.connect(self._on_add)
        self._show()

    def show_tokens(self, tokens: Sequence[ApiToken]) -> None:
        """Show these, the oldest first."""
        self._tokens = {token.token_id: token for token in tokens}
        self._show()

    def ask_for_token(self, before: NewApiToken | None = None) -> None:
        """Ask for a new token; `before` is what was wanted where the backend refused it."""
        dialog = NewTokenDialog(self, before)
        dialog.wanted.connect(self.make_wanted)
        dialog.open()

    def _on_add(self) -> None:
        self.ask_for_token()

    def _show(self) -> None:
        tokens = self._tokens or {}
        self.rows.show_keys(list(tokens))
        for token_id, shown in self.rows.rows.items():
            if token_id in tokens:
                shown.show_token(tokens[token_id])
        reading, none = self.tr("The tokens are being read."), self.tr("There is no API token yet.")
        plain.set_text(self.rows.empty, none if self._tokens is not None else reading)
        is_full = len(tokens) >= MOST_TOKENS
        why = self.tr("There are as many tokens as a room can have. Revoke one first.")
        say(self.add_button, self.tr("New token…"), why if is_full else self.tr("Make a token for a program"))
        self.add_button.setEnabled(self._tokens is not None and not is_full)

    def _make_row(self, token_id: str) -> ApiTokenRow:
        made = ApiTokenRow()
        made.revoke_wanted.connect(lambda: self._ask_to_revoke(token_id))
        return made

    def _ask_to_revoke(self, token_id: str) -> None:
        token = (self._tokens or {}).get(token_id)
        if token is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("Revoke the token of “{name}”?").format(name=token.name),
            text=self.tr("The program is refused at once, and needs a new token to go on."),
            accept=self.tr("Revoke"),
            reject=self.tr("Cancel"),
        )
        dialog.accepted.connect(lambda: self.revoke_wanted.emit(token))
        dialog.open()
