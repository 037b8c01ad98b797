"""Asks the engine for recordings as the host wants them, and shows how they are doing."""

from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import RoomUpdate
from studio.engine.messages.recording import (
    AddChapter,
    PauseRecording,
    RecordingChanged,
    RecordingMeasured,
    RecordingProblem,
    RecordingState,
    ReplaySaved,
    ResumeRecording,
    SaveReplay,
    StartRecording,
    StopRecording,
)
from studio.live.broadcast import Broadcast
from studio.parts import EngineLink
from studio.record import recording_texts
from studio.record.chapter_titles import ChapterTitles
from studio.settings import SavedSettings
from studio.window.main_window import MainWindow
from widgets.common.stage import ON_AIR, Stage
from widgets.common.text import clock
from widgets.live.alarms import Action, Alarm
from widgets.live.toasts import Offer, Tone
from widgets.settings.recording_page import usual_folder

LOW_SECONDS: Final = 15 * 60
"""The host hears of a disk that lasts no longer."""


class RecordingView(QObject):
    """Between engine, room and broadcast on one side, and the record button and alarms on the other."""

    def __init__(
        self,
        engine: EngineLink,
        client: RoomClient,
        broadcast: Broadcast,
        settings: SavedSettings,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._engine = engine
        self._settings = settings
        self._window = window
        self._titles = ChapterTitles()
        self._state = RecordingState.IDLE
        self._measured: RecordingMeasured | None = None
        self._problem: RecordingProblem | None = None
        self._marks = 0
        self._is_live = False
        self._began_with_live = False
        button = window.live_bar.record_button
        button.start_wanted.connect(self.start)
        button.stop_wanted.connect(self.stop)
        window.recording_pause_wanted.connect(self.toggle_pause)
        window.chapter_wanted.connect(self.mark)
        window.replay_wanted.connect(self.save_replay)
        window.alarms.action_chosen.connect(self._on_action)
        engine.event_arrived.connect(self.on_event)
        engine.crashed.connect(self._on_crashed)
        engine.restarted.connect(self._on_restarted)
        client.updated.connect(self.on_update)
        broadcast.stage_changed.connect(self._on_stage)

    @property
    def folder(self) -> Path:
        """Where recordings go."""
        chosen = self._settings.now.recording.folder
        return Path(chosen) if chosen else usual_folder()

    # --- The host ---

    def start(self) -> None:
        """Record from now on."""
        choices = self._settings.now.recording
        self._marks = 0
        self._problem = None
        self._engine.send(
            StartRecording(
                folder=str(self.folder),
                name=_now(),
                title=self._titles.title or self.tr("Start"),
                split_bytes=choices.split_megabytes * 1_000_000,
                split_seconds=choices.split_minutes * 60.0,
            )
        )
        self._engine.send(ResumeRecording())  # else an engine started again would remember an older pause
        self._show_problem()

    def stop(self) -> None:
        """End the recording."""
        self._began_with_live = False
        self._engine.send(StopRecording())

    def toggle_pause(self) -> None:
        """Pause the recording, or go on."""
        if self._state is RecordingState.PAUSED:
            self._engine.send(ResumeRecording())
        elif self._state is RecordingState.RECORDING:
            self._engine.send(PauseRecording())

    def mark(self) -> None:
        """Begin a chapter, which the host may look for afterwards."""
        if self._state is RecordingState.IDLE:
            self._window.toasts.show_toast(self.tr("Nothing is recorded, so nothing is marked."), Tone.WARN)
            return
        self._marks += 1
        self._engine.send(AddChapter(self.tr("Mark {n}").format(n=self._marks)))
        seconds = self._measured.seconds if self._measured is not None else 0.0
        self._window.toasts.show_toast(self.tr("Marked at {time}").format(time=clock(seconds)))

    def save_replay(self) -> None:
        """Keep the last 30 s, recorded or not."""
        name = self.tr("{time} replay").format(time=_now())
        self._engine.send(SaveReplay(str(self.folder), name, self._titles.title or self.tr("Replay")))

    # --- What happens ---

    def on_event(self, event: object) -> None:
        """Show what the engine says about the recording."""
        match event:
            case RecordingChanged():
                self._on_changed(event)
            case ReplaySaved():
                self._on_replay(event)
            case RecordingMeasured():
                self._measured = event
                self._window.live_bar.show_recorded(event.seconds, event.size_bytes)
                self._show_disk()

    def on_update(self, update: RoomUpdate) -> None:
        """Begin a chapter where another product or campaign begins."""
        if self._titles.apply(update) and self._state is not RecordingState.IDLE:
            self._engine.send(AddChapter(self._titles.title or self.tr("Between products")))

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        self._show_problem()
        self._show_disk()

    def _on_changed(self, changed: RecordingChanged) -> None:
        was_recording, self._state = self._state is not RecordingState.IDLE, changed.state
        self._window.live_bar.show_recording(changed.state)
        if changed.state is not RecordingState.IDLE:
            return
        self._measured = None
        self._problem = changed.problem
        self._show_disk()
        self._show_problem()
        if changed.problem is not None:
            self._began_with_live = False
            self._engine.send(StopRecording())  # else an engine started again would try once more
        if was_recording and changed.path:
            path = Path(changed.path)
            self._tell_where(self.tr("Recorded: {name}").format(name=path.name), path)

    def _on_replay(self, saved: ReplaySaved) -> None:
        if saved.path:
            path = Path(saved.path)
            self._tell_where(self.tr("Saved: {name}").format(name=path.name), path)
        elif saved.problem is None:
            text = self.tr("Nothing to save: the last seconds are kept while you are live or recording.")
            self._window.toasts.show_toast(text, Tone.WARN)
        else:
            self._window.toasts.show_toast(" ".join(recording_texts.problem(saved.problem)), Tone.BAD)

    def _tell_where(self, text: str, path: Path) -> None:
        offer = Offer(self.tr("Open the folder"), lambda: open_folder(path.parent))
        self._window.toasts.show_toast(text, offer=offer)

    def _on_crashed(self) -> None:
        """Until the next engine records again, in another file."""
        if self._state is not RecordingState.IDLE:
            self._state = RecordingState.STARTING
            self._window.live_bar.show_recording(self._state)

    def _on_restarted(self) -> None:
        """The new file begins with the chapter that the last one ended in."""
        if self._state is not RecordingState.IDLE and self._titles.title:
            self._engine.send(AddChapter(self._titles.title))

    def _on_stage(self, stage: Stage) -> None:
        is_new = stage is Stage.LIVE and not self._is_live
        self._is_live = stage is Stage.LIVE or (self._is_live and stage in ON_AIR)
        if is_new and self._settings.now.recording.begins_with_live and self._state is RecordingState.IDLE:
            self._began_with_live = True
            self.start()
        elif not self._is_live and self._began_with_live:
            self.stop()

    def _on_action(self, key: str, _action_id: str) -> None:
        if key == "recording":
            self._problem = None
            self._show_problem()

    def _show_problem(self) -> None:
        alarms = self._window.alarms
        if self._problem is None:
            alarms.clear_alarm("recording")
            return
        text, remedy = recording_texts.problem(self._problem)
        actions = (Action("seen", self.tr("All right")),)
        alarms.raise_alarm(Alarm("recording", text, remedy, Tone.BAD, actions))

    def _show_disk(self) -> None:
        """Warn of a disk that is nearly full, or too slow."""
        alarms, measured = self._window.alarms, self._measured
        remedy = self.tr("Make room, or choose a folder on another disk in Settings → Recording.")
        if measured is not None and measured.seconds_left is not None and measured.seconds_left < LOW_SECONDS:
            text = recording_texts.time_left(measured.seconds_left)
            alarms.raise_alarm(Alarm("recording_space", text, remedy, Tone.WARN))
        else:
            alarms.clear_alarm("recording_space")
        if measured is not None and measured.dropped:
            text = recording_texts.dropped(measured.dropped)
            alarms.raise_alarm(Alarm("recording_pace", text, remedy, Tone.WARN))
        else:
            alarms.clear_alarm("recording_pace")


def _now() -> str:
    """The time as the name of a file."""
    return datetime.now().astimezone().strftime("%Y-%m-%d %H-%M-%S")


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
