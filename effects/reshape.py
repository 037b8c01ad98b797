"""Reshapes faces: jaw, eyes, nose, chin, mouth; picture, mask and landmarks move together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Context, Face, Filter, Knowledge, Stage
from effects.frame import Frame
from effects.landmarks import Points, face_height, face_width, upwards
from effects.params import Slider, Values
from effects.warp import Shifts, Warp

_GRID: Final = 0.045
"""The movement is computed in cells of so many face widths, and interpolated between their middles."""
_SLIM: Final = 0.021
_SLIM_REACH: Final = 0.24
_JAW_WEIGHTS: Final = (0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.8, 0.6)
_EYES: Final = 0.3
_NOSE: Final = 0.035
_CHIN: Final = 0.06
_MOUTH: Final = 0.22
_STILL: Final = 0.003
"""What would move by less than this many face widths stays; what moves more, moves so much less."""

Vector = npt.NDArray[np.float32]
"""x and y: float32 (2,)."""


@dataclass(frozen=True, slots=True)
class ReshapePlan:
    """How strong each change is: 0 to 1, of chin and mouth -1 to 1."""

    slim: float
    eyes: float
    nose: float
    chin: float
    mouth: float


class Reshape(Filter[ReshapePlan]):
    """Moves pixels within an area around each face; its rim, and all outside, stays."""

    name: ClassVar = "reshape"
    title: ClassVar = "Face shape"
    stage: ClassVar = Stage.RESHAPE
    needs: ClassVar = Knowledge.FACES
    parameters: ClassVar = (
        Slider(name="slim", label="Slim face"),
        Slider(name="eyes", label="Larger eyes"),
        Slider(name="nose", label="Narrow nose"),
        Slider(name="chin", label="Chin", low=-100),
        Slider(name="mouth", label="Mouth", low=-100),
    )

    @override
    def plan(self, values: Values) -> ReshapePlan | None:
        strengths = {each.name: values.strength(each.name) for each in self.parameters}
        return ReshapePlan(**strengths) if any(strengths.values()) else None

    @override
    def apply(self, frame: Frame, context: Context, plan: ReshapePlan, buffers: Buffers) -> Frame:
        faces: list[Face] = []
        for face in context.faces:
            warp = warp_of(face, plan, frame.shape)
            if warp is not None:
                frame = buffers.writable(frame)
                warp.move(frame, context.matte, buffers)
            faces.append(face if warp is None else replace(face, points=warp.moved(face.points)))
        context.faces = tuple(faces)
        return frame


def warp_of(face: Face, plan: ReshapePlan, shape: Sequence[int]) -> Warp | None:
    """Return how the pixels around a face move, or None where nothing does.

    Args:
        face: its strength fades the movement.
        plan: what to change.
        shape: of the frame.
    """
    pulls = _Pulls.of(face.points, plan)
    width = face_width(face.points)
    step = max(4, round(width * _GRID))
    low = np.maximum((pulls.middles - pulls.reaches).min(0), 0).astype(int)
    high = np.minimum((pulls.middles + pulls.reaches).max(0), shape[1::-1])
    columns, rows = (int(cells) for cells in (high - low) // step)
    if columns < 3 or rows < 3:
        return None
    across = low[0] + (np.arange(columns, dtype=np.float32) + 0.5) * step - 0.5
    down = low[1] + (np.arange(rows, dtype=np.float32) + 0.5) * step - 0.5
    shifts = pulls.shifts(across, down) * np.float32(face.strength) * _rim(rows, columns)
    _soften(shifts, _STILL * width)
    return Warp(int(low[0]), int(low[1]), step, shifts) or None


@dataclass(frozen=True, slots=True)
class _Pulls:
    """What moves a face: around each middle, up to its reach, a push and a growth.

    All are float32 and in pixels: middles and pushes (n, 2), reaches and growths (n, 1).
    """

    middles: Shifts
    reaches: Shifts
    pushes: Shifts
    growths: Shifts

    @classmethod
    def of(cls, points: Points, plan: ReshapePlan) -> "_Pulls":
        """Return the pulls of a plan for one face."""
        pulls = list(_pulls(points, plan))
        middles, reaches, pushes, growths = zip(*pulls, strict=True)
        return cls(
            np.array(middles, np.float32),
            np.array(reaches, np.float32)[:, None],
            np.array(pushes, np.float32),
            np.array(growths, np.float32)[:, None],
        )

    def shifts(self, across: npt.NDArray[np.float32], down: npt.NDArray[np.float32]) -> Shifts:
        """Return from how far away the pixels at these columns and rows come: float32 (rows, columns, 2)."""
        x = (across - self.middles[:, :1]) / self.reaches
        y = (down - self.middles[:, 1:]) / self.reaches
        near = np.clip(1 - (x * x)[:, None, :] - (y * y)[:, :, None], 0, 1) ** 2
        flat = near.reshape(len(near), -1).T
        stretch = self.growths * self.reaches
        result = (flat @ self.pushes).reshape(len(down), len(across), 2)
        if self.growths.any():
            result[..., 0] += np.einsum("nrc,nc->rc", near, x * stretch)
            result[..., 1] += np.einsum("nrc,nr->rc", near, y * stretch)
        return np.asarray(-result, np.float32)


def _rim(rows: int, columns: int) -> Shifts:
    """Return weights, (rows, columns, 1), 0 at the outermost cells: a face may be at the frame's edge."""
    sides = [np.minimum(np.minimum(np.arange(n), np.arange(n)[::-1]) / 2, 1) for n in (rows, columns)]
    return np.asarray(np.outer(*sides)[..., None], np.float32)


