"""The window's actions, with their hotkeys, and the menus that hold them."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu

from studio.window import hotkeys
from studio.window.hotkeys import Hotkey
from widgets.common import plain

LANGUAGES: Final = (("", ""), ("zh_CN", "简体中文"), ("en", "English"))
MENUS: Final = ("file", "live", "view", "docks", "help")


class Entry(StrEnum):
    """What stands in a menu, has no hotkey, and is not in every window."""

    RECORDINGS = "recordings"
    PLATFORMS = "platforms"
    BOOKS = "books"
    ROOM = "room"
    ASSISTANTS = "assistants"
    STREAM_KEYS = "stream_keys"
    API_TOKENS = "api_tokens"
    WEBHOOKS = "webhooks"
    AUDIT = "audit"
    HOST_TOKEN = "host_token"  # noqa: S105 - the name of an entry


class Menus(QObject):
    """Makes every action once; a menu entry and a hotkey are the same action.

    Attributes:
        language_chosen: emitted with `zh_CN`, `en`, or empty for the system's.
        card_toggled: emitted with a product's spoken number, 1 to 9.
        reset_wanted, logs_wanted, about_wanted: what their names say.
        all: every menu below one, for the button that opens them.
    """

    language_chosen = Signal(str)
    card_toggled = Signal(int)
    reset_wanted = Signal()
    logs_wanted = Signal()
    about_wanted = Signal()

    def __init__(
        self,
        window: QMainWindow,
        slots: Mapping[Hotkey, Callable[[], object]],
        dock_actions: Sequence[QAction],
        entries: Mapping[Entry, Callable[[], object]] | None = None,
    ) -> None:
        """Offer what has a slot."""
        super().__init__(window)
        self.entries = {entry: self._action(slot) for entry, slot in (entries or {}).items()}
        self.actions: dict[Hotkey, QAction] = {}
        for hotkey, slot in slots.items():
            action = self._action(slot)
            action.setShortcut(hotkeys.sequence(hotkey))
            self.actions[hotkey] = action
        window.addActions(list(self.actions.values()))
        for number in hotkeys.CARD_NUMBERS:
            shortcut = QShortcut(hotkeys.card_sequence(number), window)
            shortcut.activated.connect(lambda number=number: self.card_toggled.emit(number))
        self._reset = self._action(self.reset_wanted.emit)
        self._logs = self._action(self.logs_wanted.emit)
        self._about = self._action(self.about_wanted.emit)
        self._languages = QActionGroup(self)
        for code, name in LANGUAGES:
            action = QAction(self._languages)
            plain.set_text(action, name)
            action.setCheckable(True)
            action.setData(code)
        self._languages.triggered.connect(lambda action: self.language_chosen.emit(action.data()))
        self.all = QMenu(window)
        self.menus: dict[str, QMenu] = {name: self.all.addMenu("") for name in MENUS}
        self._language_menu = QMenu(window)
        self._fill(dock_actions)

    def _action(self, slot: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def _fill(self, dock_actions: Sequence[QAction]) -> None:
        contents: dict[str, list[Sequence[QAction]]] = {
            "file": [
                self._of(Hotkey.OPEN_FILE, Hotkey.JOIN, Hotkey.COPY_LINK, Hotkey.SETTINGS),
                self._of(Hotkey.QUIT),
            ],
            "live": [
                self._of(Hotkey.TOGGLE_LIVE, Hotkey.TOGGLE_PAUSE, Hotkey.TOGGLE_MUTE, Hotkey.HIDE_CARD),
                self._of(Hotkey.TOGGLE_RECORDING, Hotkey.PAUSE_RECORDING),
                self._of(Hotkey.ADD_CHAPTER, Hotkey.SAVE_REPLAY),
                self._of(Hotkey.WRITE, Hotkey.TOGGLE_CHAT),
                self._of(Hotkey.PRODUCTS, Hotkey.ORDERS, Hotkey.CAMPAIGNS, Hotkey.COUPONS),
                [self.entries[entry] for entry in Entry if entry in self.entries],
            ],
            "view": [
                self._of(Hotkey.FULL_SCREEN, Hotkey.HIDE_BAND),
                self._of(Hotkey.SEARCH, Hotkey.EFFECTS, Hotkey.COMPARE),
                [self._language_menu.menuAction()],
            ],
            "docks": [dock_actions, [*self._of(Hotkey.EDIT_LAYOUT), self._reset]],
            "help": [[*self._of(Hotkey.HELP), self._logs], [self._about]],
        }
        self._language_menu.addActions(self._languages.actions())
        for name, groups in contents.items():
            for group in groups:
                if group and not self.menus[name].isEmpty():
                    self.menus[name].addSeparator()
                self.menus[name].addActions(list(group))

    def _of(self, *wanted: Hotkey) -> list[QAction]:
        return [self.actions[hotkey] for hotkey in wanted if hotkey in self.actions]

    @property
    def language_actions(self) -> list[QAction]:
        """One action a language; its data is the code."""
        return self._languages.actions()

    def retranslate(self, name: str) -> None:
        """Set every text again; `name` is the program's."""
        self.menus["file"].setTitle(self.tr("&File"))
        self.menus["live"].setTitle(self.tr("&Live"))
        self.menus["view"].setTitle(self.tr("&View"))
        self.menus["docks"].setTitle(self.tr("&Panels"))
        self.menus["help"].setTitle(self.tr("&Help"))
        for hotkey, action in self.actions.items():
            plain.set_text(action, hotkeys.text(hotkey))
        names = {
            Entry.RECORDINGS: self.tr("Recordings…"),
            Entry.PLATFORMS: self.tr("Other platforms…"),
            Entry.BOOKS: self.tr("Books…"),
            Entry.ROOM: self.tr("Room…"),
            Entry.ASSISTANTS: self.tr("Assistants…"),
            Entry.STREAM_KEYS: self.tr("Stream keys…"),
            Entry.API_TOKENS: self.tr("API tokens…"),
            Entry.WEBHOOKS: self.tr("Webhooks…"),
            Entry.AUDIT: self.tr("Audit log…"),
            Entry.HOST_TOKEN: self.tr("Renew the host token…"),
        }
        for entry, action in self.entries.items():
            plain.set_text(action, names[entry])
        self._reset.setText(self.tr("Reset the layout"))
        self._logs.setText(self.tr("Show the log files"))
        plain.set_text(self._about, self.tr("About {name}").format(name=name))
        self._language_menu.setTitle(self.tr("Language"))
        self._languages.actions()[0].setText(self.tr("As the system"))

    def show_language(self, code: str) -> None:
        """Mark the chosen language."""
        for action in self._languages.actions():
            action.setChecked(action.data() == code)
