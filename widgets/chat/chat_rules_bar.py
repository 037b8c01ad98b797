"""The rules of the chat in one line: pause, slow mode, followers only, links, blocked words."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton
from typing_extensions import override

from backend.contract.chat import NO_RULES, RoomRules, SetBlockedWords, SetRoomRules
from widgets.chat.blocked_words_dialog import BlockedWordsDialog
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import push_button, row, say, set_tone, tool_button
from widgets.common.retranslate import Retranslated
from widgets.common.theme import icon

FOR_ACCOUNTS: Final = ("votes_for_accounts", "likes_for_accounts", "follows_for_accounts")
SLOW_MODES_S: Final = (0, 5, 10, 30, 60, 300)


class ChatRulesBar(Retranslated):
    """Shows the rules as the room has them and asks for others; it changes when the room says so.

    Attributes:
        command: emitted with a `SetRoomRules` or a `SetBlockedWords`.
    """

    command = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rules = NO_RULES
        self._words: list[str] = []
        self._file_words = 0
        self._words_version = 0
        self._typed: list[str] | None = None
        self.summary = ElidedLabel()
        self.pause_button = push_button("fa5s.pause")
        self.pause_button.clicked.connect(self.toggle_pause)
        self._menu = QMenu(self)
        self._slow_menu = QMenu(self)
        self._slow_group = QActionGroup(self)
        self.slow_actions = {seconds: self._slow_action(seconds) for seconds in SLOW_MODES_S}
        self.followers_action = self._toggle("followers_only")
        self.links_action = self._toggle("links_off")
        self._accounts_menu = QMenu(self)
        self.account_actions = {field: self._toggle(field) for field in FOR_ACCOUNTS}
        self._accounts_menu.addActions(list(self.account_actions.values()))
        self.words_action = QAction(self)
        self.words_action.triggered.connect(self.edit_words)
        self._menu.addMenu(self._slow_menu)
        self._menu.addActions([self.followers_action, self.links_action])
        self._menu.addMenu(self._accounts_menu)
        self._menu.addSeparator()
        self._menu.addActions([self.words_action])
        self.menu_button = tool_button("fa5s.sliders-h")
        self.menu_button.setObjectName("menuButton")
        self.menu_button.setMenu(self._menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = row(self.summary, self.pause_button, self.menu_button, spacing=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.retranslate()

    def _slow_action(self, seconds: int) -> QAction:
        action = QAction(self._slow_group)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False: self._change(slow_mode_s=seconds))
        self._slow_menu.addActions([action])
        return action

    def _toggle(self, field: str) -> QAction:
        action = QAction(self)
        action.setCheckable(True)
        action.triggered.connect(lambda is_checked: self._change(**{field: is_checked}))
        return action

    @override
    def retranslate(self) -> None:
        self._slow_menu.setTitle(self.tr("Slow mode"))
        for seconds, action in self.slow_actions.items():
            plain.set_text(action, self.tr("{n} s").format(n=seconds) if seconds else self.tr("Off"))
        self.followers_action.setText(self.tr("Followers only"))
        self.links_action.setText(self.tr("No links"))
        self._accounts_menu.setTitle(self.tr("Accounts only"))
        names = (self.tr("Votes"), self.tr("Likes"), self.tr("Follows"))
        for name, action in zip(names, self.account_actions.values(), strict=True):
            plain.set_text(action, name)
        self.words_action.setText(self.tr("Blocked words…"))
        say(self.menu_button, self.tr("Rules of the chat"))
        self._show()

    def show_rules(self, rules: RoomRules) -> None:
        """Follow the room."""
        self._rules = rules
        self._show()

    def show_words(self, words: Sequence[str], file_words: int, version: int = 0) -> None:
        """Follow the room: these words are blocked, and so many more by the server's file."""
        self._words, self._file_words, self._words_version = list(words), file_words, version
        if self._words == self._typed:
            self._typed = None

    def give_back(self, command: SetBlockedWords) -> None:
        """The room did not take these words; where they were typed here, let them be looked at again."""
        if command.words == self._typed:
            self._open_words(command.words, command.version)

    def toggle_pause(self) -> None:
        """Ask to pause the chat, or to let it go on."""
        self._change(is_chat_paused=not self._rules.is_chat_paused)

    def edit_words(self) -> None:
        """Open the blocked words."""
        self._open_words(self._words, self._words_version)

    def _open_words(self, words: Sequence[str], version: int) -> None:
        dialog = BlockedWordsDialog(self.window(), words, self._file_words)
        dialog.chosen.connect(lambda chosen: self._send_words(chosen, version))
        dialog.open()

    def _send_words(self, words: list[str], version: int) -> None:
        self._typed = words
        self.command.emit(SetBlockedWords(words, version=version))

    def _change(self, **changes: object) -> None:
        self.command.emit(SetRoomRules(msgspec.structs.replace(self._rules, **changes)))
        self._show()  # a checked action shows what holds, not what was asked for

    def _show(self) -> None:
        rules = self._rules
        for seconds, action in self.slow_actions.items():
            action.setChecked(seconds == rules.slow_mode_s)
        self.followers_action.setChecked(rules.followers_only)
        self.links_action.setChecked(rules.links_off)
        for field, action in self.account_actions.items():
            action.setChecked(getattr(rules, field))
        parts = []
        if rules.is_chat_paused:
            parts.append(self.tr("Paused"))
        if rules.slow_mode_s:
            parts.append(self.tr("Slow mode {n} s").format(n=rules.slow_mode_s))
        if rules.followers_only:
            parts.append(self.tr("Followers only"))
        if rules.links_off:
            parts.append(self.tr("No links"))
        if any(getattr(rules, field) for field in FOR_ACCOUNTS):
            parts.append(self.tr("Some for accounts only"))
        self.summary.show_text(" · ".join(parts) or self.tr("Open to all"))
        set_tone(self.summary, "warn" if parts else "")
        self.summary.setProperty("role", "dim")
        is_paused = rules.is_chat_paused
        self.pause_button.setIcon(icon("fa5s.play" if is_paused else "fa5s.pause"))
        if is_paused:
            say(self.pause_button, self.tr("Go on"), self.tr("Let viewers write again"))
        else:
            say(self.pause_button, self.tr("Pause chat"), self.tr("Let no viewer write for now"))
