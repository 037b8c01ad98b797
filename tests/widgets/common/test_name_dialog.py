from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.common.name_dialog import NameDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[NameDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = NameDialog(parent, "Save as a preset", "Save")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    yield made
    parent.close()


def test_a_name_is_told_without_blanks_around_it(dialog: NameDialog, record: Record) -> None:
    named = record(dialog.named)
    QTest.keyClicks(dialog.name, "  Evening ")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    assert named == [("Evening",)]


def test_an_empty_name_cannot_be_given(dialog: NameDialog, record: Record) -> None:
    named = record(dialog.named)
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.name, "   ")
    assert not dialog.accept_button.isEnabled()
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    assert named == []


def test_who_cancels_names_nothing(dialog: NameDialog, record: Record) -> None:
    named = record(dialog.named)
    QTest.keyClicks(dialog.name, "Evening")
    dialog.reject_button.click()

    assert named == []
