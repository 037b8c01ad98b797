import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.restream.target import Target
from widgets.restream.target_dialog import TargetDialog


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> TargetDialog:
    made = TargetDialog(parent, Target("t1", "", ""))
    made.open()
    return made


def test_a_platform_is_given_back_as_it_was_typed(dialog: TargetDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.name.setText("B站")
    dialog.server.setText(" rtmp://live.example.com/app ")
    dialog.key.setText(" k1 ")
    dialog.save_button.click()
    assert chosen == [(Target("t1", "B站", "rtmp://live.example.com/app", "k1"),)]
    assert not dialog.isVisible()


def test_a_platform_without_a_name_has_that_of_its_server(dialog: TargetDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.server.setText("rtmp://live.example.com/app")
    dialog.save_button.click()
    assert chosen == [(Target("t1", "live.example.com", "rtmp://live.example.com/app"),)]


def test_an_address_that_is_none_is_told_and_nothing_is_lost(dialog: TargetDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.server.setText("live.example.com")
    dialog.save_button.click()
    assert chosen == []
    assert dialog.isVisible()
    assert "rtmp://" in dialog.error.text()


def test_the_key_is_not_shown(dialog: TargetDialog) -> None:
    assert dialog.key.echoMode() is QLineEdit.EchoMode.Password
