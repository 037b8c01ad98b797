"""Make-up: colour on lips and cheeks, darker brows; not on a hand or on goods before them."""

from dataclasses import dataclass
from typing import ClassVar, Final

import cv2
import numpy as np
import numpy.typing as npt
from typing_extensions import override

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Context, Face, Filter, Knowledge, Stage
from effects.frame import Frame, Mask
from effects.free_skin import free_skin, is_free
from effects.landmarks import Points, face_width
from effects.params import Color, Slider, Values
from effects.person_color import PersonColors
from effects.place import Changes, Place, Weights, box, square

_WIDEST_LIPS: Final = 120
"""Lips and brows are worked on no wider than this many pixels, so that a close face costs no more."""
_WIDEST_CHEEKS: Final = 100
_LIPS_COVER, _LIPS_SHADE = 0.75, 0.5
"""How far lipstick at 100 replaces the lips' colour, and how far their luma: their texture stays."""
_BLUSH_COVER, _BLUSH_SHADE = 0.55, 0.12
_BROWS_DARKER: Final = 0.45
_CHEEKS: Final = (
    (landmarks.LEFT_CHEEK, landmarks.LEFT_SIDE),
    (landmarks.RIGHT_CHEEK, landmarks.RIGHT_SIDE),
)
"""The apple of each cheek, and the side of the face towards which blush is drawn."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How strong, 0 to 1, and in what luma, red and blue difference (YCrCb, in levels)."""

    strength: float
    color: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MakeUpPlan:
    """What is put on; None where nothing is."""

    lips: Paint | None
    blush: Paint | None
    brows: float


