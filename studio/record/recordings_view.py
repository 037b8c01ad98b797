"""Shows the recordings on this computer, and has parts of them copied by the engine."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio.engine.messages.recording import (
    ExportRecording,
    ListRecordings,
    RecordingChanged,
    RecordingExported,
    RecordingRead,
    RecordingsListed,
    RecordingState,
)
from studio.parts import EngineLink
from studio.record.recording_view import RecordingView, open_folder
from studio.window.main_window import MainWindow
from widgets.common.file_dialogs import Place, ask_to_save
from widgets.live.toasts import Offer, Tone
from widgets.record.part_dialog import PartDialog
from widgets.record.recordings_dialog import RecordingsDialog


class RecordingsView(QObject):
    """Between the engine's librarian and the dialog of recordings."""

    def __init__(self, engine: EngineLink, recording: RecordingView, window: MainWindow) -> None:
        super().__init__(window)
        self._engine = engine
        self._recording = recording
        self._window = window
        self._dialog: RecordingsDialog | None = None
        engine.event_arrived.connect(self.on_event)
        window.recordings_wanted.connect(self.open)

    def open(self) -> None:
        """Show the recordings of the chosen folder."""
        if self._dialog is not None:
            return
        folder = self._recording.folder
        dialog = RecordingsDialog(self._window, folder)
        dialog.play_wanted.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        dialog.folder_wanted.connect(lambda: open_folder(folder))
        dialog.part_wanted.connect(self._ask_for_part)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        self._list()

    def on_event(self, event: object) -> None:
        """Show what the engine found."""
        match event:
            case RecordingsListed(paths=paths) if self._dialog is not None:
                self._dialog.show_paths(paths)
            case RecordingRead() if self._dialog is not None:
                self._dialog.show_recording(event)
            case RecordingExported():
                self._on_exported(event)
            case RecordingChanged(state=RecordingState.IDLE) if self._dialog is not None:
                self._list()  # another one is whole

    def _on_finished(self) -> None:
        self._dialog = None

    def _ask_for_part(self, recording: RecordingRead) -> None:
        dialog = PartDialog(self._dialog or self._window, recording)
        dialog.chosen.connect(lambda begin, end: self._ask_where(recording, begin, end))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self, recording: RecordingRead, begin: float, end: float) -> None:
        name = self.tr("{name} part").format(name=Path(recording.path).stem) + ".mp4"
        parent = self._dialog or self._window
        place = Place.MoviesLocation
        dialog = ask_to_save(parent, self.tr("Copy a part"), place, [self.tr("Videos (*.mp4)")], name)
        dialog.fileSelected.connect(
            lambda target: self._engine.send(ExportRecording(recording.path, begin, end, target))
        )
        dialog.open()

    def _on_exported(self, exported: RecordingExported) -> None:
        target = Path(exported.target)
        if exported.detail:
            text = self.tr("The part was not copied: {detail}").format(detail=exported.detail)
            self._window.toasts.show_toast(text, Tone.BAD)
            if self._dialog is not None:
                self._dialog.show_note(text, "bad")
            return
        text = self.tr("Copied: {name}").format(name=target.name)
        offer = Offer(self.tr("Open the folder"), lambda: open_folder(target.parent))
        self._window.toasts.show_toast(text, offer=offer)
        if self._dialog is not None:
            self._dialog.show_note(text, "ok")
            self._list()

    def _list(self) -> None:
        self._engine.send(ListRecordings(str(self._recording.folder)))
