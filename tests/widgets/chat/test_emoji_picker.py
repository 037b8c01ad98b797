import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.chat.emoji_picker import EMOJI, EmojiPicker

COMPOSER = Path(__file__).parents[3] / "backend" / "player" / "chat" / "chat-composer.js"


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[EmojiPicker]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = EmojiPicker(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open_above(parent)
    yield made
    parent.close()


def test_a_click_chooses_and_closes(picker: EmojiPicker, record: Record) -> None:
    chosen = record(picker.chosen)
    picker.buttons[3].click()

    assert chosen == [(EMOJI[3],)]
    assert not picker.isVisible()


def test_the_emoji_picker_works_with_the_keyboard(picker: EmojiPicker, record: Record) -> None:
    chosen = record(picker.chosen)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(picker.focusWidget(), key)
    QTest.keyClick(picker.focusWidget(), Qt.Key.Key_Return)

    assert chosen == [(EMOJI[-1],)]


def test_host_and_viewers_are_offered_the_same() -> None:
    listed = re.search(r"EMOJI = \[(.*?)\]", COMPOSER.read_text(encoding="utf-8"), re.DOTALL)

    assert listed is not None
    assert tuple(re.findall(r'"([^"]+)"', listed[1])) == EMOJI
