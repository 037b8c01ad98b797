import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.staff import RevokeAssistant
from tests.widgets.conftest import Record
from widgets.staff.revoke_dialog import RevokeDialog


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(host: QWidget, name: str) -> RevokeDialog:
    made = RevokeDialog(host, 1, name)
    made.open()
    return made


def test_the_reason_is_given_without_blanks_around_it(host: QWidget, record: Record) -> None:
    dialog = opened(host, "Wang")
    accepted = record(dialog.command)
    dialog.reason_edit.setText("  thanks  ")
    assert dialog.reason == "thanks"
    dialog.accept_button.click()

    assert accepted == [(RevokeAssistant(1, "thanks"),)]


@pytest.mark.parametrize(("typed", "is_done"), [("", False), ("thanks", True)])
def test_enter_alone_revokes_nobody(host: QWidget, record: Record, typed: str, is_done: bool) -> None:  # noqa: FBT001
    dialog = opened(host, "Wang")
    accepted = record(dialog.command)
    QTest.keyClicks(dialog.reason_edit, typed)
    QTest.keyClick(dialog.reason_edit, Qt.Key.Key_Return)

    assert bool(accepted) is is_done


def test_an_invitation_is_asked_about_in_other_words(host: QWidget) -> None:
    texts = {part.text() for part in opened(host, "").findChildren(QLabel)}
    assert "Take the invitation back?" in texts


def test_a_name_is_plain_text(host: QWidget) -> None:
    dialog = opened(host, "<b>Wang</b>")
    assert all(part.textFormat() is Qt.TextFormat.PlainText for part in dialog.findChildren(QLabel))
