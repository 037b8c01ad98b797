"""Finds the skin of a face: by the face's shape, and by what colour this very person's skin has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Face
from effects.frame import Frame, Mask
from effects.landmarks import Points, face_height, face_width, upwards
from effects.person_color import PersonColors
from effects.place import Place, Weights, box, square

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
_NARROWEST_FACE: Final = 16
_MARGIN: Final = 0.15
"""Face widths around face and neck; there all changes fade to nothing."""
_NECK: Final = 0.45
"""Skin is looked for so many face heights below the jaw."""
_UNDER_LEFT_EAR, _UNDER_RIGHT_EAR = 172, 397
_LEAST_PART, _WHOLE_PART = 0.03, 0.07
"""Patches of skin colour that hang together on less than this part of the face's area are goods, not skin."""


@dataclass(frozen=True, slots=True)
class Skin:
    """Where in the part of a frame around a face is skin.

    Attributes:
        place: the part of the frame.
        width: of the face, in pixels of `picture`.
        picture: luma, red and blue difference (YCrCb), uint8, of the place's size.
        small: the same at half of its size.
        smooth: the face without eyes, brows and lips; of the size of `small`, as are the others.
        tone: the skin of face and neck; fades out over the neck.
        features: eyes, brows and lips.
    """

    place: Place
    width: float
    picture: Frame
    small: Frame
    smooth: Weights
    tone: Weights
    features: Weights


class SkinFinder:
    """Finds skin, remembering the colour of each person's from frame to frame."""

    def __init__(self) -> None:
        self._colors = PersonColors()

    def find(self, frame: Frame, face: Face, divisor: int, buffers: Buffers) -> Skin | None:
        """Return where this face's skin is, or None if too little of the face is in the frame.

        Args:
            frame: BGR, unchanged so far.
            face: with landmarks in pixels of `frame`.
            divisor: the work is done at this part of the frame's size, or less.
            buffers: the result lies in its scratch, until the next call.
        """
        width, scale = face_width(face.points), divisor
        while width / scale > _WIDEST_FACE:
            scale *= 2
        oval = _whole_oval(face.points, width)
        throat = face.points[landmarks.CHIN] - upwards(face.points) * face_height(face.points) * _NECK
        place = Place.around(np.vstack([oval, throat]), width * _MARGIN, frame, scale, scale * 2)
        if place is None or width / scale < _NARROWEST_FACE:
            return None
        picture = place.picture(frame, buffers)
        coarse = place.smaller(2)
        small: Frame = buffers.scratch("small", (*coarse.shape, 3))
        cv2.resize(picture, coarse.shape[::-1], dst=small, interpolation=cv2.INTER_AREA)
        masks = self._masks((picture, small), oval, face, coarse, buffers)
        edges = _taper(coarse, frame, 0.1 * width / coarse.scale)
        smooth, tone, features = (
            _weights(mask, edges, buffers, f"weights {i}") for i, mask in enumerate(masks)
        )
        return Skin(place, width / scale, picture, small, smooth, tone, features)

    def keep(self, faces: Sequence[Face]) -> None:
        """Forget the colours of people who are gone."""
        self._colors.keep(faces)

    def _masks(
        self, pictures: tuple[Frame, Frame], oval: Points, face: Face, place: Place, buffers: Buffers
    ) -> tuple[Mask, Mask, Mask]:
        """Return what to smooth, what to tone, and the features."""
        width = face_width(face.points) / place.scale
        inside, features, around, smooth, tone, reach = (
            buffers.scratch(name, place.shape)
            for name in ("inside", "features", "around", "smooth", "tone", "reach")
        )
        place.filled([oval], inside)
        place.filled([face.points[each] for each in _FEATURES], features)
        cv2.dilate(features, square(width * 0.05), dst=around)
        cv2.subtract(inside, around, dst=smooth)
        core = place.filled([_without_forehead(face.points)], buffers.scratch("core", place.shape))
        cv2.min(core, smooth, dst=core)
        gate = self._gate(pictures, face, core, width, buffers)
        cv2.subtract(gate, features, dst=tone)  # not `around`: it would leave a dark ring about the lips
        cv2.blur(tone, box(width * 0.05), dst=tone)
        cv2.multiply(tone, _reach(oval, face.points, place, reach), dst=tone, scale=1 / 255)
        cv2.multiply(smooth, gate, dst=smooth, scale=1 / 255)
        for _ in range(2):
            cv2.blur(smooth, box(width * 0.07), dst=smooth)
        for mask in (smooth, tone):  # blurred, they reach into goods before the skin
            cv2.multiply(mask, gate, dst=mask, scale=1 / 255)
        cv2.blur(features, box(width * 0.05), dst=features)
        return smooth, tone, features

    def _gate(
        self, pictures: tuple[Frame, Frame], face: Face, core: Mask, width: float, buffers: Buffers
    ) -> Mask:
        """Return where the small picture has this person's colour of skin, in patches that are no goods."""
        picture, small = pictures
        color = self._colors.learn(face.track, small, core, buffers)
        if color is None:
            return np.zeros(core.shape, np.uint8)
        likeness = color.likeness(picture, buffers)
        gate: Mask = buffers.scratch("gate", core.shape)
        cv2.resize(likeness, core.shape[::-1], dst=gate, interpolation=cv2.INTER_AREA)
        _leave_out_goods(gate, likeness, width, buffers)
        # Blemishes have another colour; closed, they are smoothed like the skin around them.
        cv2.morphologyEx(gate, cv2.MORPH_CLOSE, square(width * 0.06), dst=gate)
        return gate