class MakeUp(Filter[MakeUpPlan]):
    """Shifts the colour of lips and cheeks; what is beneath keeps its light, shadow and texture."""

    name: ClassVar = "make_up"
    title: ClassVar = "Make-up"
    stage: ClassVar = Stage.MAKE_UP
    needs: ClassVar = Knowledge.FACES | Knowledge.SKIN | Knowledge.HANDS
    parameters: ClassVar = (
        Slider(name="lips", label="Lips"),
        Color(name="lips_color", label="Lip color", default="#b8334a"),
        Slider(name="blush", label="Blush"),
        Color(name="blush_color", label="Blush color", default="#e8788a"),
        Slider(name="brows", label="Brows"),
    )

    def __init__(self) -> None:
        self._lips = PersonColors()
        self._around_lips = PersonColors()
        self._cheeks = PersonColors()
        self._brows = PersonColors()

    @override
    def plan(self, values: Values) -> MakeUpPlan | None:
        lips, blush = (_paint(values, name) for name in ("lips", "blush"))
        brows = values.strength("brows")
        return MakeUpPlan(lips, blush, brows) if lips or blush or brows else None

    @override
    def apply(self, frame: Frame, context: Context, plan: MakeUpPlan, buffers: Buffers) -> Frame:
        for colors in (self._lips, self._around_lips, self._cheeks, self._brows):
            colors.keep(context.faces)
        if context.faces:
            frame = buffers.writable(frame)
        for face in context.faces:
            if plan.blush:
                self._blush(frame, face, plan.blush, context, buffers)
            if plan.lips:
                self._paint_lips(frame, face, plan.lips, context, buffers)
            if plan.brows:
                self._darken_brows(frame, face, plan.brows, context, buffers)
        return frame

    @override
    def forget(self) -> None:
        self._lips, self._around_lips, self._cheeks, self._brows = (PersonColors() for _ in range(4))

    def _paint_lips(self, frame: Frame, face: Face, paint: Paint, context: Context, buffers: Buffers) -> None:
        outside = face.points[list(landmarks.LIPS_OUTSIDE)]
        place = _place(outside, face, frame, _WIDEST_LIPS)
        if place is None:
            return
        width = face_width(face.points) / place.scale
        picture, free = place.picture(frame, buffers), free_skin(context, face, place, frame, buffers)
        mask, inside, around = _masks(place, buffers, "lips", "inside", "around")
        place.filled([outside], mask)
        place.filled([face.points[list(landmarks.LIPS_INSIDE)]], inside)
        cv2.bitwise_not(cv2.dilate(mask, square(width * 0.03), dst=around), dst=around)
        cv2.subtract(mask, inside, dst=mask)
        if is_free(mask, free):
            self._lips.learn(face.track, picture, mask, buffers)
            self._around_lips.learn(face.track, picture, around, buffers)
        lips, skin = self._lips.known(face.track), self._around_lips.known(face.track)
        if lips is None or skin is None:
            return
        cv2.blur(mask, box(width * 0.03), dst=mask)
        seen = np.minimum(lips.likeness(picture, buffers), lips.rather_than(skin, picture, buffers))
        luma = cv2.extractChannel(picture, 0, dst=buffers.scratch("luma", place.shape))
        np.minimum(seen, np.asarray(cv2.LUT(luma, _no_lighter_than(float(skin.mean[0])))), out=seen)
        weights = _weights(mask, _gated(seen, free), face.strength * paint.strength, buffers)
        changes = _painted(weights, paint.color - lips.mean, (_LIPS_SHADE, _LIPS_COVER), buffers)
        place.add(changes, frame, buffers)

    def _blush(self, frame: Frame, face: Face, paint: Paint, context: Context, buffers: Buffers) -> None:
        cheeks = face.points[[index for cheek in _CHEEKS for index in cheek]]
        place = _place(cheeks, face, frame, _WIDEST_CHEEKS, margin=0.3)
        if place is None:
            return
        picture, free = place.picture(frame, buffers), free_skin(context, face, place, frame, buffers)
        mask, inside = _masks(place, buffers, "cheeks", "inside")
        soft = _cheeks(place, face.points)
        np.rint(soft * 255, out=mask, casting="unsafe")
        place.filled([face.points[list(landmarks.OVAL)]], inside)
        cv2.blur(inside, box(face_width(face.points) / place.scale * 0.05), dst=inside)
        cv2.multiply(mask, inside, dst=mask, scale=1 / 255)
        core = np.where(soft > 0.3, np.uint8(255), np.uint8(0))
        if is_free(core, free):
            self._cheeks.learn(face.track, picture, core, buffers)
        color = self._cheeks.known(face.track)
        if color is not None:
            seen = color.likeness(picture, buffers)
            weights = _weights(mask, _gated(seen, free), face.strength * paint.strength, buffers)
            changes = _painted(weights, paint.color - color.mean, (_BLUSH_SHADE, _BLUSH_COVER), buffers)
            place.add(changes, frame, buffers)

    def _darken_brows(
        self, frame: Frame, face: Face, strength: float, context: Context, buffers: Buffers
    ) -> None:
        """Darken what is darker than skin within the brows: the hairs."""
        brows = [face.points[list(each)] for each in (landmarks.LEFT_BROW, landmarks.RIGHT_BROW)]
        place = _place(np.vstack(brows), face, frame, 2 * _WIDEST_LIPS)
        if place is None:
            return
        picture, free = place.picture(frame, buffers), free_skin(context, face, place, frame, buffers)
        (mask,) = _masks(place, buffers, "brows")
        place.filled(brows, mask)
        if is_free(mask, free):
            self._brows.learn(face.track, picture, mask, buffers)
        color = self._brows.known(face.track)
        if color is None:
            return
        cv2.blur(mask, box(face_width(face.points) / place.scale * 0.03), dst=mask)
        seen = color.likeness(picture, buffers)
        weights = _weights(mask, _gated(seen, free), strength * face.strength * _BROWS_DARKER, buffers)
        luma = cv2.extractChannel(picture, 0, dst=buffers.scratch("luma", place.shape))
        changes: Changes = buffers.scratch("changes", (3, *place.shape), np.float32)
        changes[1:] = 0
        cv2.LUT(luma, _darkening(float(cv2.mean(luma)[0])), dst=changes[0])
        np.multiply(changes[0], weights, out=changes[0])
        place.add(changes, frame, buffers)


