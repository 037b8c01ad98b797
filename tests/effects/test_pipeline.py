"""Two threads on a live source: each mask is its own frame's, and nothing stops the picture."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import ClassVar

import numpy as np
import pytest
from typing_extensions import override

from effects.buffers import Buffers
from effects.chain import Chain
from effects.filter import Context, Filter, Knowledge, Stage
from effects.frame import Frame, FrameError
from effects.governor import Governor
from effects.models.protocols import FaceFinder, Probability
from effects.models.registry import ModelMissingError
from effects.models.segmenters import Detail
from effects.observer import Observer
from effects.params import Parameter, Settings, Timing, Toggle, Values
from effects.pipeline import Pipeline

SHAPE = (90, 160, 3)


class LevelSegmenter:
    """Says everywhere how bright the picture's first pixel is."""

    size = (16, 16)

    def segment(self, rgb: Frame) -> Probability:
        return np.full((16, 16), rgb[0, 0, 0] / 255, np.float32)

    def close(self) -> None:
        pass


class MatteShown(Filter[str]):
    """Writes the matte's and the frame's first level into the picture."""

    name: ClassVar[str] = "matte_shown"
    title: ClassVar[str] = "Matte"
    stage: ClassVar[Stage] = Stage.BACKGROUND
    needs: ClassVar[Knowledge] = Knowledge.MATTE
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Toggle(name="on", label="On"),
        Toggle(name="slow", label="Slow"),
    )

    def __init__(self) -> None:
        self.forgotten = 0

    @override
    def plan(self, values: Values) -> str | None:
        return ("slow" if values.is_on("slow") else "quick") if values.is_on("on") else None

    @override
    def apply(self, frame: Frame, context: Context, plan: str, buffers: Buffers) -> Frame:
        if plan == "slow":
            time.sleep(0.05)
        result = buffers.writable(frame)
        result[:, :, 1] = 0 if context.matte is None else context.matte[0, 0]
        result[:, :, 2] = 255
        return result

    @override
    def forget(self) -> None:
        self.forgotten += 1


def no_faces() -> FaceFinder:
    raise ModelMissingError("no face network here")


Made = tuple[Pipeline, Chain, "queue.Queue[tuple[Frame, float]]"]
Make = Callable[..., Made]


@pytest.fixture
def make() -> Iterator[Make]:
    pipelines: list[Pipeline] = []

    def made(timing: Timing = Timing.ALIGNED, observer: Observer | None = None) -> Made:
        chain = Chain([MatteShown()])
        chain.change(Settings({"matte_shown": {"on": True}}))
        out: queue.Queue[tuple[Frame, float]] = queue.Queue()
        seeing = observer or Observer(lambda detail: LevelSegmenter(), no_faces)
        pipeline = Pipeline(chain, seeing, lambda frame, at: out.put((frame, at)), Governor(30), timing)
        pipelines.append(pipeline)
        return pipeline, chain, out

    yield made
    for pipeline in pipelines:
        pipeline.close()


def picture(level: int) -> Frame:
    return np.full(SHAPE, level, np.uint8)


def test_every_mask_is_of_exactly_its_frame(make: Make) -> None:
    pipeline, _, out = make()
    for number in range(60):
        level = 255 if number % 2 else 0  # the worst a mask of another frame could be
        pipeline.submit(picture(level), float(number))
        frame, at = out.get(timeout=20)
        assert at == number
        assert frame[0, 0].tolist() == [level, level, 255]


def test_a_frame_without_effects_is_the_very_frame(make: Make) -> None:
    pipeline, chain, out = make()
    chain.change(Settings())
    source = picture(7)
    pipeline.submit(source, 1.0)
    assert out.get(timeout=20)[0] is source


def test_settings_reach_the_picture_within_two_frames(make: Make) -> None:
    pipeline, chain, out = make()
    chain.change(Settings())
    pipeline.submit(picture(9), 0.0)
    out.get(timeout=20)
    chain.change(Settings({"matte_shown": {"on": True}}))
    frames = []
    for number in (1, 2):
        pipeline.submit(picture(9), float(number))
        frames.append(out.get(timeout=20)[0])
    assert frames[-1][0, 0, 2] == 255


def test_frames_that_come_too_fast_are_dropped_before_the_networks_and_counted(make: Make) -> None:
    is_free = threading.Event()

    class Blocked(LevelSegmenter):
        @override
        def segment(self, rgb: Frame) -> Probability:
            assert is_free.wait(20)
            return super().segment(rgb)

    pipeline, _, out = make(observer=Observer(lambda detail: Blocked(), no_faces))
    for number in range(20):
        pipeline.submit(picture(number), float(number))
    is_free.set()
    pipeline.close()
    times = [at for _, at in list(out.queue)]
    assert times[-1] == 19
    assert len(times) <= 3
    assert pipeline.report.dropped == 20 - len(times)


