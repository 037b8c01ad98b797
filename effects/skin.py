"""Finds the skin of a face: by the face's shape, and by what colour this very person's skin has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Face
from effects.frame import Frame, Mask
from effects.landmarks import Points, face_height, face_width, upwards

Weights = npt.NDArray[np.float32]
"""How much of each pixel takes part: float32, (height, width), 0 to 1."""

_FEATURES: Final = tuple(
    list(each)
    for each in (
        landmarks.LEFT_EYE,
        landmarks.RIGHT_EYE,
        landmarks.LEFT_BROW,
        landmarks.RIGHT_BROW,
        landmarks.LIPS_OUTSIDE,
    )
)
_FOREHEAD_ABOVE_MESH: Final = 0.16
"""The mesh ends below the hair line: its upper arc is pushed out by so many face widths."""
_WIDEST_FACE: Final = 200
"""A face is worked on no wider than this many pixels: pores and lashes, finer than that, stay as they are."""
_NECK: Final = 0.45
"""Skin is looked for so many face heights below the jaw."""
_UNDER_LEFT_EAR, _UNDER_RIGHT_EAR = 172, 397
_SMALLEST_REGION: Final = 48
_NEWEST_COLOR: Final = 0.1
"""Weight of the newest frame in the person's colour of skin."""
_COLOR_WIDTH: Final = 2.8
"""So many standard deviations from the mean colour count as this person's skin."""
_LEAST_PART, _WHOLE_PART = 0.03, 0.07
"""Patches of skin colour that hang together on less than this part of the face's area are goods, not skin."""


@dataclass(frozen=True, slots=True)
class Skin:
    """The part of a frame around a face, made smaller, and where in it is skin.

    Attributes:
        rows: of the frame.
        columns: of the frame.
        scale: frame pixels per pixel of `picture`; even so many of each fit into the region.
        width: of the face, in frame pixels.
        picture: luma, red and blue difference (YCrCb), uint8.
        small: the same at half of its size.
        smooth: the face without eyes, brows and lips; of the size of `small`, as are the others.
        tone: the skin of face and neck; fades out over the neck.
        features: eyes, brows and lips.
    """

    rows: slice
    columns: slice
    scale: int
    width: float
    picture: Frame
    small: Frame
    smooth: Weights
    tone: Weights
    features: Weights


@dataclass(slots=True)
class _Color:
    """Mean and deviation of one person's skin, for luma, red and blue difference: float64 (3,)."""

    mean: npt.NDArray[np.float64]
    deviation: npt.NDArray[np.float64]


