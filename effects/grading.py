"""Grading of colours by stated numbers: the built-in looks, and the sliders of the colour filter."""

from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

LOOKS_FILE: Final = Path(__file__).parents[1] / "resources" / "looks.toml"

Colors = npt.NDArray[np.float32]
"""Colours: float32 (n, 3), red-green-blue, 0 to 1, in the picture's own transfer curve (not linear light)."""

_LUMA: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)  # ITU-R BT.709
_PIVOT: Final = 0.45
"""The brightness that contrast leaves alone: a lit face, not the middle of the scale."""


class Grade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done to colours; the defaults do nothing. Carried out in the order they stand here.

    Attributes:
        exposure: in stops; brighter without lifting black or burning white.
        contrast: -1 to 1, around the brightness of a face.
        shoulder: 0 to 1: how softly the lights end.
        fade: 0 to 1: how far black is lifted.
        temperature: -1 (blue) to 1 (amber), luma kept.
        tint: -1 (green) to 1 (magenta), luma kept.
        shadows: red, green, blue added where it is dark.
        highlights: red, green, blue added where it is light.
        vibrance: -1 to 1: saturation of what has little; skin and strong colours are spared.
        saturation: 0 (grey) to 2.
    """

    exposure: float = 0.0
    contrast: float = 0.0
    shoulder: float = 0.0
    fade: float = 0.0
    temperature: float = 0.0
    tint: float = 0.0
    shadows: tuple[float, float, float] = (0.0, 0.0, 0.0)
    highlights: tuple[float, float, float] = (0.0, 0.0, 0.0)
    vibrance: float = 0.0
    saturation: float = 1.0


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A built-in look: its name, its English label, and what makes it."""

    name: str
    label: str
    grade: Grade


class _LooksFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    look: tuple[Look, ...]


def read_looks(path: Path = LOOKS_FILE) -> tuple[Look, ...]:
    """Read the built-in looks, in the order they are shown.

    Raises:
        msgspec.DecodeError: the file is not a list of looks.
    """
    return msgspec.toml.decode(path.read_bytes(), type=_LooksFile).look


def graded(colors: Colors, grade: Grade) -> Colors:
    """Return the graded colours, 0 to 1; `colors` stays; a neutral grade gives it back bit for bit."""
    if grade == Grade():
        return colors
    result = np.clip(_toned(colors, grade), 0, 1)
    result = _balanced(result, grade)
    luma = _luma(result)
    for color, weight in ((grade.shadows, (1 - luma) ** 2), (grade.highlights, luma**2)):
        if any(color):
            result = result + np.array(color, np.float32) * weight
    return np.clip(_saturated(result, grade), 0, 1).astype(np.float32, copy=False)


def _toned(colors: Colors, grade: Grade) -> Colors:
    result = colors
    if grade.exposure:
        # A gamma keeps black and white where they are; half grey moves as by this many stops in linear light.
        result = result ** np.float32(2.0 ** (-grade.exposure * 0.9))
    if grade.contrast:
        result = _contrasted(result, grade.contrast)
    if grade.shoulder:
        knee = np.float32(1 - 0.45 * grade.shoulder)
        over = np.maximum(result - knee, 0) / (1 - knee)
        result = np.where(
            result > knee, knee + (1 - knee) * over * (1 - 0.22 * grade.shoulder * over), result
        )
    if grade.fade:
        result = result * np.float32(1 - grade.fade) + np.float32(grade.fade) * (1 - result) ** 2
    return result.astype(np.float32, copy=False)


def _contrasted(colors: Colors, contrast: float) -> Colors:
    """Bend the scale into an S through black, the pivot and white (flat ends for less contrast)."""
    power = np.float32(2.0**contrast)
    below = _PIVOT * (np.clip(colors, 0, _PIVOT) / _PIVOT) ** power
    above = 1 - (1 - _PIVOT) * (np.clip(1 - colors, 0, 1 - _PIVOT) / (1 - _PIVOT)) ** power
    return np.where(colors < _PIVOT, below, above).astype(np.float32, copy=False)


def _balanced(colors: Colors, grade: Grade) -> Colors:
    if not (grade.temperature or grade.tint):
        return colors
    red = 1 + 0.16 * grade.temperature + 0.07 * grade.tint
    green = 1 - 0.07 * grade.tint
    blue = 1 - 0.20 * grade.temperature + 0.07 * grade.tint
    moved = colors * np.array([red, green, blue], np.float32)
    return moved * ((_luma(colors) + 1e-4) / (_luma(moved) + 1e-4))


def _saturated(colors: Colors, grade: Grade) -> Colors:
    if not grade.vibrance and grade.saturation == 1.0:
        return colors
    luma = _luma(colors)
    amount = np.float32(grade.saturation)
    if grade.vibrance:
        spread = np.ptp(colors, axis=-1, keepdims=True)
        amount = amount * (1 + np.float32(grade.vibrance) * np.clip(1 - spread, 0, 1) ** 2)
    return luma + (colors - luma) * amount


def _luma(colors: Colors) -> Colors:
    return np.asarray(colors @ _LUMA, np.float32)[..., None]