def _soften(shifts: Shifts, still: float) -> None:
    """Shorten all shifts by `still` pixels, in place, so that nothing jumps where what moves begins."""
    length = np.hypot(shifts[..., 0], shifts[..., 1])
    shifts *= np.maximum(1 - still / np.maximum(length, still), 0)[..., None]


def _pulls(points: Points, plan: ReshapePlan) -> Iterator[tuple[Vector, float, Vector, float]]:
    """Yield middle, reach, push and growth of each pull."""
    width, up = face_width(points), upwards(points)
    across = np.array([-up[1], up[0]], np.float32)
    none = np.zeros(2, np.float32)
    if plan.slim:
        yield from _jaw_pulls(points, across, width, plan.slim)
    if plan.eyes:
        for eye in (landmarks.LEFT_EYE, landmarks.RIGHT_EYE):
            length = float(np.hypot(*(points[eye[0]] - points[eye[8]])))
            yield points[list(eye)].mean(0), max(length, 0.16 * width) * 1.15, none, plan.eyes * _EYES
    if plan.nose:
        for side, toward in ((landmarks.LEFT_NOSTRIL, 1), (landmarks.RIGHT_NOSTRIL, -1)):
            yield points[side], 0.2 * width, across * np.float32(toward * plan.nose * _NOSE * width), 0
    if plan.chin:
        push = -up * np.float32(plan.chin * _CHIN * face_height(points))
        yield points[landmarks.CHIN], 0.45 * width, push, 0
    if plan.mouth:
        length = float(np.hypot(*(points[61] - points[291])))
        middle = points[list(landmarks.LIPS_OUTSIDE)].mean(0)
        yield middle, max(length, 0.3 * width), none, plan.mouth * _MOUTH


def _jaw_pulls(
    points: Points, across: Vector, width: float, slim: float
) -> Iterator[tuple[Vector, float, Vector, float]]:
    nose = points[landmarks.NOSE_TIP]
    for jaw in (landmarks.LEFT_JAW, landmarks.RIGHT_JAW):
        for index, weight in zip(jaw, _JAW_WEIGHTS, strict=True):
            # Of a turned head, the side that is seen from its edge must not be pushed past the nose.
            inwards = float(np.clip((nose - points[index]) @ across / (0.25 * width), -1, 1))
            push = across * np.float32(inwards * slim * _SLIM * weight * width)
            yield points[index], _SLIM_REACH * width, push, 0
