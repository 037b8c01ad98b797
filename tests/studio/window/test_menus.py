from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from studio.window.hotkeys import Hotkey, sequence
from studio.window.menus import MENUS, Entry, Menus


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def make(window: QMainWindow) -> tuple[Menus, list[Hotkey]]:
    done: list[Hotkey] = []
    slots = {hotkey: partial(done.append, hotkey) for hotkey in Hotkey}
    entries: dict[Entry, Callable[[], object]] = {entry: lambda: None for entry in Entry}
    menus = Menus(window, slots, [QAction("Dock", window)], entries)
    menus.retranslate("Livestall")
    return menus, done


def test_every_action_does_its_thing_and_shows_its_key(window: QMainWindow) -> None:
    menus, done = make(window)
    for action in menus.actions.values():
        action.trigger()

    assert done == list(Hotkey)
    assert {action.shortcut() for action in menus.actions.values()} == {sequence(hotkey) for hotkey in Hotkey}


def test_every_entry_has_a_text_and_every_hotkey_an_entry(window: QMainWindow) -> None:
    menus, _ = make(window)
    entries = [action for name in MENUS for action in menus.menus[name].actions() if not action.isSeparator()]

    assert all(action.text() for action in entries)
    assert set(menus.actions.values()) <= set(entries)


def test_the_chosen_language_is_marked_and_told(window: QMainWindow) -> None:
    menus, _ = make(window)
    chosen: list[str] = []
    menus.language_chosen.connect(chosen.append)
    menus.show_language("en")
    languages = {action.data(): action for action in menus.language_actions}
    assert [code for code, action in languages.items() if action.isChecked()] == ["en"]
    languages["zh_CN"].trigger()

    assert chosen == ["zh_CN"]


def test_what_has_no_slot_is_not_offered_and_leaves_no_gap(window: QMainWindow) -> None:
    menus = Menus(window, {Hotkey.QUIT: window.close}, [])
    menus.retranslate("Livestall")

    assert set(menus.actions) == {Hotkey.QUIT}
    assert menus.entries == {}
    assert menus.menus["live"].isEmpty()
    assert not any(action.isSeparator() for action in menus.menus["file"].actions())


def test_an_entry_without_a_hotkey_does_its_thing(window: QMainWindow) -> None:
    done: list[Entry] = []
    menus = Menus(window, {}, [], {entry: partial(done.append, entry) for entry in Entry})
    for action in menus.menus["live"].actions():
        action.trigger()

    assert done == list(Entry)
