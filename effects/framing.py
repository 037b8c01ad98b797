"""Auto framing: the picture's crop follows the head smoothly, and rests while the head hardly moves."""

import math
from dataclasses import dataclass, replace
from typing import ClassVar, Final

import cv2
import numpy as np
from typing_extensions import override

from effects.buffers import Buffers
from effects.filter import Context, Face, Filter, Knowledge, Stage
from effects.frame import Frame, Mask
from effects.landmarks import Points, face_height
from effects.params import Slider, Values

_LEAST_ZOOM, _MOST_ZOOM = 1.05, 2.5
_FACE_IN_CROP: Final = (0.18, 0.5)
"""How much of the crop's height the face takes: with the slider hardly on, and at 100."""
_FACE_AT: Final = 0.42
"""How far down in the crop the middle of the face is: more room below than above."""
_REST: Final = 0.06
_REST_ZOOM: Final = 0.1
"""The crop stays while the head is off by less than this part of it, and its size is wrong by less."""
_SETTLED: Final = 0.01
_SLOW_S, _FAST_S = 0.9, 0.35
"""How long the crop takes to follow: on its way, and when the face is about to leave it."""
_LEAVING: Final = 0.25
_LONGEST_STEP_S: Final = 0.1
_PATIENCE_S: Final = 2.0
"""With no face for so long the crop opens to the whole frame."""
_SPARE: Final = 4
"""Source pixels beyond the crop that may be used to place it between pixels."""


@dataclass(frozen=True, slots=True)
class FramingPlan:
    """How close, above 0 to 1."""

    closeness: float


@dataclass(frozen=True, slots=True)
class Crop:
    """What is shown of a frame: middle x and y in frame pixels, and how many times it is enlarged."""

    x: float
    y: float
    zoom: float


class Framing(Filter[FramingPlan]):
    """Shows a part of the frame in the frame's size."""

    name: ClassVar = "framing"
    title: ClassVar = "Auto framing"
    stage: ClassVar = Stage.FRAMING
    needs: ClassVar = Knowledge.FACES
    parameters: ClassVar = (Slider(name="closeness", label="Closeness"),)

    def __init__(self) -> None:
        self._operator: Operator | None = None

    @override
    def plan(self, values: Values) -> FramingPlan | None:
        closeness = values.strength("closeness")
        return FramingPlan(closeness) if closeness else None

    @override
    def apply(self, frame: Frame, context: Context, plan: FramingPlan, buffers: Buffers) -> Frame:
        height, width = frame.shape[:2]
        if self._operator is None or self._operator.size != (width, height):
            self._operator = Operator((width, height))
        crop = self._operator.follow(context.faces, plan.closeness, context.time_s)
        if crop.zoom <= 1:
            return frame
        shown = Window.of(crop, (width, height))
        if context.matte is not None:
            matte: Mask = np.empty_like(context.matte)
            context.matte = shown.show(context.matte, matte, buffers)
        context.faces = tuple(replace(face, points=shown.points(face.points)) for face in context.faces)
        result: Frame = buffers.frame(frame.shape)
        return shown.show(frame, result, buffers)

    @override
    def forget(self) -> None:
        self._operator = None


