"""The compose thread: a frame at every tick of the master clock, dropped before it is made, never after."""

import logging
import threading
from typing import Final

import cv2

from studio.engine.latest import LatestFrame
from studio.engine.media import MasterClock, VideoFrame
from studio.engine.scene.compositor import Composition, Compositor
from studio.engine.scene.draw_list import DrawList

log = logging.getLogger("livestall.engine")

_AGE_SMOOTHING: Final = 0.02
_MOST_AGE_S: Final = 0.5
_JOIN_TIMEOUT_S: Final = 2.0
_WATCH_S: Final = 0.5
"""How often what is not in the picture is looked at."""


class Ticker:
    """When the frames are due: counted from the start, so that no error adds up.

    Args:
        fps: frames a second.
        start: when the first is due, in seconds of the master clock.
    """

    def __init__(self, fps: int, start: float) -> None:
        self._fps = fps
        self._start = start
        self._number = 0

    @property
    def due(self) -> float:
        """When the next frame is due, in seconds of the master clock."""
        return self._start + self._number / self._fps

    def advance(self, now: float) -> int:
        """Go on to the next frame that can still be in time; return how many had to be left out."""
        following = self._number + 1
        reachable = int((now - self._start) * self._fps)
        self._number = max(following, reachable)
        return self._number - following


class Stamper:
    """Stamps composed frames: evenly spaced, yet as old on average as what they show.

    A source's own stamps jitter by up to a frame against the canvas's ticks; sound is laid against the
    average.
    """

    def __init__(self) -> None:
        self._age: float | None = None
        self._lateness = 0.0
        self._last = float("-inf")

    @property
    def lateness(self) -> float:
        """How much later than they were captured pictures are stamped on average, in seconds."""
        return self._lateness

    def restart(self) -> None:
        """Another source is shown: its pictures have another age."""
        self._age = None
        self._lateness = 0.0

    def stamp(self, due: float, captured_at: float | None) -> float:
        """Return when this frame was captured, always later than the last."""
        if captured_at is not None and due - captured_at <= _MOST_AGE_S:
            age = max(0.0, due - captured_at)
            self._age = age if self._age is None else self._age + _AGE_SMOOTHING * (age - self._age)
        self._last = max(due - (self._age or 0.0), self._last + 1e-3)
        if captured_at is not None:
            self._lateness += _AGE_SMOOTHING * (self._last - captured_at - self._lateness)
        return self._last


class Pipeline:
    """Composes the scene at the canvas's frame rate in a thread of its own.

    Args:
        clock: the master clock.
        output: where the frames go.
        scene: what is shown first.
    """

    def __init__(self, clock: MasterClock, output: LatestFrame, scene: DrawList) -> None:
        self._clock = clock
        self._output = output
        self._scene = scene
        self._compositor = Compositor()
        self._stamper = Stamper()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="compose", daemon=True)
        self._composed = 0
        self._late = 0
        self._watch_at = float("-inf")

    @property
    def composed(self) -> int:
        """Frames composed since the start."""
        return self._composed

    @property
    def late(self) -> int:
        """Frames left out since the start because the one before took too long."""
        return self._late

    @property
    def lateness(self) -> float:
        """How much later than they were captured pictures are stamped on average, in seconds."""
        return self._stamper.lateness

    def show(self, scene: DrawList) -> None:
        """Show this scene from the next frame on; its canvas may be another. From any thread."""
        if scene != self._scene:
            self._scene = scene

    def start(self) -> None:
        """Begin to compose."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_TIMEOUT_S)

    def _run(self) -> None:
        cv2.setNumThreads(1)
        scene = self._scene
        ticker = Ticker(scene.canvas.fps, self._clock.now())
        while not self._end.wait(max(0.0, ticker.due - self._clock.now())):
            before, scene = scene, self._scene
            if scene.providers != before.providers:
                self._stamper.restart()
            if scene.canvas.fps != before.canvas.fps:
                ticker = Ticker(scene.canvas.fps, ticker.due)
            self._tick(scene, ticker.due)
            self._late += ticker.advance(self._clock.now())

    def _tick(self, scene: DrawList, due: float) -> None:
        try:
            self._watch(scene, due)
            composition = self._compositor.compose(scene, due)
        except Exception:  # a broken picture must not end the broadcast
            log.exception("frame not composed", extra={"canvas": scene.canvas})
            return
        self._put(composition, due)

    def _watch(self, scene: DrawList, due: float) -> None:
        if due >= self._watch_at:
            self._watch_at = due + _WATCH_S
            for source in scene.standby:
                source.watch(due)

    def _put(self, composition: Composition, due: float) -> None:
        self._composed += 1
        stamp = self._stamper.stamp(due, composition.captured_at)
        self._output.put(VideoFrame(composition.image, stamp))
