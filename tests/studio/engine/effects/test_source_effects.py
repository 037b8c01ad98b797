"""A source's effects: nothing when nothing is on, soon when something is, and never less than a picture."""

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np
import pytest

from effects.chain import Chain
from effects.filter import Knowledge
from effects.models.registry import ModelMissingError
from effects.observer import Observer
from effects.params import Settings, Timing, Value
from studio.engine.effects.source_effects import SourceEffects
from studio.engine.media import VideoFrame
from studio.project.project import Canvas
from tests.studio.engine.pictures import CANVAS, DEMO, Lift, plain, wait_until

NOTHING = Settings()


def settings(**values: Value) -> Settings:
    return Settings({"lift": values})


class Bench:
    """Effects with one filter, fed by hand."""

    def __init__(self, canvas: Canvas = CANVAS) -> None:
        self.lift = Lift()
        self.observers = 0
        self.effects = SourceEffects(DEMO, canvas, Chain([self.lift]), self._make_observer)
        self.at = 0.0

    def _make_observer(self) -> Observer:
        self.observers += 1
        return Observer(_missing, _missing)

    def give(self, value: int = 100, **size: int) -> VideoFrame:
        """Give the next picture, a thirtieth of a second later; return what is shown."""
        self.at += 1 / 30
        return self.effects.through(plain(value, self.at, **size))

    def finished(self, frame: VideoFrame) -> VideoFrame:
        """Give this picture until what is shown is of it."""
        shown = frame

        def is_shown() -> bool:
            nonlocal shown
            shown = self.effects.through(frame)
            return shown is not frame and shown.captured_at == frame.captured_at

        wait_until(is_shown)
        return shown

    def until(self, accepts: Callable[[VideoFrame], bool], value: int = 100) -> int:
        """Give pictures until one is shown that is accepted; return how many that took."""
        given = 0

        def is_shown() -> bool:
            nonlocal given
            given += 1
            return accepts(self.give(value))

        wait_until(is_shown)
        return given


def _missing(*_: object) -> SimpleNamespace:
    raise ModelMissingError("no networks here")


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.effects.close()


def level(frame: VideoFrame) -> int:
    assert np.ptp(frame.image) == 0
    return int(frame.image[0, 0, 0])


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("effects ")}


def test_with_nothing_on_the_very_picture_goes_through_and_no_thread_is_started(bench: Bench) -> None:
    bench.effects.change(NOTHING)
    bench.effects.change(settings(levels=0.0))
    frame = plain(100, 1.0)
    assert bench.effects.through(frame) is frame
    assert bench.effects.newest is frame
    assert bench.effects.shown is None
    assert (bench.observers, threads()) == (0, set())


def test_a_finished_picture_keeps_the_time_it_was_captured_at(bench: Bench) -> None:
    bench.effects.change(settings(levels=50.0))
    frame = plain(100, 1.0)
    assert bench.effects.through(frame) is frame  # nothing is finished yet: better as it is than late
    shown = bench.finished(frame)
    assert level(shown) == 150
    assert shown.captured_at == 1.0
    pair = bench.effects.shown
    assert pair is not None
    assert pair.after is shown
    assert (level(pair.before), pair.before.captured_at) == (100, 1.0)


def test_new_values_are_in_the_very_next_picture(bench: Bench) -> None:
    for number, levels in enumerate((50.0, 10.0, 90.0)):
        bench.effects.change(settings(levels=levels))
        assert level(bench.finished(plain(100, float(number)))) == 100 + levels


def test_switched_off_the_picture_goes_straight_through_again(bench: Bench) -> None:
    bench.effects.change(settings(levels=50.0))
    bench.until(lambda frame: level(frame) == 150)
    bench.effects.change(NOTHING)
    frame = plain(100, bench.at + 1)
    assert bench.effects.through(frame) is frame
    bench.effects.change(settings(levels=20.0))
    assert bench.until(lambda frame: level(frame) != 100) >= 1
    assert bench.observers == 1


def test_of_a_source_larger_than_the_canvas_only_what_is_shown_is_worked_on() -> None:
    bench = Bench()
    bench.effects.change(settings(levels=50.0))
    try:
        wait_until(lambda: bench.give(width=640, height=360).image.shape == (160, 90, 3))
    finally:
        bench.effects.close()


def test_a_source_smaller_than_the_canvas_is_not_enlarged_for_the_work() -> None:
    bench = Bench()
    bench.effects.change(settings(levels=50.0))
    try:
        wait_until(lambda: bench.give(width=160, height=120).image.shape == (120, 68, 3))
    finally:
        bench.effects.close()