class Operator:
    """Moves the crop as a camera operator would: late, softly, and not for trifles."""

    def __init__(self, size: tuple[int, int]) -> None:
        """Begin with the whole frame of this width and height."""
        self.size = size
        self._now = Crop(size[0] / 2, size[1] / 2, 1.0)
        self._speed = np.zeros(3)
        self._goal = self._now
        self._is_moving = False
        self._last_s: float | None = None
        self._seen_s: float | None = None

    def follow(self, faces: tuple[Face, ...], closeness: float, time_s: float) -> Crop:
        """Return the crop for this moment.

        Args:
            faces: of the frame, largest first; those that fade out do not count.
            closeness: 0 to 1.
            time_s: monotonic seconds.
        """
        step_s = 0.0 if self._last_s is None else min(max(time_s - self._last_s, 0.0), _LONGEST_STEP_S)
        self._last_s = time_s
        wanted = self._wanted(faces, closeness, time_s)
        off, off_zoom = self._off(wanted)
        if off > _REST or off_zoom > _REST_ZOOM:
            self._is_moving = True
        if self._is_moving:
            self._goal = wanted
            self._move(step_s, _FAST_S if off > _LEAVING else _SLOW_S)
            if off < _SETTLED and off_zoom < _SETTLED:
                self._is_moving = False
                self._speed[:] = 0
        return self._now

    def _wanted(self, faces: tuple[Face, ...], closeness: float, time_s: float) -> Crop:
        """Return the crop that would be best now, wholly inside the frame."""
        seen = [face for face in faces if face.strength > 0.5]
        width, height = self.size
        if not seen:
            if self._seen_s is None or time_s - self._seen_s > _PATIENCE_S:
                return Crop(width / 2, height / 2, 1.0)
            return self._goal
        self._seen_s = time_s
        points = np.vstack([face.points for face in seen])
        low, high = points.min(0), points.max(0)
        least, most = _FACE_IN_CROP
        tallest = max(face_height(face.points) for face in seen) / height
        zoom = (least + (most - least) * closeness) / max(tallest, 1e-3)
        # Several faces all stay in view.
        zoom = min(zoom, _MOST_ZOOM, 0.8 * width / max(float(high[0] - low[0]), 1.0))
        zoom = zoom if zoom > _LEAST_ZOOM else 1.0
        x, y = (low + high) / 2
        half_width, half_height = width / zoom / 2, height / zoom / 2
        y += (0.5 - _FACE_AT) * height / zoom
        return Crop(
            float(np.clip(x, half_width, width - half_width)),
            float(np.clip(y, half_height, height - half_height)),
            zoom,
        )

    def _off(self, wanted: Crop) -> tuple[float, float]:
        """Return how far off the crop is, and how wrong its size: as parts of the crop."""
        width, height = (side / self._now.zoom for side in self.size)
        away = max(abs(wanted.x - self._now.x) / width, abs(wanted.y - self._now.y) / height)
        return away, abs(wanted.zoom / self._now.zoom - 1)

    def _move(self, step_s: float, time_s: float) -> None:
        """Go towards the goal like a critically damped spring: no overshoot, no sudden start."""
        stiffness = 4 / time_s
        now = np.array([self._now.x, self._now.y, np.log(self._now.zoom)])
        goal = np.array([self._goal.x, self._goal.y, np.log(self._goal.zoom)])
        away = now - goal
        spent = np.exp(-stiffness * step_s)
        change = (self._speed + stiffness * away) * step_s
        self._speed = (self._speed - stiffness * change) * spent
        x, y, zoom = goal + (away + change) * spent
        self._now = Crop(float(x), float(y), max(float(np.exp(zoom)), 1.0))


@dataclass(frozen=True, slots=True)
class Window:
    """A crop as whole pixels: source columns and rows, enlarged to a size of which a part is taken.

    Placing a crop by whole source pixels would make the picture tremble; an affine warp, which can do better,
    takes four times as long as `resize`. So a little more is enlarged than is shown, and the part that is
    shown starts at the enlarged pixel that comes nearest.
    """

    source: tuple[slice, slice]
    enlarged: tuple[int, int]
    shown: tuple[slice, slice]

    @classmethod
    def of(cls, crop: Crop, size: tuple[int, int]) -> "Window":
        """Return the window nearest to a crop of a frame of this width and height."""
        axes = [_axis(middle, crop.zoom, full) for middle, full in zip((crop.x, crop.y), size, strict=True)]
        (columns, width, across), (rows, height, down) = axes
        return cls((rows, columns), (width, height), (down, across))

    def show(self, picture: Frame, result: Frame, buffers: Buffers) -> Frame:
        """Write what of a frame or mask is shown into `result`; return it."""
        name = "enlarged" if picture.ndim == 3 else "enlarged matte"
        large = buffers.scratch(name, (self.enlarged[1], self.enlarged[0], *picture.shape[2:]))
        cv2.resize(picture[self.source], self.enlarged, dst=large)
        np.copyto(result, large[self.shown])
        return result

    def points(self, points: Points) -> Points:
        """Return where landmarks are shown."""
        corner = np.array([self.source[1].start, self.source[0].start], np.float32)
        part = np.array([s.stop - s.start for s in reversed(self.source)], np.float32)
        start = np.array([self.shown[1].start, self.shown[0].start], np.float32)
        scale = np.array(self.enlarged, np.float32) / part
        return np.asarray((points + 0.5 - corner) * scale - 0.5 - start, np.float32)


def _axis(middle: float, zoom: float, full: int) -> tuple[slice, int, slice]:
    """Return source pixels, their enlarged number, and which of these are shown, of one axis."""
    length = full / zoom
    start = min(max(middle - length / 2, 0.0), full - length)
    stop = start + length
    best = (slice(0, full), full, slice(0, full))
    least_error = float("inf")
    for begin in range(max(int(start) - _SPARE, 0), int(start) + 1):
        for end in range(math.ceil(stop), min(math.ceil(stop) + _SPARE, full) + 1):
            enlarged = max(round((end - begin) * zoom), full)
            scale = enlarged / (end - begin)
            skipped = min(round((start - begin) * scale), enlarged - full)
            shown_from, shown_to = begin + skipped / scale, begin + (skipped + full) / scale
            error = max(abs(shown_from - start), abs(shown_to - stop))
            if error < least_error:
                least_error, best = error, (slice(begin, end), enlarged, slice(skipped, skipped + full))
    return best
