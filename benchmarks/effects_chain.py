"""What all effects together cost, beside a chain as tutorials write it, on the same frames in one process.

Both find the person and the face, smooth skin, reshape the face, grade, replace the background and convert
for the encoder; ours also whitens. They take turns, so that what else the machine does hits both; CPU time of
the whole process counts. `balanced` gives up nothing, `off` second opinion and edge
colours, `turbo` what the governor gives up on its second step.

Then the effects run live in their two threads while x264 encodes what they deliver: with more frames than
they can take (frames a second), and with a camera of 30 frames a second (time between delivered frames).
"""

import json
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any, Final

import av
import cv2
import numpy as np
import numpy.typing as npt
import psutil

from benchmarks.tutorial_chain import TutorialChain
from effects.catalog import find_filters
from effects.chain import Chain
from effects.color import Color, color_function
from effects.delta_table import ColorFunction
from effects.drawings import draw_studio
from effects.faces import FaceFollower
from effects.filter import Quality
from effects.finisher import Finisher
from effects.frame import Frame
from effects.governor import STEPS, Governor
from effects.models.faces import best_landmarker
from effects.models.lite_classes import make_classifier, make_hand_finder
from effects.models.registry import Registry, default_folder
from effects.models.segmenters import best_segmenter
from effects.observer import Observer
from effects.params import Settings, Values
from effects.pipeline import Pipeline
from effects.second_opinion import EVERY, SecondOpinion
from effects.slot import Slot
from tests.effects.support.footage import frames_of

SETTINGS: Final = Settings(
    {
        "beauty": {"smooth": 80.0, "whiten": 20.0},
        "reshape": {"slim": 60.0, "eyes": 35.0},
        "color": {"look": "natural", "intensity": 100.0},
        "background": {"kind": "picture", "picture": "studio"},
    }
)
BALANCED, TURBO = STEPS[0], STEPS[2]
OFF: Final = replace(BALANCED, second_opinion=False, skin_gate=False, clean_edges=False)
ROUNDS: Final = int(os.environ.get("ROUNDS", "10"))
FRAMES_A_ROUND: Final = 6
WARM_UP_FRAMES: Final = 24
LIVE_S: Final = 10.0

Finish = Callable[[Frame], npt.NDArray[Any]]


