"""What viewers say is read in the host's window at every width."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.window.main_window import MainWindow
from tests.widgets.full_windows import MESSAGES, full_main_window
from widgets.chat.chat_model import ChatRole
from widgets.common.stage import Stage

SIZES = [(1024, 576), (1180, 700), (1200, 576), (1280, 720), (1680, 900), (1920, 1080)]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = full_main_window()
    qtbot.addWidget(made, before_close_func=lambda _widget: made.close_for_good())
    made.showNormal()
    yield made
    QApplication.processEvents()


def resize(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    QApplication.processEvents()
    QApplication.processEvents()


def read_in_the_chat(window: MainWindow) -> list[int]:
    """The messages of which the whole is in sight in the list."""
    listed = window.chat.list
    if listed.visibleRegion().isEmpty():
        return []
    seen = listed.viewport().rect()
    rows = [listed.chat.index(row) for row in range(listed.chat.rowCount())]
    return [each.data(ChatRole.DANMU).danmu_id for each in rows if seen.contains(listed.visualRect(each))]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_newest_two_messages_are_read_at_every_width(window: MainWindow, width: int, height: int) -> None:
    resize(window, width, height)
    beside = [] if window.newest.visibleRegion().isEmpty() else [MESSAGES - 1, MESSAGES]
    assert {MESSAGES - 1, MESSAGES} <= {*read_in_the_chat(window), *beside}


def test_the_newest_messages_stand_under_the_products_only_while_the_chat_is_out_of_sight(
    window: MainWindow,
) -> None:
    resize(window, 1024, 576)
    assert window.newest.isVisible()
    window.newest.chosen.emit()
    QApplication.processEvents()
    assert not window.chat.list.visibleRegion().isEmpty()
    resize(window, 1280, 720)
    assert not window.newest.isVisible()
    resize(window, 1024, 576)
    assert window.newest.isVisible()


def test_the_newest_messages_move_nothing_when_the_window_goes_live(window: MainWindow) -> None:
    window.live_bar.show_stage(Stage.READY)
    resize(window, 1024, 576)
    before = window.products.geometry(), window.newest.geometry()
    window.live_bar.show_stage(Stage.LIVE)
    QApplication.processEvents()
    assert (window.products.geometry(), window.newest.geometry()) == before
