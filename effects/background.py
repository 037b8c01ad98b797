"""What is behind the person: blurred, or replaced by a picture, a video or a colour."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

import cv2
import numpy as np
from typing_extensions import override

from effects.backdrops import Backdrop, Fit, Still, VideoLoop, color_backdrop, picture_backdrop
from effects.buffers import Buffers
from effects.composite import composite
from effects.drawings import DRAWN
from effects.edge_colors import EdgeColors
from effects.filter import Context, EffectError, Filter, Knowledge, Stage
from effects.frame import Frame, Mask
from effects.params import Choice, Color, Condition, File, Option, Parameter, Slider, Values

_NONE, _BLUR, _PICTURE, _VIDEO, _COLOR = "none", "blur", "picture", "video", "color"
_OWN_PICTURE: Final = "file"
_WIDEST_BLUR: Final = 0.12
"""Side of the box at full strength, of three in a row, as a share of the picture's height."""


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

    def __init__(self) -> None:
        self._edges: EdgeColors | None = None

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
                frame, matte = self._cleaned(frame, matte, context, buffers)
                context.matte = matte
        return composite(frame, back, matte, buffers)

    def _cleaned(self, frame: Frame, matte: Mask, context: Context, buffers: Buffers) -> tuple[Frame, Mask]:
        """Return frame and matte with the person's own colour at the edges, and finer there."""
        frame, matte = buffers.writable(frame), buffers.writable(matte)
        if self._edges is None:
            self._edges = EdgeColors(buffers)
        quarter, _ = _quartered(frame, matte, buffers)
        hair = context.opinion.hair if context.opinion is not None else None
        self._edges.refine(frame, matte, quarter, hair)
        return frame, matte


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


def _odd(number: float) -> int:
    return max(3, int(number) | 1)
