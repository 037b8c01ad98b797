import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.live.stream_key_dialog import MadeKey, StreamKeyDialog

URL = "http://192.168.1.20:8787/whip/main"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_address_and_key_can_be_copied_and_are_shown_only_once(host: QWidget) -> None:
    dialog = StreamKeyDialog(host, MadeKey("OBS", "lsk-secret", URL, is_local=False))
    dialog.open()
    copied = []
    for part in (dialog.url, dialog.key):
        part.copy_button.click()
        copied.append(QGuiApplication.clipboard().text())
    assert copied == [URL, "lsk-secret"]
    assert "only once" in dialog.once.text()
    assert dialog.local_note.isHidden()


def test_an_address_that_leads_nowhere_else_says_so(host: QWidget) -> None:
    dialog = StreamKeyDialog(host, MadeKey("OBS", "lsk-secret", URL, is_local=True))
    assert not dialog.local_note.isHidden()
