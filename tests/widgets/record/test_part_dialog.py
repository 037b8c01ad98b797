import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.record.recordings import recording
from widgets.record.part_dialog import PartDialog


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> PartDialog:
    made = PartDialog(parent, recording())
    made.open()
    return made


def test_all_of_it_is_proposed(dialog: PartDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.copy_button.click()
    assert chosen == [(0.0, 90.0)]


def test_a_chapter_sets_both_times(dialog: PartDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    assert dialog.chapter.itemText(2) == "00:00:20  Tea"
    dialog.chapter.setCurrentIndex(2)
    dialog.copy_button.click()
    assert chosen == [(20.0, 65.0)]


def test_the_last_chapter_ends_with_the_recording(dialog: PartDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.chapter.setCurrentIndex(3)
    dialog.copy_button.click()
    assert chosen == [(65.0, 90.0)]


def test_a_part_that_ends_before_it_begins_cannot_be_copied(dialog: PartDialog) -> None:
    dialog.begin.setTime(QTime(0, 1, 0))
    dialog.end.setTime(QTime(0, 0, 30))
    assert not dialog.copy_button.isEnabled()
    dialog.end.setTime(QTime(0, 1, 1))
    assert dialog.copy_button.isEnabled()
