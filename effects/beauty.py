"""Beauty: smoother, lighter, rosier skin and clearer features; nothing but skin and features changes."""

from dataclasses import dataclass
from typing import ClassVar, Final

import cv2
import numpy as np
import numpy.typing as npt
from typing_extensions import override

from effects.buffers import Buffers
from effects.filter import Context, Filter, Knowledge, Stage
from effects.frame import Frame, Mask
from effects.free_skin import free_skin
from effects.params import Slider, Values
from effects.place import Changes, Weights, enlarged
from effects.skin import Skin, SkinFinder

_EDGE: Final = (0.06 * 255) ** 2
"""Variance of luma from which on something is an edge, not unevenness of the skin."""
_TEXTURE_KEPT: Final = 0.15
_RADIUS: Final = 0.035
"""Unevenness up to this many face widths is smoothed."""
_ROSY_RED, _ROSY_BLUE = 9.0, 3.0


@dataclass(frozen=True, slots=True)
class BeautyPlan:
    """Strengths 0 to 1, and the change of luma by whitening: float32 (1, 256)."""

    smooth: float
    rosy: float
    sharpen: float
    whitening: npt.NDArray[np.float32] | None


class Beauty(Filter[BeautyPlan]):
    """Works at half resolution or less and adds only the change: the skin's finest texture stays."""

    name: ClassVar = "beauty"
    title: ClassVar = "Beauty"
    stage: ClassVar = Stage.BEAUTY
    needs: ClassVar = Knowledge.FACES | Knowledge.SKIN
    parameters: ClassVar = (
        Slider(name="smooth", label="Smooth"),
        Slider(name="whiten", label="Whiten"),
        Slider(name="rosy", label="Rosy"),
        Slider(name="sharpen", label="Sharpen"),
    )

    def __init__(self) -> None:
        self._skin = SkinFinder()

    @override
    def plan(self, values: Values) -> BeautyPlan | None:
        strengths = {each.name: values.strength(each.name) for each in self.parameters}
        if not any(strengths.values()):
            return None
        whiten = strengths.pop("whiten")
        return BeautyPlan(**strengths, whitening=whitening(whiten) if whiten else None)

    @override
    def apply(self, frame: Frame, context: Context, plan: BeautyPlan, buffers: Buffers) -> Frame:
        self._skin.keep(context.faces)
        for face in context.faces:
            skin = self._skin.find(frame, face, context.quality.beauty_divisor, buffers)
            if skin is not None:
                if (free := free_skin(context, face, skin.place.smaller(2), frame, buffers)) is not None:
                    cv2.multiply(skin.smooth, free, dst=skin.smooth, scale=1 / 255, dtype=cv2.CV_32F)
                frame = buffers.writable(frame)
                skin.place.add(_changes(skin, plan, face.strength, buffers), frame, buffers)
        return frame

    @override
    def forget(self) -> None:
        self._skin = SkinFinder()


def whitening(strength: float) -> npt.NDArray[np.float32]:
    """Return by how much each luma rises: float32 (1, 256); black and white stay, the middle rises most.

    Args:
        strength: 0 to 1.
    """
    base = 2.2 * strength + 1e-3
    luma = np.arange(256) / 255
    return np.asarray(255 * (np.log1p(luma * base) / np.log1p(base) - luma), np.float32)[None]


def _changes(skin: Skin, plan: BeautyPlan, strength: float, buffers: Buffers) -> Changes:
    """Return by how much the skin's picture changes; exactly 0 outside of skin."""
    shape = skin.place.shape
    tone = enlarged("tone large", skin.tone, strength, shape, buffers)
    changes: Changes = buffers.scratch("changes", (3, *shape), np.float32)
    luma = np.asarray(cv2.extractChannel(skin.picture, 0, dst=buffers.scratch("luma", shape)), np.uint8)
    for change, weight in zip(changes, (0, _ROSY_RED * plan.rosy, -_ROSY_BLUE * plan.rosy), strict=True):
        np.multiply(tone, np.float32(weight), out=change)
    if plan.smooth:
        _smooth(changes, skin, luma, strength * plan.smooth, buffers)
    if plan.whitening is not None:
        lift = cv2.LUT(luma, plan.whitening, dst=buffers.scratch("lift", shape, np.float32))
        cv2.accumulateProduct(lift, tone, changes[0])
    if plan.sharpen:
        _sharpen(changes[0], skin, luma, strength * plan.sharpen, buffers)
    return changes


