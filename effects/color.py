"""Colours of the whole picture: a look, the usual corrections, sharpness. All but the last is one table."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

import cv2
import numpy as np
import numpy.typing as npt
from typing_extensions import override

from effects.buffers import Buffers
from effects.cube import read_cube
from effects.delta_table import ColorFunction, DeltaTable
from effects.filter import Context, EffectError, Filter, Stage
from effects.frame import Frame
from effects.grading import Grade, graded, read_looks
from effects.params import Choice, Condition, File, Option, Parameter, Slider, Values

NO_LOOK: Final = "none"
OWN_LOOK: Final = "file"
_LOOKS: Final = {look.name: look for look in read_looks()}
_MOST_SHARPENING: Final = 1.2


@dataclass(frozen=True, slots=True)
class ColorPlan:
    """The table of all colour changes (None: colours stay), and how much fine detail is added again."""

    table: DeltaTable | None
    sharpen: float


class Color(Filter[ColorPlan]):
    """A look of the built-in ones or from a .cube file, brightness to tint, and sharpness."""

    name: ClassVar[str] = "color"
    title: ClassVar[str] = "Looks and color"
    stage: ClassVar[Stage] = Stage.COLOR
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Choice(
            name="look",
            label="Look",
            default=NO_LOOK,
            options=(
                Option(NO_LOOK, "None"),
                *(Option(look.name, look.label) for look in _LOOKS.values()),
                Option(OWN_LOOK, "From a file"),
            ),
        ),
        File(name="file", label="Look file", patterns=("*.cube",), shown_if=Condition("look", (OWN_LOOK,))),
        Slider(name="intensity", label="Intensity", default=80),
        Slider(name="brightness", label="Brightness", low=-100),
        Slider(name="contrast", label="Contrast", low=-100),
        Slider(name="saturation", label="Saturation", low=-100),
        Slider(name="temperature", label="Temperature", low=-100),
        Slider(name="tint", label="Tint", low=-100),
        Slider(name="sharpen", label="Sharpness"),
    )

    @override
    def plan(self, values: Values) -> ColorPlan | None:
        """Compute the table; nothing when it would change nothing."""
        function = color_function(values)
        table = DeltaTable(function) if function else None
        sharpen = values.strength("sharpen") * _MOST_SHARPENING
        if (table is None or table.is_identity) and not sharpen:
            return None
        return ColorPlan(None if table is None or table.is_identity else table, sharpen)

    @override
    def apply(self, frame: Frame, context: Context, plan: ColorPlan, buffers: Buffers) -> Frame:
        """Change the colours, then sharpen."""
        if plan.table:
            frame = plan.table.apply(frame, buffers)
        if plan.sharpen:
            soft = cv2.GaussianBlur(frame, (5, 5), 0, dst=buffers.scratch("soft", frame.shape))
            result = buffers.frame(frame.shape)
            cv2.addWeighted(frame, 1 + plan.sharpen, soft, -plan.sharpen, 0, dst=result)
            frame = result
        return frame


def color_function(values: Values) -> ColorFunction | None:
    """Return what the values of the colour filter do to a colour; None when nothing.

    Raises:
        EffectError: the look's file cannot be used.
    """
    correction = Grade(
        exposure=values.strength("brightness") * 0.8,
        contrast=values.strength("contrast") * 0.8,
        temperature=values.strength("temperature"),
        tint=values.strength("tint"),
        saturation=1 + values.strength("saturation"),
    )
    look = _look(values)
    intensity = np.float32(values.strength("intensity"))
    if (look is None or not intensity) and correction == Grade():
        return None

    def function(colors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        corrected = graded(colors, correction)
        if look is None:
            return corrected
        return corrected + intensity * (np.clip(look(corrected), 0, 1) - corrected)

    return function


def _look(values: Values) -> ColorFunction | None:
    name = values.text("look")
    if name == NO_LOOK:
        return None
    if name == OWN_LOOK:
        path = values.text("file")
        if not path:
            raise EffectError("expected a .cube file, none is chosen")
        return read_cube(Path(path)).sample
    return partial(graded, grade=_LOOKS[name].grade)


def look_thumbnails(picture: Frame) -> dict[str, Frame]:
    """Return a small picture in every built-in look at full intensity, by look name; for the panel."""
    buffers = Buffers()
    pictures = {NO_LOOK: picture.copy()}
    for look in _LOOKS.values():
        table = DeltaTable(partial(graded, grade=look.grade))
        pictures[look.name] = table.apply(picture, buffers)
    return pictures
