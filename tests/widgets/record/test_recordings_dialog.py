from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.record.recordings import recording
from widgets.record.recordings_dialog import RecordingsDialog


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> RecordingsDialog:
    made = RecordingsDialog(parent, Path("/v"))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    return made


def texts(dialog: RecordingsDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_recordings_stand_there_by_name_before_anything_else_is_known(dialog: RecordingsDialog) -> None:
    dialog.show_paths(["/v/b.mp4", "/v/a.mp4"])
    assert texts(dialog) == ["b.mp4", "a.mp4"]
    assert dialog.play_button.isEnabled()
    assert not dialog.part_button.isEnabled()


def test_a_recording_shows_length_size_chapters_and_picture(dialog: RecordingsDialog) -> None:
    dialog.show_paths(["/v/show.mp4"])
    dialog.show_recording(recording())
    name, details = texts(dialog)[0].split("\n")
    assert name == "show.mp4"
    assert details.startswith("00:01:30 · 48.2 MB · 20")
    assert details.endswith("3 chapters")
    assert not dialog.list.item(0).icon().isNull()


def test_a_recording_that_grows_or_is_torn_says_so(dialog: RecordingsDialog) -> None:
    dialog.show_paths(["/v/a.mp4", "/v/b.mp4"])
    dialog.show_recording(recording("/v/a.mp4", is_growing=True))
    dialog.show_recording(recording("/v/b.mp4", seconds=0.0))
    assert "Recording now" in texts(dialog)[0]
    assert "Cannot be read" in texts(dialog)[1]
    dialog.list.setCurrentRow(1)
    assert not dialog.part_button.isEnabled()


def test_an_empty_folder_says_how_a_recording_is_made(dialog: RecordingsDialog) -> None:
    dialog.show_paths([])
    assert "no recordings yet" in dialog.note.text()
    assert not dialog.play_button.isEnabled()


def test_the_buttons_ask_for_the_chosen_recording(dialog: RecordingsDialog, record: Record) -> None:
    plays, parts = record(dialog.play_wanted), record(dialog.part_wanted)
    dialog.show_paths(["/v/a.mp4", "/v/b.mp4"])
    wanted = recording("/v/b.mp4")
    dialog.show_recording(wanted)
    dialog.list.setCurrentRow(1)
    dialog.play_button.click()
    dialog.part_button.click()
    assert plays == [("/v/b.mp4",)]
    assert parts == [(wanted,)]
