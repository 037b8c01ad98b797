import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from studio.engine.messages.recording import (
    AddChapter,
    PauseRecording,
    RecorderEvent,
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
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.publish.video_worker import EncoderSettings
from studio.engine.record.disk_space import RESERVE_BYTES
from studio.engine.record.recorder import Recorder
from tests.studio.engine.publish.conftest import FPS, HEIGHT, WIDTH, Feeds
from tests.studio.engine.record.show import play

WAIT_S = 30.0
PLENTY = 1 << 40
Event = TypeVar("Event", RecordingChanged, RecordingMeasured, ReplaySaved)


class Events:
    """Keeps what the recorder told, and waits for it."""

    def __init__(self) -> None:
        self.all: list[RecorderEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: RecorderEvent) -> None:
        with self._changed:
            self.all.append(event)
            self._changed.notify_all()

    def wait(self, kind: type[Event], wanted: Callable[[Event], bool]) -> Event:
        def met() -> list[Event]:
            return [event for event in self.all if isinstance(event, kind) and wanted(event)]

        with self._changed:
            assert self._changed.wait_for(met, WAIT_S), self.all
            return met()[-1]

    def wait_state(self, state: RecordingState) -> RecordingChanged:
        return self.wait(RecordingChanged, lambda event: event.state is state)

    def wait_frozen(self) -> float:
        """Wait until nothing more is recorded; gives how much is."""

        def recorded() -> list[float]:
            return [event.seconds for event in self.all if isinstance(event, RecordingMeasured)]

        with self._changed:
            assert self._changed.wait_for(lambda: recorded()[-2:-1] == recorded()[-1:] != [], WAIT_S)
            return recorded()[-1]

    def wait_seconds(self, seconds: float) -> RecordingMeasured:
        return self.wait(RecordingMeasured, lambda event: event.seconds >= seconds)


class Desk:
    """A recorder with pictures, sound and a disk."""

    def __init__(self, feeds: Feeds) -> None:
        self.free = PLENTY
        self.events = Events()
        self.encoder = SharedEncoder(feeds.video, EncoderChoice(lambda: ["libx264"]))
        self.encoder.configure(EncoderSettings("", FPS, 800))
        self.recorder = Recorder(
            self.encoder, feeds.audio, feeds.clock, self.events, lambda _folder: self.free
        )


@pytest.fixture
def desk(feeds: Feeds) -> Iterator[Desk]:
    desk = Desk(feeds)
    yield desk
    desk.recorder.close()


def start(desk: Desk, folder: Path) -> None:
    desk.recorder.handle(StartRecording(str(folder), "show", "Start"))


def test_a_show_is_recorded_from_start_to_stop(desk: Desk, tmp_path: Path) -> None:
    start(desk, tmp_path / "Videos")
    assert desk.events.wait_state(RecordingState.RECORDING).path == str(tmp_path / "Videos" / "show.mp4")
    desk.events.wait_seconds(1.5)
    desk.recorder.handle(AddChapter("Tea"))
    measured = desk.events.wait_seconds(3)
    assert measured.size_bytes > 20_000
    assert measured.dropped == 0
    desk.recorder.handle(StopRecording())
    assert desk.events.wait_state(RecordingState.IDLE).problem is None
    played = play(tmp_path / "Videos" / "show.mp4")
    assert played.codecs == ["h264", "aac"]
    assert played.size == (WIDTH, HEIGHT)
    assert played.seconds >= 3
    assert [title for _, title in played.chapters] == ["Start", "Tea"]
    assert played.longest_silence < 0.05


def test_nothing_is_encoded_while_nothing_is_recorded(desk: Desk, tmp_path: Path) -> None:
    def encoders() -> int:
        return sum(thread.name == "encoder" for thread in threading.enumerate())

    assert encoders() == 0
    start(desk, tmp_path)
    desk.events.wait_state(RecordingState.RECORDING)
    assert encoders() == 1
    desk.recorder.handle(StopRecording())
    desk.events.wait_state(RecordingState.IDLE)
    assert encoders() == 0


def test_a_pause_is_cut_out(desk: Desk, tmp_path: Path) -> None:
    start(desk, tmp_path)
    desk.events.wait_seconds(1)
    desk.recorder.handle(PauseRecording())
    desk.events.wait_state(RecordingState.PAUSED)
    seconds = desk.events.wait_frozen()
    desk.recorder.handle(ResumeRecording())
    desk.events.wait_seconds(seconds + 1)
    desk.recorder.handle(StopRecording())
    desk.events.wait_state(RecordingState.IDLE)
    played = play(tmp_path / "show.mp4")
    steps = [
        after - before for before, after in zip(played.picture_times, played.picture_times[1:], strict=False)
    ]
    assert max(steps) < 1.5  # a busy machine skips pictures; a lost keyframe would be 2 s
    assert played.longest_silence < 0.05


def test_a_recording_ends_before_the_disk_is_full(desk: Desk, tmp_path: Path) -> None:
    start(desk, tmp_path)
    assert (desk.events.wait_seconds(1).seconds_left or 0) > 3600
    desk.free = RESERVE_BYTES
    assert desk.events.wait_state(RecordingState.IDLE).problem is RecordingProblem.DISK_FULL
    assert play(tmp_path / "show.mp4").seconds > 1


def test_a_full_disk_lets_no_recording_begin(desk: Desk, tmp_path: Path) -> None:
    desk.free = RESERVE_BYTES - 1
    start(desk, tmp_path)
    assert desk.events.wait_state(RecordingState.IDLE).problem is RecordingProblem.DISK_FULL
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_reason_and_the_next_recording_works(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    start(desk, tmp_path / "file")
    assert desk.events.wait_state(RecordingState.IDLE).problem is RecordingProblem.NOT_WRITABLE
    start(desk, tmp_path)
    desk.events.wait_state(RecordingState.RECORDING)


def test_closing_makes_the_file_whole(desk: Desk, tmp_path: Path) -> None:
    start(desk, tmp_path)
    desk.events.wait_seconds(1)
    desk.recorder.close()
    assert [path.name for path in tmp_path.iterdir()] == ["show.mp4"]
    assert play(tmp_path / "show.mp4").seconds > 0.8


def test_a_recording_goes_on_while_another_output_comes_and_goes(desk: Desk, tmp_path: Path) -> None:
    start(desk, tmp_path)
    line = desk.encoder.output(lambda _picture: None, lambda _detail: None)
    desk.events.wait_seconds(1)
    line.start()
    desk.events.wait_seconds(2)
    line.stop()
    desk.events.wait_seconds(3)
    desk.recorder.handle(StopRecording())
    desk.events.wait_state(RecordingState.IDLE)
    played = play(tmp_path / "show.mp4")
    steps = [
        after - before for before, after in zip(played.picture_times, played.picture_times[1:], strict=False)
    ]
    assert max(steps) < 1.5  # a busy machine skips pictures; a lost keyframe would be 2 s


def test_the_last_seconds_of_a_broadcast_are_saved_though_nothing_is_recorded(
    desk: Desk, tmp_path: Path
) -> None:
    seen = threading.Semaphore(0)
    line = desk.encoder.output(lambda _picture: seen.release(), lambda _detail: None)
    line.start()
    for _ in range(2 * FPS):
        assert seen.acquire(timeout=WAIT_S)
    desk.recorder.handle(SaveReplay(str(tmp_path), "replay"))
    saved = desk.events.wait(ReplaySaved, lambda _event: True)
    line.stop()
    assert saved.path == str(tmp_path / "replay.mp4")
    assert play(tmp_path / "replay.mp4").seconds == pytest.approx(2.0, abs=1.0)


def test_a_replay_while_recording_leaves_the_recording_whole(desk: Desk, tmp_path: Path) -> None:
    start(desk, tmp_path)
    desk.events.wait_seconds(2)
    desk.recorder.handle(SaveReplay(str(tmp_path), "replay"))
    desk.events.wait(ReplaySaved, lambda event: bool(event.path))
    desk.events.wait_seconds(3)
    desk.recorder.handle(StopRecording())
    desk.events.wait_state(RecordingState.IDLE)
    played = play(tmp_path / "show.mp4")
    assert played.seconds >= 3
    assert played.longest_silence < 0.05


def test_where_nothing_was_encoded_there_is_nothing_to_save(desk: Desk, tmp_path: Path) -> None:
    desk.recorder.handle(SaveReplay(str(tmp_path), "replay"))
    assert desk.events.wait(ReplaySaved, lambda _event: True) == ReplaySaved("")


def test_a_full_disk_takes_no_replay(desk: Desk, tmp_path: Path) -> None:
    desk.free = RESERVE_BYTES
    desk.recorder.handle(SaveReplay(str(tmp_path), "replay"))
    assert desk.events.wait(ReplaySaved, lambda _event: True).problem is RecordingProblem.DISK_FULL