def _smooth(changes: Changes, skin: Skin, luma: Mask, strength: float, buffers: Buffers) -> None:
    """Add to the changes what makes luma and colour even, except across edges."""
    shape = luma.shape
    smooth = enlarged("smooth large", skin.smooth, strength * (1 - _TEXTURE_KEPT), shape, buffers)
    radius = max(1, round(skin.width * _RADIUS / 2))
    factor, offset = _guide(skin, radius, buffers)
    evenness = buffers.scratch("evenness", shape, np.float32)
    change = buffers.scratch("change", shape, np.float32)
    cv2.resize(factor, shape[::-1], dst=evenness)
    cv2.resize(offset, shape[::-1], dst=change)
    cv2.accumulateProduct(change, smooth, changes[0])
    np.multiply(evenness, smooth, out=smooth)
    np.copyto(change, luma)
    np.negative(change, out=change)
    cv2.accumulateProduct(change, smooth, changes[0])
    for channel in (1, 2):
        cv2.accumulateProduct(_evening(skin, channel, radius, buffers), smooth, changes[channel])


def _guide(skin: Skin, radius: int, buffers: Buffers) -> tuple[Weights, Weights]:
    """Return evenness, 1 in even skin to 0 at edges, and offset: the filter adds offset − evenness x luma.

    Self-guided (He and Sun, Fast Guided Filter, 2015): coefficients are found in the small picture.
    """
    size, box = skin.small.shape[:2], (2 * radius + 1, 2 * radius + 1)
    names = ("mean", "variance", "squares", "even")
    mean, variance, squares, even = (buffers.scratch(name, size, np.float32) for name in names)
    luma = cv2.extractChannel(skin.small, 0, dst=buffers.scratch("small luma", size))
    cv2.boxFilter(luma, cv2.CV_32F, box, dst=mean)
    cv2.sqrBoxFilter(luma, cv2.CV_32F, box, dst=variance)
    np.multiply(mean, mean, out=squares)
    np.subtract(variance, squares, out=variance)
    np.add(variance, np.float32(_EDGE), out=variance)
    np.divide(np.float32(_EDGE), variance, out=even)
    np.multiply(even, mean, out=mean)
    cv2.blur(even, box, dst=even)
    cv2.blur(mean, box, dst=mean)
    return even, mean


def _evening(skin: Skin, channel: int, radius: int, buffers: Buffers) -> Weights:
    """Return how far one difference channel is from its surroundings: float32, of the picture's size."""
    size, large, side = skin.small.shape[:2], skin.picture.shape[:2], 2 * radius + 1
    small = cv2.extractChannel(skin.small, channel, dst=buffers.scratch("small color", size))
    around = cv2.boxFilter(small, cv2.CV_32F, (side, side), dst=buffers.scratch("around", size, np.float32))
    change: Weights = buffers.scratch("evening", large, np.float32)
    cv2.resize(around, large[::-1], dst=change)
    color = cv2.extractChannel(skin.picture, channel, dst=buffers.scratch("color", large))
    np.subtract(change, color, out=change)
    return change


def _sharpen(change: Weights, skin: Skin, luma: Mask, strength: float, buffers: Buffers) -> None:
    """Add to `change` what sharpens eyes, brows and lips (unsharp mask)."""
    shape = luma.shape
    features = enlarged("features large", skin.features, strength, shape, buffers)
    detail = buffers.scratch("detail", shape, np.float32)
    cv2.boxFilter(luma, cv2.CV_32F, (5, 5), dst=detail)
    np.subtract(luma, detail, out=detail)
    cv2.accumulateProduct(detail, features, change)
