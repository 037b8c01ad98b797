"""The list of stream keys: when each was used, and the buttons to make and revoke one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.stream_keys import MAX_NAME, MOST_KEYS, StreamKey
from widgets.common import plain
from widgets.common.confirm import ConfirmDialog
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.list_dialog import ListDialog
from widgets.common.moment import moment_text
from widgets.common.name_dialog import NameDialog
from widgets.common.ranked_rows import RankedRows
from widgets.staff.code_dialog import Copied


class StreamKeyRow(QWidget):
    """One key.

    Attributes:
        revoke_wanted: the host wants to make it worthless.
        let_in_wanted: the host wants it to publish again after it was displaced.
    """

    revoke_wanted = Signal()
    let_in_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name, self.times, self.standing = label(), label("", "dim"), label()
        for part in (self.name, self.times, self.standing):
            part.setWordWrap(True)
        self.revoke_button = push_button("fa5s.ban", "live")
        self.revoke_button.setProperty("danger", "true")
        say(self.revoke_button, self.tr("Revoke"), self.tr("Make the key worthless at once"))
        self.revoke_button.clicked.connect(self.revoke_wanted)
        self.let_in_button = push_button()
        tip = self.tr("It may take over the broadcast, as if nothing had happened")
        say(self.let_in_button, self.tr("Let in again"), tip)
        self.let_in_button.clicked.connect(self.let_in_wanted)
        texts = column(self.name, self.times, self.standing, spacing=2)
        layout = row(texts, self.let_in_button, self.revoke_button, spacing=10)
        layout.setStretch(0, 1)
        layout.setContentsMargins(12, 10, 10, 10)
        self.setLayout(layout)

    def show_key(self, key: StreamKey) -> None:
        """Show whose it is, when it was made and used, and whether it publishes."""
        plain.set_text(self.name, key.name)
        made = self.tr("Made {time}").format(time=moment_text(key.created_at_ms))
        used = self.tr("Not used yet")
        if key.last_used_at_ms is not None:
            used = self.tr("Last used {time}").format(time=moment_text(key.last_used_at_ms))
        plain.set_text(self.times, f"{made} · {used}")
        standing = self.tr("Broadcasts now") if key.is_publishing else ""
        if key.is_held_back:
            standing = self.tr("Displaced: it is refused for now")
        plain.set_text(self.standing, standing)
        self.standing.setVisible(bool(standing))
        set_tone(self.standing, "warn" if key.is_held_back else "ok")
        self.let_in_button.setVisible(key.is_held_back)


class StreamKeysDialog(ListDialog):
    """Shows the room's keys and asks for changes.

    Attributes:
        make_wanted: emitted with the name of a key that the host wants.
        revoke_wanted, let_in_wanted: emitted with a `StreamKey`.
    """

    make_wanted = Signal(str)
    revoke_wanted = Signal(object)
    let_in_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Stream keys"))
        self._keys: dict[str, StreamKey] | None = None
        about = self.tr(
            "With a stream key another program, such as OBS Studio, broadcasts into this room. It can do "
            "nothing else. Give each program a key of its own."
        )
        self.about = label(about, "dim")
        self.about.setWordWrap(True)
        self.url = Copied("", self.tr("Server (WHIP address)"), self.tr("Copy the address"))
        self.url.hide()
        self.rows: RankedRows[StreamKeyRow] = RankedRows(self._make_row)
        self.lay_out(self.rows, above=(self.about, self.url))
        self.add_button.clicked.connect(self._on_add)
        self._show()

    # --- In ---

    def show_keys(self, keys: Sequence[StreamKey]) -> None:
        """Show these, the oldest first."""
        self._keys = {key.key_id: key for key in keys}
        self._show()

    def show_address(self, whip_url: str) -> None:
        """Show where programs publish with their keys."""
        plain.set_text(self.url.line, whip_url)
        self.url.line.setCursorPosition(0)
        self.url.show()

    def _show(self) -> None:
        keys = self._keys or {}
        self.rows.show_keys(list(keys))
        for key_id, shown in self.rows.rows.items():
            if key_id in keys:
                shown.show_key(keys[key_id])
        reading = self.tr("The keys are being read.")
        none = self.tr("There is no stream key yet.")
        plain.set_text(self.rows.empty, none if self._keys is not None else reading)
        is_full = len(keys) >= MOST_KEYS
        why = self.tr("There are as many keys as a room can have. Revoke one first.")
        say(self.add_button, self.tr("New key…"), why if is_full else self.tr("Make a key for one program"))
        self.add_button.setEnabled(self._keys is not None and not is_full)

    # --- Out ---

    def _make_row(self, key_id: str) -> StreamKeyRow:
        made = StreamKeyRow()
        made.revoke_wanted.connect(lambda: self._ask_to_revoke(key_id))
        made.let_in_wanted.connect(lambda: self._let_in(key_id))
        return made

    def _on_add(self) -> None:
        self.ask_for_name("")

    def ask_for_name(self, name: str) -> None:
        """Ask for the name of a new key.

        Args:
            name: what was typed before, where the backend refused it; empty at first.
        """
        title = self.tr("What will broadcast with the key?")
        dialog = NameDialog(self, title, self.tr("Make the key"), name, longest=MAX_NAME)
        dialog.name.setPlaceholderText(self.tr("OBS on the counter PC"))
        dialog.named.connect(self.make_wanted)
        dialog.open()

    def _let_in(self, key_id: str) -> None:
        if (key := (self._keys or {}).get(key_id)) is not None:
            self.let_in_wanted.emit(key)

    def _ask_to_revoke(self, key_id: str) -> None:
        key = (self._keys or {}).get(key_id)
        if key is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("Revoke the key of “{name}”?").format(name=key.name),
            text=self.tr("What it broadcasts ends at once, and it needs a new key to begin again."),
            accept=self.tr("Revoke"),
            reject=self.tr("Cancel"),
        )
        dialog.accepted.connect(lambda: self.revoke_wanted.emit(key))
        dialog.open()
