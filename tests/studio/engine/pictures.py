"""What the tests of effects in the engine share: pictures, an obedient filter, waiting."""

import threading
import time
from collections.abc import Callable
from typing import ClassVar, Final

import cv2
import numpy as np
from typing_extensions import override

from effects.buffers import Buffers
from effects.filter import Context, Filter, Stage
from effects.frame import Frame
from effects.params import Slider, Values
from studio.engine.media import Picture, VideoFrame
from studio.project.project import Canvas

CANVAS: Final = Canvas(90, 160, 30)
DEMO: Final = "demo"
PATIENCE_S: Final = 20.0


def plain(value: int, at: float, width: int = CANVAS.width, height: int = CANVAS.height) -> VideoFrame:
    """A picture of one grey, captured at this time."""
    return VideoFrame(np.full((height, width, 3), value, np.uint8), at)


def edge_energy(picture: Picture) -> float:
    """How sharp a picture is: the mean square of its Laplacian."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGRA2GRAY if picture.shape[2] == 4 else cv2.COLOR_BGR2GRAY)
    return float((cv2.Laplacian(gray, cv2.CV_64F) ** 2).mean())


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what other threads bring about."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.001)


class Lift(Filter[int]):
    """Adds its slider's number to every pixel; may be slow, fail, or wait for a gate."""

    name: ClassVar = "lift"
    title: ClassVar = "Lift"
    stage: ClassVar = Stage.COLOR
    parameters: ClassVar = (Slider(name="levels", label="Levels"),)

    def __init__(self) -> None:
        self.delay_s = 0.0
        self.error: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    @override
    def plan(self, values: Values) -> int | None:
        return int(values.number("levels")) or None

    @override
    def apply(self, frame: Frame, context: Context, plan: int, buffers: Buffers) -> Frame:
        self.gate.wait(PATIENCE_S)
        time.sleep(self.delay_s)
        if self.error is not None:
            raise self.error
        return frame + np.uint8(plan)