class SkinFinder:
    """Finds skin, remembering the colour of each person's from frame to frame."""

    def __init__(self) -> None:
        self._colors: dict[int, _Color] = {}

    def find(self, frame: Frame, face: Face, divisor: int, buffers: Buffers) -> Skin | None:
        """Return where this face's skin is, or None if too little of the face is in the frame.

        Args:
            frame: BGR, unchanged so far.
            face: with landmarks in pixels of `frame`.
            divisor: how much smaller the work is done at least, 2 or more.
            buffers: the result lies in its scratch, until the next call.
        """
        width = face_width(face.points)
        scale = divisor
        while width / scale > _WIDEST_FACE:
            scale *= 2
        oval = _whole_oval(face.points, width)
        region = _region(oval, face.points, width, frame.shape, scale * 2)
        if region is None:
            return None
        rows, columns = region
        shape = (rows.stop - rows.start) // scale, (columns.stop - columns.start) // scale
        picture = buffers.scratch("picture", (*shape, 3))
        cv2.resize(frame[rows, columns], shape[::-1], dst=picture, interpolation=cv2.INTER_AREA)
        cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb, dst=picture)
        small = buffers.scratch("small", (shape[0] // 2, shape[1] // 2, 3))
        cv2.resize(picture, small.shape[1::-1], dst=small, interpolation=cv2.INTER_AREA)
        place = _Place(columns.start, rows.start, scale * 2, width / (scale * 2))
        masks = self._masks(small, oval, face, place, buffers)
        edges = _taper(rows, columns, frame.shape, small.shape, width)
        smooth, tone, features = (np.multiply(mask, edges, out=mask) for mask in masks)
        return Skin(rows, columns, scale, width, picture, small, smooth, tone, features)

    def keep(self, faces: Sequence[Face]) -> None:
        """Forget the colours of people who are gone."""
        here = {face.track for face in faces}
        for track in self._colors.keys() - here:
            del self._colors[track]

    def _masks(
        self, small: Frame, oval: Points, face: Face, place: "_Place", buffers: Buffers
    ) -> tuple[Weights, Weights, Weights]:
        shape = small.shape[:2]
        inside = place.filled([oval], buffers.scratch("oval", shape))
        features = place.filled([face.points[each] for each in _FEATURES], buffers.scratch("features", shape))
        around = cv2.dilate(features, _square(place.width * 0.05), dst=buffers.scratch("around", shape))
        smooth: Mask = buffers.scratch("smooth", shape)
        cv2.subtract(inside, around, dst=smooth)
        gate = self._gate(small, face.track, smooth, place, buffers)
        tone = cv2.subtract(gate, features, dst=buffers.scratch("tone", shape))
        cv2.blur(tone, _box(place.width * 0.05), dst=tone)
        reach = _reach(oval, face.points, place, buffers.scratch("reach", shape))
        cv2.multiply(tone, reach, dst=tone, scale=1 / 255)
        cv2.multiply(smooth, gate, dst=smooth, scale=1 / 255)
        for _ in range(2):
            cv2.blur(smooth, _box(place.width * 0.07), dst=smooth)
        cv2.blur(features, _box(place.width * 0.05), dst=features)
        names = ("smooth weights", "tone weights", "features weights")
        weights = [buffers.scratch(name, shape, np.float32) for name in names]
        for mask, weight in zip((smooth, tone, features), weights, strict=True):
            np.multiply(mask, np.float32(1 / 255), out=weight)
        return weights[0], weights[1], weights[2]

    def _gate(self, small: Frame, track: int, core: Mask, place: "_Place", buffers: Buffers) -> Mask:
        """Return where the picture has this person's colour of skin, in patches that are no goods."""
        shape = small.shape[:2]
        color = self._learned(small, track, core, buffers)
        if color is None:
            return np.zeros(shape, np.uint8)
        likeness = cv2.LUT(small, _likeness_table(color), dst=buffers.scratch("likeness", small.shape))
        gate: Mask = buffers.scratch("gate", shape)
        cv2.extractChannel(likeness, 0, dst=gate)
        for channel in (1, 2):
            one = cv2.extractChannel(likeness, channel, dst=buffers.scratch("channel", shape))
            cv2.min(gate, one, dst=gate)
        _leave_out_goods(gate, place, buffers)
        # Blemishes have another colour; closed, they are smoothed like the skin around them.
        return np.asarray(
            cv2.morphologyEx(gate, cv2.MORPH_CLOSE, _square(place.width * 0.06), dst=gate), np.uint8
        )

    def _learned(self, small: Frame, track: int, core: Mask, buffers: Buffers) -> _Color | None:
        _, sure = cv2.threshold(core, 250, 255, cv2.THRESH_BINARY, dst=buffers.scratch("sure", core.shape))
        known = self._colors.get(track)
        if cv2.countNonZero(sure) < 50:
            return known
        mean, deviation = (values.ravel().astype(np.float64) for values in cv2.meanStdDev(small, mask=sure))
        deviation += 2.5
        if known is None:
            known = self._colors[track] = _Color(mean, deviation)
        else:
            known.mean += _NEWEST_COLOR * (mean - known.mean)
            known.deviation += _NEWEST_COLOR * (deviation - known.deviation)
        return known


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a small picture lies in its frame: its corner, frame pixels per pixel, the face's width in it."""

    left: int
    top: int
    scale: int
    width: float

    def points(self, points: Points) -> Points:
        return np.asarray((points - np.array([self.left, self.top], np.float32)) / self.scale, np.float32)

    def filled(self, shapes: Sequence[Points], mask: Mask) -> Mask:
        """Return `mask` with 255 inside the polygons, 0 elsewhere, soft at the edges."""
        mask[:] = 0
        for shape in shapes:
            cv2.fillPoly(mask, [np.rint(self.points(shape) * 16).astype(np.int32)], (255,), cv2.LINE_AA, 4)
        return mask


def _whole_oval(points: Points, width: float) -> Points:
    oval = points[list(landmarks.OVAL)]
    up = upwards(points)
    height = np.clip((oval - points[landmarks.NOSE_BRIDGE]) @ up / (0.5 * width), 0, 1)
    return np.asarray(oval + height[:, None] * up * width * _FOREHEAD_ABOVE_MESH, np.float32)


def _region(
    oval: Points, points: Points, width: float, shape: Sequence[int], unit: int
) -> tuple[slice, slice] | None:
    """Return rows and columns around face and neck, in multiples of `unit` pixels."""
    neck = points[landmarks.CHIN] - upwards(points) * face_height(points) * _NECK
    around = np.vstack([oval, neck])
    low, high = around.min(0) - width * 0.15, around.max(0) + width * 0.15
    left, top = (max(int(value) // unit * unit, 0) for value in low)
    right, bottom = (
        min(-(-int(value) // unit), size // unit) * unit
        for value, size in zip(high, (shape[1], shape[0]), strict=True)
    )
    if right - left < _SMALLEST_REGION or bottom - top < _SMALLEST_REGION:
        return None
    return slice(top, bottom), slice(left, right)


def _reach(oval: Points, points: Points, place: _Place, mask: Mask) -> Mask:
    """Return a soft mask of face and neck; beside the face little is skin, and much may look like it."""
    middle = oval.mean(0)
    down = -upwards(points) * face_height(points) * _NECK
    left, right = points[_UNDER_LEFT_EAR], points[_UNDER_RIGHT_EAR]
    neck = np.stack([left, right, right + down, left + down])
    place.filled([middle + (oval - middle) * 1.06, neck], mask)
    for _ in range(2):
        cv2.blur(mask, _box(place.width * 0.14), dst=mask)
    return mask


def _taper(rows: slice, columns: slice, shape: Sequence[int], small: Sequence[int], width: float) -> Weights:
    """Return weights that fall to 0 at the region's sides, except where these are the frame's."""
    sides = []
    for part, size, length in ((rows, shape[0], small[0]), (columns, shape[1], small[1])):
        reach = max(0.1 * width * length / (part.stop - part.start), 2.0)
        steps = np.minimum(np.arange(length, dtype=np.float32) / reach, 1)
        start = steps if part.start > 0 else np.ones_like(steps)
        stop = steps[::-1] if part.stop < size else np.ones_like(steps)
        sides.append(start * stop)
    return np.asarray(np.outer(sides[0], sides[1]), np.float32)


def _likeness_table(color: _Color) -> npt.NDArray[np.uint8]:
    """Return how much each value of luma, red and blue difference is like skin: uint8 (1, 256, 3)."""
    values = np.arange(256, dtype=np.float64)[:, None]
    off = values - color.mean
    off[:, 0] *= np.where(off[:, 0] < 0, 1, 0.5)  # light that glances off skin is skin
    likeness = 1.8 - (off / (_COLOR_WIDTH * color.deviation)) ** 2
    return np.clip(255 * likeness, 0, 255).astype(np.uint8)[None]


def _leave_out_goods(gate: Mask, place: _Place, buffers: Buffers) -> None:
    """Clear patches of skin colour that are too small to be skin: a field of a colour card, a label."""
    _, sure = cv2.threshold(gate, 96, 255, cv2.THRESH_BINARY, dst=buffers.scratch("sure", gate.shape))
    labels = buffers.scratch("labels", gate.shape, np.int32)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(sure, labels, connectivity=4, ltype=cv2.CV_32S)
    part = stats[:, cv2.CC_STAT_AREA] / (0.9 * place.width**2)
    weight = np.clip((part - _LEAST_PART) / (_WHOLE_PART - _LEAST_PART), 0, 1)
    weight[0] = 1  # what is not sure stays as it is, weak
    if weight.min() < 1:
        cv2.multiply(gate, weight.astype(np.float32)[labels], dst=gate, dtype=cv2.CV_8U)


def _box(side: float) -> tuple[int, int]:
    odd = max(3, int(side) | 1)
    return odd, odd


def _square(side: float) -> npt.NDArray[np.uint8]:
    return np.ones(_box(side), np.uint8)
