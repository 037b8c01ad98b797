"""The moderation actions and the sanctions in force: who, what and why, each with its undo."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from typing_extensions import override

from backend.contract.chat import (
    BlockUser,
    DeleteDanmu,
    ModerationAction,
    ModerationCommand,
    MuteUser,
    PinDanmu,
    RestoreDanmu,
    Sanction,
    SetBlockedWords,
    UnblockUser,
    UnmuteUser,
    UnpinDanmu,
)
from backend.contract.words_of import erase_words
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.person_name import person_name
from widgets.common.ranked_rows import RankedRows
from widgets.common.retranslate import Retranslated

ACTIONS: Final = 100
SANCTIONS: Final = 200


class ModerationRow(Retranslated):
    """One thing that was done, or is in force.

    Attributes:
        taken_back: the user wants it undone.
    """

    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text, self.note = label(), label("", "dim")
        for part in (self.text, self.note):
            part.setWordWrap(True)
        self.undo_button = push_button("fa5s.undo")
        self.undo_button.clicked.connect(self.taken_back)
        layout = row(column(self.text, self.note, spacing=2), self.undo_button, spacing=8)
        layout.setStretch(0, 1)
        layout.setContentsMargins(10, 8, 8, 8)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.undo_button, self.tr("Undo"), self.tr("Take it back"))

    def show_texts(self, text: str, note: str) -> None:
        """Show what it is, and when, by whom and why."""
        plain.set_text(self.text, text)
        plain.set_text(self.note, note)


class ModerationList(Retranslated):
    """Who is muted or blocked now, then the last things that were done, the newest first.

    Attributes:
        command: emitted with the command that takes something back.
    """

    command = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._actions: dict[int, ModerationAction] = {}
        self._muted: Sequence[Sanction] = ()
        self._blocked: Sequence[Sanction] = ()
        self._undo: dict[str, ModerationCommand] = {}
        self.rows: RankedRows[ModerationRow] = RankedRows(self._make_row)
        self.setLayout(column(self.rows))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.rows.empty.setText(
            self.tr("What you and your assistants do in the chat stands here, with its undo.")
        )
        self.rows.setAccessibleName(self.tr("Moderation"))
        self._show()

    def show_actions(self, actions: Sequence[ModerationAction]) -> None:
        """Show these, oldest first, instead of all that were there."""
        self._actions = {action.action_id: action for action in actions}
        self._show()

    def add_action(self, action: ModerationAction) -> None:
        """Something was done."""
        kept = {**self._actions, action.action_id: action}
        self._actions = dict(list(kept.items())[-ACTIONS:])
        self._show()

    def show_sanctions(self, muted: Sequence[Sanction], blocked: Sequence[Sanction]) -> None:
        """Show who is muted and who is blocked."""
        self._muted, self._blocked = muted, blocked
        self._show()

    def erase(self, user_id: str) -> None:
        """Somebody is gone: neither their name nor their words stay."""
        self._actions = {key: erase_words(one, user_id) for key, one in self._actions.items()}
        self._muted = [erase_words(one, user_id) for one in self._muted]
        self._blocked = [erase_words(one, user_id) for one in self._blocked]
        self._show()

    @property
    def count(self) -> int:
        """How many are muted or blocked."""
        return len(self._muted) + len(self._blocked)

    def _show(self) -> None:
        texts: dict[str, tuple[str, str]] = {}
        self._undo = {}
        for sanction in list(reversed(self._blocked))[:SANCTIONS]:
            self._undo[f"blocked {sanction.user_id}"] = UnblockUser(sanction.user_id)
            text = self.tr("{about} is blocked").format(about=person_name(sanction.name))
            texts[f"blocked {sanction.user_id}"] = (text, _note(sanction))
        for sanction in list(reversed(self._muted))[:SANCTIONS]:
            self._undo[f"muted {sanction.user_id}"] = UnmuteUser(sanction.user_id)
            texts[f"muted {sanction.user_id}"] = (self._muted_text(sanction), _note(sanction))
        for action in reversed(self._actions.values()):
            key = f"done {action.action_id}"
            if action.undo is not None:
                self._undo[key] = action.undo
            texts[key] = (
                self._text(action),
                _circumstances(action.at_ms, person_name(action.by.name), action.reason),
            )
        self.rows.show_keys(list(texts))
        for key, shown in self.rows.rows.items():
            shown.show_texts(*texts[key])
            shown.undo_button.setVisible(key in self._undo)

    def _make_row(self, key: str) -> ModerationRow:
        made = ModerationRow()
        made.taken_back.connect(lambda: self.command.emit(self._undo[key]))
        return made

    def _muted_text(self, sanction: Sanction) -> str:
        if sanction.until_ms is None:
            return self.tr("{about} is muted for this live session").format(about=person_name(sanction.name))
        text = self.tr("{about} is muted until {time}")
        return text.format(about=person_name(sanction.name), time=_clock(sanction.until_ms))

    def _text(self, action: ModerationAction) -> str:
        match action.command:
            case DeleteDanmu():
                text = self.tr("Deleted: {about}")
            case RestoreDanmu():
                text = self.tr("Restored: {about}")
            case MuteUser():
                text = self.tr("Muted: {about}")
            case UnmuteUser():
                text = self.tr("Unmuted: {about}")
            case BlockUser():
                text = self.tr("Blocked: {about}")
            case UnblockUser():
                text = self.tr("Unblocked: {about}")
            case _:
                text = self._rule_text(action.command)
        return text.format(about=person_name(action.about))

    def _rule_text(self, command: ModerationCommand) -> str:
        match command:
            case PinDanmu():
                return self.tr("Pinned: {about}")
            case UnpinDanmu():
                return self.tr("Unpinned: {about}")
            case SetBlockedWords():
                return self.tr("Changed the blocked words")
            case _:
                return self.tr("Changed the rules of the chat")


def _note(sanction: Sanction) -> str:
    return _circumstances(sanction.since_ms, person_name(sanction.by_name), sanction.reason)


def _circumstances(at_ms: int, by_name: str, reason: str) -> str:
    return " · ".join(part for part in (_clock(at_ms), by_name, reason) if part)


def _clock(at_ms: int) -> str:
    moment = QDateTime.fromMSecsSinceEpoch(at_ms)
    return QLocale.c().toString(moment, "HH:mm")
