import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.latest import LatestFrame
from studio.engine.media import MasterClock, VideoFrame
from studio.engine.scene.compose_thread import Pipeline, Stamper, Ticker
from studio.engine.scene.draw_list import DrawItem, DrawList
from studio.project.project import Canvas

SMALL = Canvas(width=32, height=32, fps=50)


class Provider:
    """Gives a picture at once, or after a while, or never."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.raises = False

    def newest(self, at: float) -> VideoFrame:
        time.sleep(self.seconds)
        if self.raises:
            raise RuntimeError("expected by this test")
        return VideoFrame(np.zeros((32, 32, 3), np.uint8), captured_at=at)


@given(fps=st.integers(1, 120), start=st.floats(0, 1e6), ticks=st.integers(1, 10_000))
def test_ticks_do_not_drift(fps: int, start: float, ticks: int) -> None:
    ticker = Ticker(fps, start)
    for _ in range(min(ticks, 300)):
        ticker.advance(ticker.due)
    assert ticker.due == pytest.approx(start + min(ticks, 300) / fps, abs=1e-6)


def test_a_tick_a_little_late_leaves_nothing_out() -> None:
    ticker = Ticker(30, 0.0)
    assert ticker.advance(1.9 / 30) == 0
    assert ticker.due == pytest.approx(1 / 30)


@pytest.mark.parametrize(("now_in_frames", "left_out"), [(2.1, 1), (5.5, 4), (100.2, 99)])
def test_what_cannot_be_in_time_is_left_out_before_it_is_made(now_in_frames: float, left_out: int) -> None:
    ticker = Ticker(30, 0.0)
    assert ticker.advance(now_in_frames / 30) == left_out
    assert ticker.due == pytest.approx(int(now_in_frames) / 30)


def test_stamps_are_evenly_spaced_and_as_old_as_the_pictures_on_average() -> None:
    random = np.random.default_rng(3)
    stamper = Stamper()
    ages = random.uniform(0.05, 0.083, 3000)
    stamps = [stamper.stamp(number / 30, number / 30 - age) for number, age in enumerate(ages)]
    tail = stamps[300:]
    assert np.diff(tail) == pytest.approx(1 / 30, abs=0.001)
    average = np.mean([number / 30 - stamp for number, stamp in enumerate(stamps)][300:])
    assert average == pytest.approx(0.0665, abs=0.002)
    assert stamper.lateness == pytest.approx(0, abs=0.005)


def test_stamps_only_grow_also_when_an_older_source_is_shown() -> None:
    stamper = Stamper()
    stamps = [stamper.stamp(number / 30, number / 30) for number in range(30)]
    stamper.restart()
    stamps += [stamper.stamp(number / 30, number / 30 - 0.3) for number in range(30, 60)]
    assert all(after > before for before, after in pairwise(stamps))


def test_a_picture_that_stands_for_long_does_not_make_the_stamps_old() -> None:
    stamper = Stamper()
    stamps = [stamper.stamp(number / 30, 0.0) for number in range(300)]
    assert 299 / 30 - stamps[-1] < 0.5


def test_frames_come_at_the_canvas_s_pace_and_slow_ones_are_counted() -> None:
    provider, latest = Provider(), LatestFrame()
    reader = latest.reader()
    pipeline = Pipeline(MasterClock(), latest, DrawList(SMALL, (DrawItem(provider),)))
    pipeline.start()
    try:
        stamps = []
        for _ in range(50):
            frame = reader.wait(5)
            assert frame is not None
            stamps.append(frame.captured_at)
        assert np.median(np.diff(stamps)) == pytest.approx(0.02, abs=0.002)
        late = pipeline.late
        provider.seconds = 0.1
        end = time.monotonic() + 5
        while pipeline.late < late + 8:
            assert time.monotonic() < end
            time.sleep(0.01)
    finally:
        pipeline.stop()


def test_a_picture_that_breaks_does_not_end_the_broadcast(caplog: pytest.LogCaptureFixture) -> None:
    provider, latest = Provider(), LatestFrame()
    reader = latest.reader()
    pipeline = Pipeline(MasterClock(), latest, DrawList(SMALL, (DrawItem(provider),)))
    pipeline.start()
    try:
        assert reader.wait(5) is not None
        provider.raises = True
        end = time.monotonic() + 5
        while "frame not composed" not in caplog.text:
            assert time.monotonic() < end
            time.sleep(0.01)
        provider.raises = False
        reader.clear()
        assert reader.wait(5) is not None
    finally:
        pipeline.stop()


def test_another_canvas_is_composed_from_the_next_frame_on() -> None:
    latest = LatestFrame()
    reader = latest.reader()
    pipeline = Pipeline(MasterClock(), latest, DrawList(SMALL, (DrawItem(Provider()),)))
    pipeline.start()
    try:
        assert reader.wait(5) is not None
        pipeline.show(DrawList(Canvas(width=64, height=16, fps=10), (DrawItem(Provider()),)))
        stamps: list[float] = []
        while len(stamps) < 6:
            frame = reader.wait(5)
            assert frame is not None
            if frame.image.shape == (16, 64, 3):
                stamps.append(frame.captured_at)
        assert np.diff(stamps[1:]) == pytest.approx(0.1, abs=0.01)
    finally:
        pipeline.stop()


class Watched:
    """Counts how often it is looked at."""

    def __init__(self) -> None:
        self.looks = 0

    def watch(self, at: float) -> None:
        self.looks += 1


def test_what_is_not_in_the_picture_is_looked_at_now_and_then() -> None:
    latest, watched = LatestFrame(), Watched()
    reader = latest.reader()
    pipeline = Pipeline(MasterClock(), latest, DrawList(SMALL, (DrawItem(Provider()),), (watched,)))
    pipeline.start()
    try:
        frames = 0
        while watched.looks < 3:
            assert reader.wait(5) is not None
            frames += 1
        assert frames > 10
    finally:
        pipeline.stop()