class OurChain:
    """Networks and filters one after the other, in this thread."""

    def __init__(self, models: Registry, quality: Quality) -> None:
        self._quality = quality
        self._observer = make_observer(models)
        self._chain = make_chain(time.thread_time)
        self._finisher = Finisher(self._chain, time.thread_time)
        self._yuv: npt.NDArray[np.uint8] | None = None
        self._number = 0

    def finish(self, frame: Frame) -> npt.NDArray[np.uint8]:
        """Return the finished frame as I420."""
        self._number += 1
        observation = self._observer.observe(frame, self._number / 30, self._chain.needs, self._quality)
        finished = self._finisher.finish(observation, self._quality)
        if self._yuv is None:
            self._yuv = np.empty((frame.shape[0] * 3 // 2, frame.shape[1]), np.uint8)
        cv2.cvtColor(finished, cv2.COLOR_BGR2YUV_I420, dst=self._yuv)
        return self._yuv

    def costs(self) -> str:
        """Return what each filter takes."""
        costs = {"matte": self._finisher.matte_ms, **self._chain.costs_ms}
        return ", ".join(f"{name} {cost:.1f}" for name, cost in costs.items())

    def close(self) -> None:
        """Free the networks."""
        self._observer.close()


def make_observer(models: Registry) -> Observer:
    """Return what finds person and faces."""
    second = SecondOpinion(partial(make_classifier, models), partial(make_hand_finder, models))
    return Observer(partial(best_segmenter, models), lambda: FaceFollower(best_landmarker(models)), second)


def make_chain(clock: Callable[[], float] = time.perf_counter) -> Chain:
    """Return all filters, set as for the comparison."""
    chain = Chain((each() for each in find_filters()), clock)
    rejections = chain.change(SETTINGS)
    assert not rejections, rejections
    return chain


def look() -> ColorFunction:
    """Return the look of the comparison as a function."""
    function = color_function(Values(Color.parameters, SETTINGS.filters["color"]))
    assert function is not None
    return function


def compare(models: Registry, height: int) -> dict[str, float]:
    """Return our chains' CPU as parts of the tutorial's, at this height, 16:9."""
    width = height * 16 // 9
    frames = frames_of(models.folder, (width, height), count=72)
    tutorial = TutorialChain(models, look(), draw_studio((width, height)))
    qualities = {"balanced": BALANCED, "off": OFF, "turbo": TURBO}
    ours = {name: OurChain(models, quality) for name, quality in qualities.items()}
    for chain in ours.values():
        for frame in frames[:WARM_UP_FRAMES]:
            chain.finish(frame)
    tutorial.finish(frames[0])
    spent: dict[str, list[float]] = {name: [] for name in ("tutorial", *ours)}
    for number in range(ROUNDS):
        batch = [frames[(number * FRAMES_A_ROUND + i) % len(frames)] for i in range(FRAMES_A_ROUND)]
        spent["tutorial"].append(cpu_ms(tutorial.finish, batch[::3]))
        for name, chain in ours.items():
            spent[name].append(cpu_ms(chain.finish, batch))
    ratios = {
        name: statistics.median(a / b for a, b in zip(values, spent["tutorial"], strict=True))
        for name, values in spent.items()
    }
    opinion_ms = answer_ms(models) / EVERY  # its rare runs are no round's median
    ratios["balanced"] += opinion_ms / statistics.median(spent["tutorial"])
    print(f"\n{width}x{height}: the second opinion adds {opinion_ms:.2f} ms a frame, counted in the ratio")
    print(f"{width}x{height}: CPU ms a frame, median (least) of {ROUNDS} rounds, and part of tutorial")
    for name, values in spent.items():
        details = ours[name].costs() if name in ours else ""
        median = statistics.median(values)
        print(f"  {name:9s} {median:7.1f} ({min(values):6.1f})  {ratios[name]:.3f}  {details}")
    tutorial.close()
    for chain in ours.values():
        chain.close()
    return ratios


def answer_ms(models: Registry) -> float:
    """Return the CPU time of one answer of the slower network."""
    classifier, picture = make_classifier(models), np.zeros((256, 256, 3), np.uint8)
    return min(cpu_ms(classifier.classify, [picture]) for _ in range(4))


def cpu_ms(finish: Finish, frames: list[Frame]) -> float:
    """Return this process' CPU time a frame."""
    started = time.process_time()
    for frame in frames:
        finish(frame)
    return (time.process_time() - started) * 1000 / len(frames)


class Encoding:
    """x264 as the engine uses it, in a thread of its own; takes the newest frame."""

    def __init__(self, width: int, height: int) -> None:
        self._codec: Any = av.CodecContext.create("libx264", "w")
        self._codec.width, self._codec.height, self._codec.pix_fmt = width, height, "yuv420p"
        self._codec.time_base, self._codec.bit_rate = Fraction(1, 30), 3_000_000
        self._codec.options = {"preset": "superfast", "tune": "zerolatency", "profile": "baseline"}
        self._codec.thread_count = 1
        self._slot: Slot[Frame] = Slot()
        self.delivered_s: list[float] = []
        self.encoded = 0
        self._thread = threading.Thread(target=self._encode_all, name="encoder")
        self._thread.start()

    def deliver(self, frame: Frame, time_s: float) -> None:
        """Take a finished frame."""
        self.delivered_s.append(time.perf_counter())
        self._slot.put(frame)

    def close(self) -> None:
        """End the thread."""
        self._slot.close()
        self._thread.join()

    def _encode_all(self) -> None:
        while (frame := self._slot.take()) is not None:
            yuv = cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420)
            picture = av.VideoFrame.from_ndarray(np.asarray(yuv, np.uint8), format="yuv420p")
            picture.pts = self.encoded
            self._codec.encode(picture)
            self.encoded += 1


def live(models: Registry, seconds: float, period_s: float) -> tuple[float, float]:
    """Run effects and encoder on two cores; return frames a second and the intervals' p95 in ms.

    Args:
        models: the networks.
        seconds: how long.
        period_s: time between the camera's frames.
    """
    frames = frames_of(models.folder, (1280, 720), count=72)
    with (
        closing(Encoding(1280, 720)) as encoding,
        closing(Pipeline(make_chain(), make_observer(models), encoding.deliver, Governor(30))) as pipeline,
    ):
        ours, all_, wall = time.process_time(), _machine_s(), time.perf_counter()
        for number, now in enumerate(_ticks(2.0 + seconds, period_s)):
            pipeline.submit(frames[number % len(frames)], now)
        verdict = pipeline.report.verdict
        ours, wall = time.process_time() - ours, time.perf_counter() - wall
        others = _machine_s() - all_ - ours
    started = encoding.delivered_s[0] + 2.0  # the first second loads networks
    times = np.array([each for each in encoding.delivered_s if each >= started])
    fps = (len(times) - 1) / (times[-1] - times[0])
    p95 = float(np.percentile(np.diff(times), 95) * 1000)
    print(
        f"  a frame every {period_s * 1000:.0f} ms: {fps:.1f} delivered a second, {encoding.encoded} encoded,"
        f" interval p95 {p95:.1f} ms, step {verdict.quality.name!r}\n"
        f"    this process took {ours / wall:.2f} cores, other programs {others / wall:.2f}"
    )
    return float(fps), p95


def _machine_s() -> float:
    """Return the CPU seconds that all programs have used: what others take, we do not get."""
    times = psutil.cpu_times()
    return float(times.user + times.system + times.nice)


def _ticks(seconds: float, period_s: float) -> Iterator[float]:
    started = time.perf_counter()
    number = 0
    while (now := time.perf_counter()) < started + seconds:
        yield now
        number += 1
        time.sleep(max(started + number * period_s - time.perf_counter(), 0))


def main() -> None:
    """Measure, print a table, and the figures as the last line."""
    cv2.setNumThreads(1)
    models = Registry.read(default_folder())
    small, large = compare(models, 720), compare(models, 1080)
    print("\n1280x720 live, two threads, x264 superfast beside them")
    fps, _ = live(models, LIVE_S, 1 / 60)
    _, p95 = live(models, LIVE_S, 1 / 30)
    figures = {
        "chain_720p_balanced_ratio": small["balanced"],
        "chain_720p_off_ratio": small["off"],
        "chain_720p_turbo_ratio": small["turbo"],
        "chain_1080p_ratio": large["balanced"],
        "chain_1080p_off_ratio": large["off"],
        "chain_1080p_turbo_ratio": large["turbo"],
        "fps_720p_encoding": fps,
        "interval_p95_ms": p95,
    }
    print(json.dumps({"figures": {name: round(value, 4) for name, value in figures.items()}}), flush=True)


if __name__ == "__main__":
    main()
