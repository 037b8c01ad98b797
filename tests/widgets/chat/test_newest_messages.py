import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.people import BOB, danmu
from tests.widgets.tooltips import read
from widgets.chat.chat_model import ChatModel
from widgets.chat.newest_messages import NewestMessages


@pytest.fixture
def chat() -> ChatModel:
    return ChatModel()


@pytest.fixture
def newest(qtbot: QtBot, chat: ChatModel) -> NewestMessages:
    made = NewestMessages(chat)
    qtbot.addWidget(made)
    made.resize(400, 60)
    made.show()
    return made


def lines(newest: NewestMessages) -> list[tuple[str, str]]:
    return [(name.text(), text.text()) for name, text in zip(newest.names, newest.texts, strict=True)]


def test_the_newest_two_messages_are_read_without_the_chat(newest: NewestMessages, chat: ChatModel) -> None:
    chat.add([danmu(1), danmu(2, "how much?", BOB), danmu(3, "<b>red</b>")])
    assert lines(newest) == [("Bob", "how much?"), ("Ann", "<b>red</b>")]
    assert read(newest.texts[1].toolTip()) == "<b>red</b>"
    chat.remove([3])
    assert lines(newest) == [("Ann", "danmu 1"), ("Bob", "how much?")]


def test_the_first_message_moves_nothing(newest: NewestMessages, chat: ChatModel) -> None:
    assert lines(newest) == [("", "Nobody has written yet."), ("", "")]
    before = newest.sizeHint().height()
    chat.add([danmu(1)])
    assert (lines(newest), newest.sizeHint().height()) == ([("Ann", "danmu 1"), ("", "")], before)


def test_a_click_on_the_newest_messages_opens_the_chat(newest: NewestMessages, record: Record) -> None:
    chosen = record(newest.chosen)
    QTest.mouseClick(newest, Qt.MouseButton.LeftButton)
    assert chosen == [()]
