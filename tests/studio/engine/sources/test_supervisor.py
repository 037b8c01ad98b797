import numpy as np
import pytest
from typing_extensions import override

from studio.engine.media import MasterClock, Sound, VideoFrame
from studio.engine.messages.values import SourceState
from studio.engine.scene.draw_list import FrameProvider
from studio.engine.scene.slates import Slate, SlateProvider
from studio.engine.sources.source import AudioSource, SourceError, VideoSource
from studio.engine.sources.supervisor import AudioSupervisor, SourceReport, VideoSupervisor
from studio.engine.sources.watchdog import CAMERA_POLICY

LIVE, LOST, STARTING = 100, 10, 20
SLATES: dict[Slate, FrameProvider] = {
    slate: SlateProvider(np.full((4, 4, 3), level, np.uint8))
    for slate, level in ((Slate.SOURCE_LOST, LOST), (Slate.STARTING, STARTING), (Slate.PAUSED, 30))
}


class Bench:
    """Cameras that do as they are told, on a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 500.0
        self.clock = MasterClock(lambda: self.now)
        self.reports: list[SourceReport] = []
        self.opened_at: list[float] = []
        self.open_sources = 0
        self.rejection: SourceError | None = None
        self.failure: SourceError | None = None
        self.gives = True
        self.is_loading = False
        self.supervisor = VideoSupervisor(
            lambda: FakeCamera(self), CAMERA_POLICY, self.clock, self.reports.append, slates=SLATES
        )

    def run(self, seconds: float) -> None:
        """Let time pass; the scene takes frames and the engine ticks ten times a second."""
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            self.supervisor.newest(self.now)
            self.supervisor.tick()

    def shown(self) -> int:
        frame = self.supervisor.newest(self.now)
        assert frame is not None
        return int(frame.image[0, 0, 0])

    def states(self) -> list[SourceState]:
        return [report.state for report in self.reports]

    def pauses(self) -> list[float]:
        return [round(float(pause), 1) for pause in np.diff(self.opened_at)]


class FakeCamera(VideoSource):
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    @override
    def open(self) -> None:
        self._bench.opened_at.append(self._bench.now)
        if self._bench.rejection is not None:
            raise self._bench.rejection
        self._bench.open_sources += 1

    @override
    def close(self) -> None:
        self._bench.open_sources -= 1

    @property
    @override
    def failure(self) -> SourceError | None:
        return self._bench.failure

    @property
    @override
    def is_loading(self) -> bool:
        return self._bench.is_loading

    @override
    def newest(self, at: float) -> VideoFrame | None:
        if not self._bench.gives:
            return None
        noise = round(at * 10) % 50
        return VideoFrame(np.full((64, 64, 3), LIVE + noise, np.uint8), captured_at=at)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_source_that_works_is_shown_from_its_first_picture(bench: Bench) -> None:
    bench.supervisor.start()
    assert bench.shown() >= LIVE
    bench.run(10)
    assert bench.states() == [SourceState.OPENING, SourceState.RUNNING]
    assert len(bench.opened_at) == 1


def test_the_starting_slate_stands_until_then(bench: Bench) -> None:
    bench.gives = False
    bench.supervisor.start()
    assert bench.shown() == STARTING


def test_a_picture_from_before_stands_for_two_seconds_instead(bench: Bench) -> None:
    before = SlateProvider(np.full((4, 4, 3), 77, np.uint8))
    bench.gives = False
    bench.supervisor = VideoSupervisor(
        lambda: FakeCamera(bench),
        CAMERA_POLICY,
        bench.clock,
        bench.reports.append,
        slates=SLATES,
        meanwhile=before,
    )
    bench.supervisor.start()
    assert bench.shown() == 77
    bench.run(2.1)
    assert bench.shown() == STARTING


def test_a_stall_shows_the_slate_tells_why_and_opens_again(bench: Bench) -> None:
    bench.supervisor.start()
    bench.run(3)
    bench.gives = False
    bench.run(2.2)
    assert bench.shown() == LOST
    assert bench.reports[-1].state is SourceState.STALLED
    assert bench.reports[-1].code == "no_frames"
    assert "opened again" in bench.reports[-1].detail
    bench.run(1.2)
    assert len(bench.opened_at) == 2
    assert bench.open_sources == 1
    bench.gives = True
    bench.run(0.2)
    assert bench.shown() >= LIVE
    assert bench.reports[-1] == SourceReport(SourceState.RUNNING)


def test_a_source_that_loads_its_first_picture_is_given_the_time(bench: Bench) -> None:
    bench.gives, bench.is_loading = False, True
    bench.supervisor.start()
    bench.run(30)
    assert bench.states() == [SourceState.OPENING]
    assert len(bench.opened_at) == 1
    bench.is_loading = False
    bench.run(5.2)
    assert bench.states() == [SourceState.OPENING, SourceState.STALLED]


def test_a_missing_device_is_tried_again_with_growing_pauses(bench: Bench) -> None:
    bench.rejection = SourceError("device_missing", "There is none. Plug it in.")
    bench.supervisor.start()
    assert bench.reports[-1] == SourceReport(
        SourceState.FAILED, "device_missing", "There is none. Plug it in."
    )
    assert bench.shown() == LOST
    bench.run(50)
    assert bench.pauses()[:6] == pytest.approx([1, 2, 4, 8, 15, 15], abs=0.11)
    assert bench.states().count(SourceState.FAILED) == 1  # told once, not at every attempt


def test_a_device_that_comes_is_opened_at_once(bench: Bench) -> None:
    bench.rejection = SourceError("device_missing", "There is none.")
    bench.supervisor.start()
    bench.run(20)
    bench.rejection = None
    bench.supervisor.retry_soon()
    bench.run(0.2)
    assert bench.reports[-1].state is SourceState.RUNNING


def test_news_of_devices_does_not_disturb_a_source_that_works(bench: Bench) -> None:
    bench.supervisor.start()
    bench.run(3)
    bench.supervisor.retry_soon()
    bench.run(3)
    assert len(bench.opened_at) == 1


def test_after_five_good_seconds_the_pauses_begin_anew(bench: Bench) -> None:
    bench.rejection = SourceError("device_missing", "There is none.")
    bench.supervisor.start()
    bench.run(10)
    bench.rejection = None
    bench.run(30)
    bench.failure = SourceError("capture_refused", "It ended.")
    bench.run(0.1)
    bench.failure = None
    bench.run(1.2)
    assert bench.pauses()[-1] < 40
    assert bench.reports[-1].state is SourceState.RUNNING


def test_a_source_that_ends_while_open_is_closed_and_told(bench: Bench) -> None:
    bench.supervisor.start()
    bench.run(1)
    bench.failure = SourceError("window_missing", "The window is gone.")
    bench.run(0.1)
    assert bench.reports[-1] == SourceReport(SourceState.FAILED, "window_missing", "The window is gone.")
    assert bench.open_sources == 0
    assert bench.shown() == LOST


def test_a_camera_that_stays_broken_is_opened_again_and_again_but_told_once(bench: Bench) -> None:
    bench.gives = False
    bench.supervisor.start()
    bench.run(60)
    assert bench.states() == [SourceState.OPENING, SourceState.STALLED]
    assert len(bench.opened_at) >= 4
    assert min(bench.pauses()[1:]) >= 5  # a camera needs time to begin


def test_stopped_it_is_closed_and_stays_so(bench: Bench) -> None:
    bench.supervisor.start()
    bench.run(1)
    bench.supervisor.stop()
    bench.run(30)
    assert bench.open_sources == 0
    assert len(bench.opened_at) == 1


class FakeMicrophone(AudioSource):
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    @override
    def open(self) -> None:
        self._bench.opened_at.append(self._bench.now)

    @property
    @override
    def delay(self) -> float:
        return 0.05

    @property
    @override
    def heard_at(self) -> float | None:
        return self._bench.now if self._bench.gives else None

    @override
    def pull(self, count: int, at: float) -> Sound | None:
        return np.ones((count, 2), np.float32)


def test_a_microphone_is_kept_the_same_way(bench: Bench) -> None:
    supervisor = AudioSupervisor(lambda: FakeMicrophone(bench), bench.clock, bench.reports.append)
    assert supervisor.pull(10, 1.0) is None
    assert supervisor.delay == 0
    supervisor.start()
    for _ in range(30):
        bench.now += 0.1
        supervisor.tick()
    assert supervisor.delay == 0.05
    assert supervisor.pull(10, 1.0) is not None
    bench.gives = False
    for _ in range(30):
        bench.now += 0.1
        supervisor.tick()
    assert bench.states() == [SourceState.OPENING, SourceState.RUNNING, SourceState.STALLED]
    supervisor.stop()
    assert supervisor.pull(10, 1.0) is None