def test_four_channels_as_a_screen_gives_them_become_three(bench: Bench) -> None:
    bench.effects.change(settings(levels=50.0))

    def show() -> VideoFrame:
        bench.at += 1 / 30
        image = np.full((CANVAS.height, CANVAS.width, 4), 100, np.uint8)
        return bench.effects.through(VideoFrame(image, bench.at))

    wait_until(lambda: show().image.shape[2] == 3)


def test_a_picture_that_is_shown_again_is_not_worked_on_again(bench: Bench) -> None:
    bench.effects.change(settings(levels=50.0))
    frame = plain(100, 1.0)
    wait_until(lambda: bench.effects.through(frame) is not frame)
    shown = bench.effects.through(frame)
    assert bench.effects.through(frame) is shown
    assert bench.effects.measured().dropped == 0


def test_work_that_hangs_holds_the_last_picture_for_a_second_then_the_source_is_shown(bench: Bench) -> None:
    bench.effects.change(settings(levels=50.0))
    bench.until(lambda frame: level(frame) == 150)
    bench.lift.gate.clear()
    try:
        wait_until(lambda: level(bench.effects.through(plain(100, bench.at))) == 150)
        held = bench.effects.shown
        assert held is not None
        assert level(bench.effects.through(plain(100, held.after.captured_at + 0.9))) == 150
        assert level(bench.effects.through(plain(100, held.after.captured_at + 1.3))) == 100
    finally:
        bench.lift.gate.set()


def test_a_filter_that_fails_is_told_and_the_picture_goes_on(bench: Bench) -> None:
    bench.lift.error = RuntimeError("boom")
    bench.effects.change(settings(levels=50.0))
    wait_until(lambda: bench.give() is not bench.effects.newest)
    assert level(bench.give()) == 100
    assert bench.effects.measured().failures == {"lift": "RuntimeError: boom"}


def test_settings_that_cannot_be_carried_out_are_told_with_the_reason(bench: Bench) -> None:
    bench.effects.change(settings(levels="much"))
    assert "expected a number" in str(bench.effects.measured().rejections["lift"])
    bench.effects.change(settings(levels=50.0))
    assert bench.effects.measured().rejections == {}


def test_a_missing_network_is_a_problem_only_of_effects_that_need_it(bench: Bench) -> None:
    bench.effects.change(settings(levels=50.0))
    bench.until(lambda frame: level(frame) == 150)
    assert bench.effects.measured().problems == {}
    bench.lift.needs = Knowledge.MATTE  # type: ignore[misc]
    bench.until(lambda _: bench.effects.measured().problems == {"matte": "no networks here"})
    assert bench.until(lambda frame: level(frame) == 150) >= 1


def test_after_a_retry_networks_are_asked_for_again(bench: Bench) -> None:
    bench.lift.needs = Knowledge.FACES  # type: ignore[misc]
    bench.effects.change(settings(levels=50.0))
    bench.until(lambda _: bench.effects.measured().problems != {})
    bench.effects.retry()
    assert bench.effects.measured().problems == {}
    bench.until(lambda _: bench.effects.measured().problems != {})


def test_a_slow_effect_is_told_with_its_cost_and_when_it_is_quick_again_nothing_is_given_up(
    bench: Bench,
) -> None:
    bench.lift.delay_s = 0.05
    bench.effects.change(settings(levels=50.0))
    bench.until(lambda _: bench.effects.measured().step >= 1)
    slow = bench.effects.measured()
    assert slow.step_name != "full"
    assert slow.strain is not None
    assert slow.strain.dearest == "lift"
    assert slow.strain.frame_ms > slow.strain.budget_ms
    assert slow.costs_ms["lift"] > 40
    bench.lift.delay_s = 0.0
    bench.until(lambda _: bench.effects.measured().step == 0)
    assert bench.effects.measured().strain is None


def test_closed_effects_leave_no_thread_and_let_pictures_through() -> None:
    bench = Bench()
    bench.effects.change(settings(levels=50.0))
    bench.until(lambda frame: level(frame) == 150)
    assert threads() == {"effects networks", "effects filters"}
    bench.effects.close()
    assert threads() == set()
    assert level(bench.give()) == 100


def test_low_delay_is_switched_on_and_off_with_the_same_networks(bench: Bench) -> None:
    bench.effects.change(settings(levels=50.0))
    assert int(bench.finished(bench.give()).image[0, 0, 0]) == 150
    for timing in (Timing.LOW_DELAY, Timing.ALIGNED, Timing.LOW_DELAY):
        bench.effects.change(Settings({"lift": {"levels": 50.0}}, timing))
        assert int(bench.finished(plain(100, bench.at + 1 / 30)).image[0, 0, 0]) == 150
        bench.at += 1 / 30
    assert bench.observers == 1
