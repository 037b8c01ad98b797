import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.cards import HideCard
from studio.window.assistant_window import AssistantWindow
from studio.window.hotkeys import Hotkey
from tests.widgets.people import danmu


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> AssistantWindow:
    made = AssistantWindow(QIcon())
    qtbot.addWidget(made, before_close_func=lambda _widget: made.close_for_good())
    made.show()
    return made


def test_the_assistants_window_has_the_panels_of_the_room_and_none_of_a_broadcast(
    window: AssistantWindow,
) -> None:
    assert set(window.docks) == {"side", "products"}
    assert set(window.rail.buttons) == {"audience", "numbers", "run", "campaigns"}
    assert window.chat.isVisible()
    assert not {Hotkey.TOGGLE_LIVE, Hotkey.TOGGLE_MUTE, Hotkey.SETTINGS} & set(window.menus.actions)


def test_hotkeys_reach_chat_and_products(window: AssistantWindow) -> None:
    window.activateWindow()
    window.menus.actions[Hotkey.WRITE].trigger()
    assert window.focusWidget() is window.chat.composer.edit
    window.docks["products"].hide()
    window.menus.actions[Hotkey.SEARCH].trigger()
    assert window.focusWidget() is window.products.search
    commands: list[object] = []
    window.products.command.connect(commands.append)
    window.menus.actions[Hotkey.HIDE_CARD].trigger()

    assert commands == [HideCard()]


def test_what_one_may_not_do_is_not_offered(window: AssistantWindow) -> None:
    window.resize(1280, 800)
    window.rail.buttons["numbers"].click()
    window.show_rights([AssistantRight.CHAT])
    assert not window.menus.actions[Hotkey.HIDE_CARD].isEnabled()
    assert window.menus.actions[Hotkey.TOGGLE_CHAT].isEnabled()
    assert window.numbers.not_shown.isVisible()
    assert not window.products.may_show_cards
    window.show_rights([AssistantRight.PRODUCTS, AssistantRight.NUMBERS])

    assert window.menus.actions[Hotkey.HIDE_CARD].isEnabled()
    assert not window.menus.actions[Hotkey.TOGGLE_CHAT].isEnabled()
    assert not window.numbers.not_shown.isVisible()
    assert window.products.may_show_cards


def test_the_window_closes_when_it_is_told(window: AssistantWindow) -> None:
    wanted: list[bool] = []
    window.close_wanted.connect(lambda: wanted.append(True))
    window.close()
    assert window.isVisible()
    window.close_for_good()

    assert not window.isVisible()
    assert wanted == [True]


def test_open_dialogs_can_be_left_when_the_rights_end(window: AssistantWindow) -> None:
    window.chat.rules.edit_words()
    window.chat.ask_why(danmu(1))
    window.audience.poll.ask()
    dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    window.show_in_room(is_in=False)

    assert len(dialogs) == 3
    assert all(dialog.isEnabled() for dialog in dialogs)
