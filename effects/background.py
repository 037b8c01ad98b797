"""What is behind the person: blurred, or replaced by a picture, a video or a colour."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

import cv2
import numpy as np
from typing_extensions import override

from effects.backdrops import Backdrop, Fit, Still, VideoLoop, color_backdrop, picture_backdrop
from effects.buffers import Buffers
from effects.composite import blend, box_of, composite
from effects.drawings import DRAWN
from effects.filter import Context, EffectError, Filter, Knowledge, Stage
from effects.frame import Frame, Mask
from effects.params import Choice, Color, Condition, File, Option, Parameter, Slider, Values

_NONE, _BLUR, _PICTURE, _VIDEO, _COLOR = "none", "blur", "picture", "video", "color"
_OWN_PICTURE: Final = "file"
_WIDEST_BLUR: Final = 0.12
"""Side of the box at full strength, of three in a row, as a share of the picture's height."""
_levels: Final = np.arange(256)
# For edges: what is certainly the person, and where the mask is neither one nor the other.
_CORE: Final = np.clip((_levels - 215) * 8, 0, 255).astype(np.uint8)
_BAND: Final = np.clip(np.minimum((_levels - 4) * 6, (250 - _levels) * 2.2), 0, 255).astype(np.uint8)
_EDGE_BOX: Final = (9, 9)


@dataclass(frozen=True, slots=True)
class BackgroundPlan:
    """What to put behind: a backdrop, or with None the picture itself blurred, 0 to 1."""

    backdrop: Backdrop | None
    blur: float


class Background(Filter[BackgroundPlan]):
    """Replaces or blurs what the mask says is not the person."""

    name: ClassVar[str] = "background"
    title: ClassVar[str] = "Background"
    stage: ClassVar[Stage] = Stage.BACKGROUND
    needs: ClassVar[Knowledge] = Knowledge.MATTE | Knowledge.HAIR
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Choice(
            name="kind",
            label="Background",
            default=_NONE,
            options=(
                Option(_NONE, "As it is"),
                Option(_BLUR, "Blurred"),
                Option(_PICTURE, "Picture"),
                Option(_VIDEO, "Video"),
                Option(_COLOR, "Color"),
            ),
        ),
        Slider(name="blur", label="Blur", default=50, shown_if=Condition("kind", (_BLUR,))),
        Choice(
            name="picture",
            label="Picture",
            default="studio",
            options=(
                *(Option(name, label) for name, (label, _) in DRAWN.items()),
                Option(_OWN_PICTURE, "From a file"),
            ),
            shown_if=Condition("kind", (_PICTURE,)),
        ),
        File(
            name="picture_file",
            label="Picture file",
            patterns=("*.png", "*.jpg", "*.jpeg", "*.webp"),
            shown_if=Condition("picture", (_OWN_PICTURE,)),
        ),
        File(
            name="video_file",
            label="Video file",
            patterns=("*.mp4", "*.mov", "*.webm", "*.mkv"),
            shown_if=Condition("kind", (_VIDEO,)),
        ),
        Choice(
            name="fit",
            label="Fit",
            default=Fit.FILL.value,
            options=(Option(Fit.FILL.value, "Fill"), Option(Fit.WHOLE.value, "Show all")),
            shown_if=Condition("kind", (_PICTURE, _VIDEO)),
        ),
        Color(
            name="color", label="Background color", default="#e8ecef", shown_if=Condition("kind", (_COLOR,))
        ),
    )

    @override
    def plan(self, values: Values) -> BackgroundPlan | None:
        """Read what stands behind.

        Raises:
            EffectError: the file is not a picture or video.
        """
        kind = values.text("kind")
        if kind == _NONE or (kind == _BLUR and not values.number("blur")):
            return None
        if kind == _BLUR:
            return BackgroundPlan(None, values.strength("blur"))
        return BackgroundPlan(_backdrop(kind, values), 0)

    @override
    def apply(self, frame: Frame, context: Context, plan: BackgroundPlan, buffers: Buffers) -> Frame:
        """Put the person over what stands behind; a frame whose person is unknown stays as it is."""
        matte = context.matte
        if matte is None:
            return frame
        height, width = frame.shape[:2]
        if plan.backdrop is None:
            quarter, small = _quartered(frame, matte, buffers)
            back = blurred_behind(quarter, small, plan.blur, (width, height), buffers)
        else:
            back = plan.backdrop.at((width, height), context.time_s)
            if context.quality.clean_edges:
                frame = clean_edges(frame, *_quartered(frame, matte, buffers), buffers)
        return composite(frame, back, matte, buffers)


