import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.people import danmu
from widgets.chat.chat_delegate import ChatDelegate, ChatTexts, RowButton
from widgets.chat.chat_list import ChatList
from widgets.chat.chat_model import CAPACITY


@pytest.fixture
def chat(qtbot: QtBot) -> ChatList:
    delegate = ChatDelegate(ChatTexts("Host", "Assistant", "Follower", "{n}", {}))
    made = ChatList(delegate)
    delegate.setParent(made)
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    qtbot.waitExposed(made)
    made.set_danmu([danmu(number) for number in range(1, 41)])
    QApplication.processEvents()
    return made


def is_at_end(chat: ChatList) -> bool:
    return chat.verticalScrollBar().value() == chat.verticalScrollBar().maximum()


def test_the_chat_list_follows_the_newest_line(qtbot: QtBot, chat: ChatList) -> None:
    chat.add([danmu(41, "a text " * 20)])
    qtbot.waitUntil(lambda: chat.chat.rowCount() == 41)
    qtbot.waitUntil(lambda: is_at_end(chat))

    assert chat.waiting == 0


def test_a_flood_is_shown_in_few_steps(qtbot: QtBot, chat: ChatList, record: Record) -> None:
    inserted = record(chat.chat.rowsInserted)
    for number in range(100, 1100):
        chat.add([danmu(number)])
    qtbot.waitUntil(lambda: chat.chat.danmu[-1].danmu_id == 1099)

    assert len(inserted) <= 2
    assert chat.chat.rowCount() == CAPACITY


def test_who_reads_back_is_not_disturbed(chat: ChatList, record: Record) -> None:
    counts = record(chat.waiting_changed)
    chat.setFocus()
    QTest.keyClick(chat, Qt.Key.Key_Home)
    chat.add([danmu(41), danmu(42)])
    chat.add([danmu(43)])
    chat.flush()

    assert chat.chat.rowCount() == 40
    assert chat.verticalScrollBar().value() == 0
    assert counts == [(2,), (3,)]

    chat.follow()

    assert chat.chat.rowCount() == 43
    assert chat.waiting == 0
    assert is_at_end(chat)


def test_scrolling_to_the_end_follows_again(chat: ChatList) -> None:
    chat.setFocus()
    QTest.keyClick(chat, Qt.Key.Key_Home)
    chat.add([danmu(41)])
    QTest.keyClick(chat, Qt.Key.Key_End)

    assert chat.waiting == 0
    assert chat.chat.rowCount() == 41


def test_what_is_deleted_while_it_waits_is_never_shown(chat: ChatList) -> None:
    chat.add([danmu(41), danmu(42)])
    chat.remove([41])
    chat.flush()

    assert [one.danmu_id for one in chat.chat.danmu[-2:]] == [40, 42]


@pytest.mark.parametrize(
    ("key", "button"),
    [
        (Qt.Key.Key_Return, RowButton.REPLY),
        (Qt.Key.Key_Delete, RowButton.DELETE),
        (Qt.Key.Key_P, RowButton.PIN),
    ],
)
def test_a_row_works_with_the_keyboard(
    chat: ChatList, record: Record, key: Qt.Key, button: RowButton
) -> None:
    wanted = record(chat.wanted)
    chat.setFocus()
    chat.setCurrentIndex(chat.chat.index(3))
    QTest.keyClick(chat, key)

    assert wanted == [(button, chat.chat.danmu[3])]


def test_the_menu_opens_by_the_keyboard_at_its_row(chat: ChatList, record: Record) -> None:
    menus = record(chat.menu_wanted)
    chat.setCurrentIndex(chat.chat.index(39))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(chat.viewport(), event)

    assert [arguments[0] for arguments in menus] == [chat.chat.danmu[39]]


def test_a_button_of_a_row_is_clicked(chat: ChatList, record: Record) -> None:
    wanted = record(chat.wanted)
    index = chat.chat.index(39)
    delegate = chat.itemDelegate()
    assert isinstance(delegate, ChatDelegate)
    box = delegate.button_rects(chat.visualRect(index))[RowButton.DELETE]
    QTest.mouseClick(chat.viewport(), Qt.MouseButton.LeftButton, pos=box.center())

    assert wanted == [(RowButton.DELETE, chat.chat.danmu[39])]
