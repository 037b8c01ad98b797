from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.live.share_popup import SharePopup


@pytest.fixture
def popup(qtbot: QtBot) -> Iterator[SharePopup]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = SharePopup(parent)
    made.show()
    yield made
    made.hide()


def test_the_link_is_shown_as_text_and_code_and_can_be_copied(popup: SharePopup, record: Record) -> None:
    copied = record(popup.link_copied)
    popup.show_link("http://192.168.1.20:8787/r/main")
    popup.copy_button.click()

    assert QGuiApplication.clipboard().text() == "http://192.168.1.20:8787/r/main?from=host"
    assert popup.link.text() == "http://192.168.1.20:8787/r/main?from=host"
    assert not popup.qr.image.isNull()
    assert copied == [()]


def test_without_a_link_there_is_nothing_to_copy(popup: SharePopup, record: Record) -> None:
    copied = record(popup.link_copied)
    popup.show_link("")
    popup.copy_link()

    assert copied == []
    assert not popup.copy_button.isEnabled()


@pytest.mark.parametrize(
    ("url", "is_local"), [("http://127.0.0.1:1/r/a", True), ("http://192.168.1.2:1/r/a", False)]
)
def test_the_share_popup_says_when_phones_cannot_follow_the_link(
    popup: SharePopup,
    url: str,
    is_local: bool,  # noqa: FBT001
) -> None:
    popup.show_link(url)

    assert popup.note.isVisible() == is_local
