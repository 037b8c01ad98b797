from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.chat import MAX_BLOCKED_WORD, MAX_BLOCKED_WORDS
from tests.widgets.conftest import Record
from widgets.chat.blocked_words_dialog import (
    BlockedWordsDialog,
    decode_words,
    read_words,
)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(host: QWidget) -> BlockedWordsDialog:
    made = BlockedWordsDialog(host, ["spam"], 3)
    made.open()
    return made


def test_words_are_read_each_once() -> None:
    assert read_words([" a ", "", "b c", "a"]) == ["a", "b c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_of_any_chinese_encoding_is_read(encoding: str) -> None:
    assert decode_words("加微信\n广告".encode(encoding)) == "加微信\n广告"


def test_a_file_adds_to_what_is_there(dialog: BlockedWordsDialog, tmp_path: Path, record: Record) -> None:
    chosen = record(dialog.chosen)
    path = tmp_path / "words.txt"
    path.write_bytes("加微信\r\nspam\r\n广告\r\n".encode("gb18030"))
    dialog.add_file(path)
    assert dialog.note.text() == "2 words added"
    dialog.save_button.click()

    assert chosen == [(["spam", "加微信", "广告"],)]


def test_a_file_that_is_not_there_is_told(dialog: BlockedWordsDialog, tmp_path: Path) -> None:
    dialog.add_file(tmp_path / "none.txt")

    assert "cannot be read" in dialog.note.text()
    assert dialog.words == ["spam"]


@pytest.mark.parametrize(
    "words", [["x" * (MAX_BLOCKED_WORD + 1)], [str(number) for number in range(MAX_BLOCKED_WORDS + 1)]]
)
def test_what_the_server_would_refuse_is_not_saved(dialog: BlockedWordsDialog, words: list[str]) -> None:
    dialog.edit.setPlainText("\n".join(words))

    assert not dialog.save_button.isEnabled()
    assert dialog.note.property("tone") == "bad"