def _no_lighter_than(skin: float) -> npt.NDArray[np.uint8]:
    """Return how likely each luma is that of lips, uint8 (1, 256): what is lighter than skin is a finger."""
    return np.clip(255 * (0.8 - (np.arange(256) - skin) / 25), 0, 255).astype(np.uint8)[None]


def _darkening(skin: float) -> npt.NDArray[np.float32]:
    """Return the change of each luma, float32 (1, 256): full where it is dark, none from that of skin on."""
    luma = np.arange(256)
    change = -luma * np.clip((1.05 * skin - luma) / (0.4 * skin + 1), 0, 1)
    return np.asarray(change[None], np.float32)


def _paint(values: Values, name: str) -> Paint | None:
    if not values.number(name):
        return None
    pixel = np.array([[values.bgr(f"{name}_color")]], np.uint8)
    color = cv2.cvtColor(pixel, cv2.COLOR_BGR2YCrCb)[0, 0].astype(np.float64)
    return Paint(values.strength(name), color)


def _place(points: Points, face: Face, frame: Frame, widest: int, margin: float = 0.06) -> Place | None:
    """Return the part of the frame around points, with a margin in face widths."""
    width = float(np.ptp(points[:, 0]))
    scale = 1
    while width / scale > widest:
        scale *= 2
    return Place.around(points, margin * face_width(face.points), frame, scale, scale)


def _masks(place: Place, buffers: Buffers, *names: str) -> list[Mask]:
    return [buffers.scratch(f"mask of {name}", place.shape) for name in names]


def _gated(seen: Mask, free: Mask | None) -> Mask:
    """Return what is seen without what something is held before; in place."""
    return seen if free is None else np.asarray(cv2.multiply(seen, free, dst=seen, scale=1 / 255), np.uint8)


def _weights(mask: Mask, seen: Mask, strength: float, buffers: Buffers) -> Weights:
    """Return as weights where the mask covers what is seen; soft, but not into what is not."""
    cv2.min(seen, cv2.blur(seen, (3, 3)), dst=seen)
    weights: Weights = buffers.scratch("weights", mask.shape, np.float32)
    cv2.multiply(mask, seen, dst=weights, scale=strength / 255**2, dtype=cv2.CV_32F)
    return weights


def _painted(
    weights: Weights, shift: npt.NDArray[np.float64], parts: tuple[float, float], buffers: Buffers
) -> Changes:
    """Return the changes by paint, which shifts luma and colour as a whole: texture stays.

    Args:
        weights: where and how strong.
        shift: from the colour that is there to the paint's, YCrCb.
        parts: how far luma and colour go there, 0 to 1.
        buffers: scratch.
    """
    changes: Changes = buffers.scratch("changes", (3, *weights.shape), np.float32)
    for change, levels, part in zip(changes, shift, (parts[0], parts[1], parts[1]), strict=True):
        np.multiply(weights, np.float32(levels * part), out=change)
    return changes


def _cheeks(place: Place, points: Points) -> npt.NDArray[np.float32]:
    """Return two soft ellipses from the apples of the cheeks towards the ears, 0 to 1.

    The far cheek of a turned head is narrow: there blush is weaker.
    """
    height, width = place.shape
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    result = np.zeros(place.shape, np.float32)
    face = face_width(points) / place.scale
    for apple, end in _CHEEKS:
        (x, y), (end_x, end_y) = place.points(points[[apple, end]])
        length = max(float(np.hypot(end_x - x, end_y - y)), 1e-3)
        along_x, along_y = (end_x - x) / length, (end_y - y) / length
        middle_x, middle_y = x + 0.2 * (end_x - x), y + 0.2 * (end_y - y)
        along = (across - middle_x) * along_x + (down - middle_y) * along_y
        beside = (down - middle_y) * along_x - (across - middle_x) * along_y
        off = (along / (0.7 * length + 0.06 * face)) ** 2 + (beside / (0.17 * face)) ** 2
        seen = np.float32(np.clip(length / (0.2 * face) - 0.2, 0, 1))
        np.maximum(result, seen * np.clip(1 - off, 0, 1) ** 1.5, out=result)
    return result
