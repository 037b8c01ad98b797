from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from studio.engine.messages.recording import (
    ExportRecording,
    ListRecordings,
    RecordingExported,
    RecordingsListed,
    RecordingState,
)
from studio.record.recordings_view import RecordingsView
from studio.window.main_window import MainWindow
from tests.studio.record.test_recording_view import Desk
from tests.widgets.record.recordings import recording
from widgets.record.part_dialog import PartDialog
from widgets.record.recordings_dialog import RecordingsDialog


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path) -> Desk:
    return Desk(window, tmp_path)


@pytest.fixture
def dialog(desk: Desk) -> RecordingsDialog:
    view = RecordingsView(desk.engine, desk.view, desk.window)
    view.open()
    view.open()  # a second time changes nothing
    [dialog] = desk.window.findChildren(RecordingsDialog)
    return dialog


def test_opening_asks_the_engine_for_the_chosen_folder(desk: Desk, dialog: RecordingsDialog) -> None:
    folder = str(desk.view.folder)
    assert desk.engine.commands == [ListRecordings(folder)]
    desk.engine.event_arrived.emit(RecordingsListed(folder, ("/v/show.mp4",)))
    desk.engine.event_arrived.emit(recording())
    assert dialog.chosen == recording()


def test_a_recording_that_ends_is_listed_anew(desk: Desk, dialog: RecordingsDialog) -> None:
    desk.hear(RecordingState.IDLE, "/v/show.mp4")
    assert desk.engine.commands == [ListRecordings(str(desk.view.folder))] * 2
    dialog.accept()
    desk.hear(RecordingState.IDLE, "/v/show.mp4")
    assert len(desk.engine.commands) == 2


def test_a_part_is_copied_to_where_the_host_chooses(desk: Desk, dialog: RecordingsDialog) -> None:
    dialog.part_wanted.emit(recording())
    part = dialog.findChild(PartDialog)
    assert part is not None
    part.chapter.setCurrentIndex(2)
    part.copy_button.click()
    files = dialog.findChild(QFileDialog)
    assert files is not None
    assert [Path(name).name for name in files.selectedFiles()] == ["show part.mp4"]
    files.fileSelected.emit("/w/tea.mp4")
    assert desk.engine.commands[-1] == ExportRecording("/v/show.mp4", 20.0, 65.0, "/w/tea.mp4")
    desk.engine.event_arrived.emit(RecordingExported("/w/tea.mp4"))
    assert desk.toasts() == ["Copied: tea.mp4"]
    assert isinstance(desk.engine.commands[-1], ListRecordings)


def test_a_part_that_was_not_copied_has_a_reason(desk: Desk, dialog: RecordingsDialog) -> None:
    desk.engine.event_arrived.emit(RecordingExported("/w/tea.mp4", "No space left on device"))
    assert "No space left" in desk.toasts()[0]
    assert "No space left" in dialog.note.text()


def test_a_recording_is_played_by_the_system(
    desk: Desk, dialog: RecordingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog.play_wanted.emit("/v/show.mp4")
    dialog.folder_wanted.emit()
    assert [url.toLocalFile() for url in opened] == ["/v/show.mp4", str(desk.view.folder)]
