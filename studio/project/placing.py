"""What the host sets of where a source is drawn, as declared parameters: forms are built from them."""

from typing import Final

from msgspec.structs import replace

from effects.params import Choice, Option, Parameter, Slider, Toggle, Value
from studio.project.project import Crop, Fit, Transform

_SIDES: Final = ("left", "top", "right", "bottom")
_BOX: Final = ("x", "y", "width", "height", "opacity")
"""Shares of one, set in percent."""
_CROP: Final = "crop_"

PARAMETERS: Final[tuple[Parameter, ...]] = (
    Slider(name="x", label="X (%)", low=-100, high=100),
    Slider(name="y", label="Y (%)", low=-100, high=100),
    Slider(name="width", label="Width (%)", default=100, low=1, high=300),
    Slider(name="height", label="Height (%)", default=100, low=1, high=300),
    Choice(
        name="fit",
        label="Fit",
        default=Fit.COVER.value,
        options=(
            Option(Fit.COVER.value, "Fill"),
            Option(Fit.CONTAIN.value, "Show all"),
            Option(Fit.STRETCH.value, "Stretch"),
        ),
    ),
    Slider(name="rotation", label="Rotation (°)", low=-180, high=180),
    Slider(name="opacity", label="Opacity (%)", default=100),
    Toggle(name="is_mirrored", label="Mirrored"),
    Toggle(name="is_upside_down", label="Upside down"),
    Slider(name="crop_left", label="Crop left (%)", high=45),
    Slider(name="crop_top", label="Crop top (%)", high=45),
    Slider(name="crop_right", label="Crop right (%)", high=45),
    Slider(name="crop_bottom", label="Crop bottom (%)", high=45),
)


def values_of(transform: Transform) -> dict[str, Value]:
    """Return a transform as the values of the parameters."""
    shares = {name: getattr(transform, name) * 100 for name in _BOX}
    crop = {_CROP + side: getattr(transform.crop, side) * 100 for side in _SIDES}
    return {
        **shares,
        **crop,
        "fit": transform.fit.value,
        "rotation": transform.rotation,
        "is_mirrored": transform.is_mirrored,
        "is_upside_down": transform.is_upside_down,
    }


def with_value(transform: Transform, name: str, value: Value) -> Transform:
    """Return a transform with one parameter set.

    Raises:
        ValueError: the value is not one that the parameter takes.
    """
    if name in _BOX:
        return replace(transform, **{name: float(value) / 100})
    if name.startswith(_CROP):
        crop: Crop = replace(transform.crop, **{name.removeprefix(_CROP): float(value) / 100})
        return replace(transform, crop=crop)
    if name == "fit":
        return replace(transform, fit=Fit(str(value)))
    return replace(transform, **{name: float(value) if name == "rotation" else bool(value)})