def _backdrop(kind: str, values: Values) -> Backdrop:
    fit = Fit(values.text("fit"))
    if kind == _COLOR:
        return color_backdrop(values.bgr("color"))
    if kind == _PICTURE and values.text("picture") != _OWN_PICTURE:
        return Still(DRAWN[values.text("picture")][1])
    path = values.text("picture_file" if kind == _PICTURE else "video_file")
    if not path:
        raise EffectError("expected a file to put behind, none is chosen")
    return picture_backdrop(Path(path), fit) if kind == _PICTURE else VideoLoop(Path(path), fit)


def _quartered(frame: Frame, matte: Mask, buffers: Buffers) -> tuple[Frame, Mask]:
    """Return both at a quarter of the size, at least a pixel; two halvings cost a third of one step."""
    height, width = frame.shape[:2]
    half = max(1, width // 2), max(1, height // 2)
    quarter = max(1, width // 4), max(1, height // 4)
    halved = buffers.scratch("half", (half[1], half[0], 3))
    result: Frame = buffers.scratch("quarter", (quarter[1], quarter[0], 3))
    small: Mask = buffers.scratch("small", (quarter[1], quarter[0]))
    cv2.resize(frame, half, dst=halved, interpolation=cv2.INTER_AREA)
    cv2.resize(halved, quarter, dst=result, interpolation=cv2.INTER_AREA)
    cv2.resize(matte, quarter, dst=small)
    return result, small


def blurred_behind(
    quarter: Frame, small: Mask, strength: float, size: tuple[int, int], buffers: Buffers
) -> Frame:
    """Return the background blurred, without the person in it: what was weighed out leaves no halo.

    Args:
        quarter: BGR uint8 (h, w, 3).
        small: the person's mask, uint8 (h, w).
        strength: 0 to 1.
        size: width and height of the result, which is in scratch memory.
        buffers: scratch.
    """
    box = _odd(strength * _WIDEST_BLUR * quarter.shape[0])
    weight: Mask = buffers.scratch("weight", small.shape)
    cv2.bitwise_not(small, dst=weight)
    spread = weighted_mean(quarter, weight, (box, box), 3, buffers)
    result: Frame = buffers.scratch("back", (size[1], size[0], 3))
    cv2.resize(spread, size, dst=result)
    return result


def weighted_mean(picture: Frame, weight: Mask, box: tuple[int, int], passes: int, buffers: Buffers) -> Frame:
    """Return what surrounds each pixel, weighed; in scratch memory. `weight` becomes how much there was."""
    shape = picture.shape
    three: Frame = buffers.scratch("three", shape)
    result: Frame = buffers.scratch("mean", shape)
    cv2.cvtColor(weight, cv2.COLOR_GRAY2BGR, dst=three)
    cv2.multiply(picture, three, dst=result, scale=1 / 255)
    for _ in range(passes):
        cv2.blur(result, box, dst=result)
        cv2.blur(weight, box, dst=weight)
    np.maximum(weight, 1, out=weight)
    cv2.cvtColor(weight, cv2.COLOR_GRAY2BGR, dst=three)
    cv2.divide(result, three, dst=result, scale=255)
    return result


def clean_edges(frame: Frame, quarter: Frame, small: Mask, buffers: Buffers) -> Frame:
    """Return the frame with hair in the person's own colour: the old background shines through its edges."""
    weight: Mask = buffers.scratch("core", small.shape)
    cv2.LUT(small, _CORE, dst=weight)
    person = weighted_mean(quarter, weight, _EDGE_BOX, 2, buffers)
    band: Mask = buffers.scratch("band", small.shape)
    cv2.LUT(small, _BAND, dst=band)
    cv2.convertScaleAbs(weight, dst=weight, alpha=12)  # far from the person nothing is known of its colour
    cv2.min(band, weight, dst=band)
    blend(person, quarter, band, person, buffers)
    change: Frame = buffers.scratch("edge change", quarter.shape)
    cv2.addWeighted(person, 1, quarter, -1, 128, dst=change)
    result = buffers.writable(frame)
    part, small_part = _around(small, frame)
    region = result[part]
    large: Frame = buffers.scratch("large change", region.shape)
    cv2.resize(change[small_part], region.shape[1::-1], dst=large)
    cv2.addWeighted(region, 1, large, 1, -128, dst=region)
    return result


def _around(small: Mask, frame: Frame) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Return the part of the frame that holds the person, and the same part of the small mask."""
    scales = [size // part for size, part in zip(frame.shape, small.shape, strict=False)]
    if any(part * scale != size for size, part, scale in zip(frame.shape, small.shape, scales, strict=False)):
        return (slice(None), slice(None)), (slice(None), slice(None))
    top, bottom, left, right = box_of(small)
    if bottom <= top:
        return (slice(0, scales[0]), slice(0, scales[1])), (slice(0, 1), slice(0, 1))
    down, across = scales
    part = slice(top * down, bottom * down), slice(left * across, right * across)
    return part, (slice(top, bottom), slice(left, right))


def _odd(number: float) -> int:
    return max(3, int(number) | 1)