def _whole_oval(points: Points, width: float) -> Points:
    oval = points[list(landmarks.OVAL)]
    up = upwards(points)
    height = np.clip((oval - points[landmarks.NOSE_BRIDGE]) @ up / (0.5 * width), 0, 1)
    return np.asarray(oval + height[:, None] * up * width * _FOREHEAD_ABOVE_MESH, np.float32)


def _without_forehead(points: Points) -> Points:
    """Return the face's outline from the temples down, a little inside: above may be hair."""
    lower = points[list(landmarks.OVAL[7:30])]
    middle = lower.mean(0)
    return np.asarray(middle + (lower - middle) * 0.9, np.float32)


def _reach(oval: Points, points: Points, place: Place, mask: Mask) -> Mask:
    """Return a soft mask of face and neck; beside the face little is skin, and much may look like it."""
    middle = oval.mean(0)
    down = -upwards(points) * face_height(points) * _NECK
    left, right = points[_UNDER_LEFT_EAR], points[_UNDER_RIGHT_EAR]
    neck = np.stack([left, right, right + down, left + down])
    place.filled([middle + (oval - middle) * 1.06, neck], mask)
    side = face_width(points) / place.scale * 0.14
    for _ in range(2):
        cv2.blur(mask, box(side), dst=mask)
    return mask


def _taper(place: Place, frame: Frame, reach: float) -> Weights:
    """Return what turns masks to weights: 1/255, falling to 0 towards sides that are not the frame's."""
    sides = []
    for part, size, length in zip((place.rows, place.columns), frame.shape, place.shape, strict=False):
        steps = np.minimum(np.arange(length, dtype=np.float32) / max(reach, 2.0), 1)
        start = steps if part.start > 0 else np.ones_like(steps)
        stop = steps[::-1] if part.stop < size else np.ones_like(steps)
        sides.append(start * stop)
    return np.asarray(np.outer(sides[0], sides[1]) / 255, np.float32)


def _weights(mask: Mask, edges: Weights, buffers: Buffers, name: str) -> Weights:
    weights: Weights = buffers.scratch(name, mask.shape, np.float32)
    np.multiply(mask, edges, out=weights)
    return weights


def _leave_out_goods(gate: Mask, likeness: Mask, width: float, buffers: Buffers) -> None:
    """Clear patches of skin colour that are too small to be skin: a field of a colour card, a label.

    Args:
        gate: changed in place.
        likeness: the same at twice the size: there, thin lines still part what they part.
        width: of the face in the gate's pixels.
        buffers: scratch.
    """
    apart = cv2.erode(likeness, np.ones((2, 2), np.uint8), dst=buffers.scratch("apart", likeness.shape))
    sure = buffers.scratch("sure skin", gate.shape)
    cv2.threshold(apart[::2, ::2], 96, 255, cv2.THRESH_BINARY, dst=sure)
    labels = buffers.scratch("labels", gate.shape, np.int32)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(sure, labels, connectivity=4, ltype=cv2.CV_32S)
    part = stats[:, cv2.CC_STAT_AREA] / (0.9 * width**2)
    goods = 255 * np.clip((_WHOLE_PART - part) / (_WHOLE_PART - _LEAST_PART), 0, 1)
    goods[0] = 0  # what is not sure stays as it is
    if goods.any():
        away = goods.astype(np.uint8)[np.asarray(labels)]
        cv2.dilate(away, np.ones((3, 3), np.uint8), dst=away)
        cv2.subtract(gate, away, dst=gate)