def test_with_low_delay_a_frame_does_not_wait_for_the_networks(make: Make) -> None:
    is_free = threading.Event()

    class Blocked(LevelSegmenter):
        @override
        def segment(self, rgb: Frame) -> Probability:
            assert is_free.wait(20)
            return super().segment(rgb)

    pipeline, _, out = make(Timing.LOW_DELAY, Observer(lambda detail: Blocked(), no_faces))
    pipeline.submit(picture(200), 0.0)
    assert out.get(timeout=20)[0][0, 0].tolist() == [200, 0, 255]
    is_free.set()
    mattes = []
    for number in range(1, 200):
        pipeline.submit(picture(200), float(number))
        mattes.append(int(out.get(timeout=20)[0][0, 0, 1]))
        if mattes[-1] > 190:
            break
    assert mattes[-1] > 190


def test_a_network_that_breaks_does_not_stop_the_picture(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(LevelSegmenter):
        @override
        def segment(self, rgb: Frame) -> Probability:
            raise RuntimeError("broken")

    pipeline, _, out = make(observer=Observer(lambda detail: Broken(), no_faces))
    with caplog.at_level(logging.ERROR, "livestall.effects"):
        pipeline.submit(picture(50), 1.0)
        frame, _ = out.get(timeout=20)
    assert frame[0, 0].tolist() == [50, 0, 255]
    assert "networks failed" in caplog.text


def test_a_taker_that_breaks_does_not_stop_the_picture(caplog: pytest.LogCaptureFixture) -> None:
    taken: queue.Queue[float] = queue.Queue()

    def deliver(frame: Frame, at: float) -> None:
        taken.put(at)
        raise RuntimeError("no room")

    with caplog.at_level(logging.ERROR, "livestall.effects"):
        pipeline = Pipeline(
            Chain([]), Observer(lambda detail: LevelSegmenter(), no_faces), deliver, Governor(30)
        )
        for number in range(3):
            pipeline.submit(picture(1), float(number))
            assert taken.get(timeout=20) == number
        pipeline.close()
    assert "could not be delivered" in caplog.text


def test_a_slow_effect_makes_the_governor_give_something_up_and_it_is_told(make: Make) -> None:
    pipeline, chain, out = make()
    chain.change(Settings({"matte_shown": {"on": True, "slow": True}}))
    for number in range(40):
        pipeline.submit(picture(1), float(number))
        out.get(timeout=20)
    report = pipeline.report
    assert report.verdict.number >= 1
    assert "matte_shown" in report.verdict.reason
    assert report.costs_ms["matte_shown"] >= 50
    assert {"networks", "matte"} <= report.costs_ms.keys()


def test_what_cannot_be_known_is_told(make: Make) -> None:
    def no_segmenter(detail: Detail) -> LevelSegmenter:
        raise ModelMissingError("no person network here")

    pipeline, _, out = make(observer=Observer(no_segmenter, no_faces))
    pipeline.submit(picture(9), 0.0)
    assert out.get(timeout=20)[0][0, 0].tolist() == [9, 0, 255]
    assert pipeline.report.problems == {Knowledge.MATTE: "no person network here"}


def test_what_is_no_picture_is_refused_where_it_is_handed_in(make: Make) -> None:
    pipeline, _, _ = make()
    with pytest.raises(FrameError):
        pipeline.submit(np.zeros((0, 0, 3), np.uint8), 0.0)


def test_another_source_is_not_mixed_with_the_one_before(make: Make) -> None:
    pipeline, _, out = make()
    pipeline.submit(picture(255), 0.0)
    out.get(timeout=20)
    pipeline.forget()
    pipeline.submit(picture(0), 1.0)
    assert out.get(timeout=20)[0][0, 0].tolist() == [0, 0, 255]


def test_timing_is_switched_while_frames_flow_without_losing_one_or_loading_a_network(make: Make) -> None:
    loaded: list[Detail] = []

    def load(detail: Detail) -> LevelSegmenter:
        loaded.append(detail)
        return LevelSegmenter()

    pipeline, _, out = make(observer=Observer(load, no_faces))
    for number in range(60):
        if number % 5 == 0 and number:
            pipeline.set_timing(Timing.LOW_DELAY if number % 10 else Timing.ALIGNED)
        pipeline.submit(picture(200), float(number))
        frame, at = out.get(timeout=20)
        assert at == number
        assert frame[0, 0, 1] > 190
    pipeline.close()
    assert out.empty()
    assert len(loaded) == 1


def test_frames_on_their_way_are_delivered_once_and_in_order_over_a_switch(make: Make) -> None:
    pipeline, _, out = make()
    for number in range(40):
        pipeline.submit(picture(200), float(number))
        pipeline.set_timing((Timing.LOW_DELAY, Timing.ALIGNED)[number % 2])
    pipeline.close()
    times = [at for _, at in list(out.queue)]
    assert times == sorted(set(times))
    assert times[-1] == 39
