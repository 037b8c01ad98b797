from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from backend.contract.cards import Card, CardHidden, CardShown
from backend.contract.live import EndLive, GoLive, LiveChanged, LivePhase
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import Synced
from studio.connection.server_clock import ServerClock
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
from studio.live.broadcast import Broadcast, Ingest
from studio.live.live_view import LiveView
from studio.record.recording_view import RecordingView
from studio.settings import SavedSettings, SettingsStore
from studio.window.main_window import MainWindow
from tests.studio.fakes import FakeEngine, snapshot
from tests.studio.live.test_live_view import LIVE
from tests.widgets.products import product
from widgets.settings.settings_values import RecordingChoices


class Desk:
    """A recording view on a window, with an engine whose part the test plays."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.engine = FakeEngine()
        self.client = RoomClient()
        self.broadcast = Broadcast()
        self.settings = SavedSettings(SettingsStore(folder))
        self.choose(RecordingChoices(folder=str(folder / "Videos")))
        self.live = LiveView(self.client, ServerClock(self.client), self.broadcast, window)
        self.view = RecordingView(self.engine, self.client, self.broadcast, self.settings, window)
        self.broadcast.on_ingest(Ingest("http://x/whip/main", "t"))

    def choose(self, choices: RecordingChoices) -> None:
        self.settings.change(recording=choices)

    def hear(self, state: RecordingState, path: str = "", problem: RecordingProblem | None = None) -> None:
        self.engine.event_arrived.emit(RecordingChanged(state, path, problem))

    def measure(self, seconds: float, *, left: float | None = None, dropped: int = 0) -> None:
        self.engine.event_arrived.emit(RecordingMeasured(seconds, 1_000_000, dropped, left))

    def sent(self) -> list[str]:
        return [type(command).__name__ for command in self.engine.commands]

    def alarms(self) -> dict[str, str]:
        return {alarm.key: alarm.text for alarm in self.window.alarms.alarms}

    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]

    def go_live(self) -> None:
        self.live.on_update(snapshot())
        self.live.on_update(Synced())
        self.broadcast.command(GoLive())
        self.live.on_update(LiveChanged(LIVE))


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path) -> Desk:
    return Desk(window, tmp_path)


def test_the_button_records_into_the_chosen_folder_as_it_is_set(desk: Desk, tmp_path: Path) -> None:
    desk.choose(RecordingChoices(str(tmp_path / "Films"), split_minutes=30, split_megabytes=2000))
    desk.window.live_bar.record_button.click()
    start = desk.engine.commands[0]
    assert isinstance(start, StartRecording)
    assert (start.folder, start.title) == (str(tmp_path / "Films"), "Start")
    assert (start.split_seconds, start.split_bytes) == (1800.0, 2_000_000_000)


def test_the_live_bar_shows_what_the_engine_says_of_the_recording(desk: Desk) -> None:
    desk.hear(RecordingState.RECORDING, "/v/show.mp4")
    desk.measure(61)
    assert "00:01:01" in desk.window.live_bar.record_button.accessibleName()
    desk.window.live_bar.record_button.stop_wanted.emit()
    assert desk.sent() == ["StopRecording"]


def test_where_the_recording_is_can_be_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk.hear(RecordingState.RECORDING, "/v/show.mp4")
    desk.hear(RecordingState.IDLE, "/v/show.mp4")
    [toast] = desk.window.toasts.shown
    assert toast.text.text() == "Recorded: show.mp4"
    toast.offer_button.click()
    assert [url.toLocalFile() for url in opened] == ["/v"]


def test_a_recording_is_paused_and_goes_on_by_one_key(desk: Desk) -> None:
    desk.view.toggle_pause()
    desk.hear(RecordingState.RECORDING)
    desk.view.toggle_pause()
    desk.hear(RecordingState.PAUSED)
    desk.view.toggle_pause()
    assert desk.engine.commands == [PauseRecording(), ResumeRecording()]


def test_a_card_begins_a_chapter_and_so_does_its_end(desk: Desk) -> None:
    desk.client.updated.emit(CardShown(Card(product(1, "Tea"), 1_000)))
    assert desk.engine.commands == []
    desk.view.start()
    start = desk.engine.commands[0]
    assert isinstance(start, StartRecording)
    assert start.title == "Tea"
    desk.hear(RecordingState.RECORDING)
    desk.engine.commands.clear()
    desk.client.updated.emit(CardHidden())
    desk.client.updated.emit(CardShown(Card(product(2, "Shoes"), 2_000)))
    assert desk.engine.commands == [AddChapter("Between products"), AddChapter("Shoes")]


def test_marks_are_numbered_from_one_in_each_recording(desk: Desk) -> None:
    desk.view.mark()
    assert desk.toasts() == ["Nothing is recorded, so nothing is marked."]
    for _ in range(2):
        desk.view.start()
        desk.hear(RecordingState.RECORDING)
        desk.measure(65)
        desk.view.mark()
        desk.hear(RecordingState.IDLE)
    marks = [command for command in desk.engine.commands if isinstance(command, AddChapter)]
    assert marks == [AddChapter("Mark 1"), AddChapter("Mark 1")]
    assert "Marked at 00:01:05" in desk.toasts()


def test_a_recording_begins_and_ends_with_the_broadcast_where_that_is_chosen(desk: Desk) -> None:
    desk.choose(RecordingChoices(begins_with_live=True))
    desk.go_live()
    assert "StartRecording" in desk.sent()
    desk.hear(RecordingState.RECORDING)
    desk.engine.commands.clear()
    desk.broadcast.command(EndLive())
    desk.live.on_update(snapshot(LivePhase.ENDED))
    assert "StopRecording" in desk.sent()


def test_a_recording_that_the_host_began_outlives_the_broadcast(desk: Desk) -> None:
    desk.choose(RecordingChoices(begins_with_live=True))
    desk.view.start()
    desk.hear(RecordingState.RECORDING)
    desk.go_live()
    desk.broadcast.command(EndLive())
    desk.live.on_update(snapshot(LivePhase.ENDED))
    assert desk.sent().count("StartRecording") == 1
    assert "StopRecording" not in desk.sent()


def test_a_recording_that_was_ended_by_hand_does_not_begin_again_after_a_break(desk: Desk) -> None:
    desk.choose(RecordingChoices(begins_with_live=True))
    desk.go_live()
    desk.hear(RecordingState.RECORDING)
    desk.view.stop()
    desk.hear(RecordingState.IDLE)
    desk.broadcast.on_line_lost()
    desk.live.on_update(snapshot(LivePhase.LIVE, session_id="s1", is_publishing=True))
    desk.live.on_update(Synced())
    assert desk.sent().count("StartRecording") == 1


def test_a_nearly_full_disk_is_told_in_time(desk: Desk) -> None:
    desk.hear(RecordingState.RECORDING)
    desk.measure(10, left=3600)
    assert desk.alarms() == {}
    desk.measure(11, left=300)
    assert "about 5 min" in desk.alarms()["recording_space"]
    desk.hear(RecordingState.IDLE, problem=RecordingProblem.DISK_FULL)
    assert list(desk.alarms()) == ["recording"]


def test_a_recording_that_ended_by_itself_is_not_tried_again_by_a_new_engine(desk: Desk) -> None:
    desk.hear(RecordingState.RECORDING)
    desk.hear(RecordingState.IDLE, problem=RecordingProblem.NOT_WRITABLE)
    assert desk.engine.commands == [StopRecording()]
    assert "cannot be written" in desk.alarms()["recording"]
    desk.window.alarms.action_chosen.emit("recording", "seen")
    assert desk.alarms() == {}


def test_a_disk_that_is_too_slow_is_told(desk: Desk) -> None:
    desk.hear(RecordingState.RECORDING)
    desk.measure(10, dropped=1200)
    assert "1,200 pictures" in desk.alarms()["recording_pace"]


def test_while_the_engine_is_started_again_the_button_still_shows_a_recording(desk: Desk) -> None:
    desk.hear(RecordingState.RECORDING)
    desk.engine.crashed.emit(-11, 0.0)
    assert desk.window.live_bar.record_button.accessibleName().startswith("Recording")


def test_a_new_engine_goes_on_with_the_chapter_of_now(desk: Desk) -> None:
    desk.engine.restarted.emit()
    assert desk.engine.commands == []
    desk.hear(RecordingState.RECORDING)
    desk.client.updated.emit(CardShown(Card(product(1, "Tea"), 1_000)))
    desk.engine.crashed.emit(-11, 0.0)
    desk.engine.restarted.emit()
    assert desk.engine.commands[-1] == AddChapter("Tea")


def test_without_a_choice_recordings_go_to_the_users_videos(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.choose(RecordingChoices())
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: "/home/li/Videos")
    assert desk.view.folder == Path("/home/li/Videos/Livestall")


def test_the_last_seconds_are_saved_beside_the_recordings(desk: Desk, tmp_path: Path) -> None:
    desk.window.replay_wanted.emit()
    [command] = desk.engine.commands
    assert isinstance(command, SaveReplay)
    assert command.folder == str(tmp_path / "Videos")
    assert command.name.endswith(" replay")
    desk.engine.event_arrived.emit(ReplaySaved("/v/12 replay.mp4"))
    assert desk.toasts() == ["Saved: 12 replay.mp4"]


def test_a_replay_that_cannot_be_saved_says_why(desk: Desk) -> None:
    desk.engine.event_arrived.emit(ReplaySaved(""))
    desk.engine.event_arrived.emit(ReplaySaved("", RecordingProblem.DISK_FULL))
    nothing, full = desk.toasts()
    assert "while you are live or recording" in nothing
    assert "disk is full" in full
