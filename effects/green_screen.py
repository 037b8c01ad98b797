"""Cuts the person out of a green or blue wall, by colour, and takes the wall's light off the edges."""

from dataclasses import dataclass
from typing import ClassVar, Final

import cv2
import numpy as np
import numpy.typing as npt
from typing_extensions import override

from effects.buffers import Buffers
from effects.delta_table import DeltaTable
from effects.filter import Context, Filter, Knowledge, Stage
from effects.frame import Frame
from effects.params import Choice, Color, Condition, Option, Parameter, Slider, Values

Chroma = npt.NDArray[np.float32]
"""Red and blue difference (Cr, Cb) of ITU-R BT.601, 0 to 255 with grey at 128: float32 (..., 2)."""

_OFF, _AUTOMATIC, _CHOSEN = "off", "automatic", "chosen"
_LOOK_EVERY_S: Final = 2.0
"""A wall's light changes slowly: so often the key is picked again."""
_DRIFT: Final = 4.0
"""Chroma levels by which a key must have moved before the table is computed again."""
_SMALLEST_WALL: Final = 0.04
"""Share of the picture: less of one colour is a garment, not a wall."""
_COLORFUL: Final = 14.0
_WALL_RADIUS: Final = 20.0
_SENSOR_NOISE: Final = 6.0
_CHOSEN_VARIANCE: Final = 26.0
_SPILL_CONE: Final = 0.45
_NO_SPILL: Final = 3.0
"""Chroma levels that may be an entry's width away from grey: white stays white."""


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """How to key.

    Attributes:
        chosen: Cr and Cb of the wall; None: pick it from the picture.
        near: how many deviations from the wall's colour are still wholly wall.
        far: from how many on it is wholly person.
        spill: 0 to 1: how much of the wall's light is taken off.
    """

    chosen: tuple[float, float] | None
    near: float
    far: float
    spill: float


@dataclass(frozen=True, eq=False, slots=True)
class Key:
    """A wall's colour: its mean (Cr, Cb) and how it varies, float32 (2, 2) covariance."""

    mean: Chroma
    covariance: npt.NDArray[np.float32]


class GreenScreen(Filter[KeyPlan]):
    """Finds out the matte itself, so that no network is asked: nor about hair, which the key has whole."""

    name: ClassVar[str] = "green_screen"
    title: ClassVar[str] = "Green screen"
    stage: ClassVar[Stage] = Stage.MATTE
    provides: ClassVar[Knowledge] = Knowledge.MATTE | Knowledge.HAIR
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Choice(
            name="key",
            label="Key color",
            default=_OFF,
            options=(
                Option(_OFF, "No green screen"),
                Option(_AUTOMATIC, "Automatic"),
                Option(_CHOSEN, "Chosen"),
            ),
        ),
        Color(name="color", label="Wall", default="#00b140", shown_if=Condition("key", (_CHOSEN,))),
        Slider(
            name="tolerance", label="Tolerance", default=50, shown_if=Condition("key", (_AUTOMATIC, _CHOSEN))
        ),
        Slider(
            name="softness", label="Softness", default=50, shown_if=Condition("key", (_AUTOMATIC, _CHOSEN))
        ),
        Slider(
            name="spill", label="Spill removal", default=90, shown_if=Condition("key", (_AUTOMATIC, _CHOSEN))
        ),
    )

    def __init__(self) -> None:
        """Know no wall yet."""
        self.forget()

    @override
    def forget(self) -> None:
        """Forget the wall: another source has another."""
        self._plan: KeyPlan | None = None
        self._key: Key | None = None
        self._table: DeltaTable | None = None
        self._look_at_s = float("-inf")

    @override
    def plan(self, values: Values) -> KeyPlan | None:
        """Return how to key; nothing when it is off."""
        kind = values.text("key")
        if kind == _OFF:
            return None
        near = 0.4 + 4.0 * values.strength("tolerance")
        far = near + 0.4 + 9.0 * values.strength("softness")
        chosen = _chroma_of(values.bgr("color")) if kind == _CHOSEN else None
        return KeyPlan(chosen, near, far, values.strength("spill"))

    @override
    def apply(self, frame: Frame, context: Context, plan: KeyPlan, buffers: Buffers) -> Frame:
        """Set `context.matte`, and take the wall's light off the person; no wall, no change."""
        self._keep_up(frame, context.time_s, plan)
        if self._table is None:
            return frame
        cleaned, opacity = self._table.apply_with_opacity(frame, buffers)
        matte = buffers.frame(frame.shape[:2])
        cv2.blur(opacity, (3, 3), dst=matte)
        context.matte = matte
        return cleaned

    def _keep_up(self, frame: Frame, time_s: float, plan: KeyPlan) -> None:
        """Have a table for this plan and the wall as it is lit now."""
        key = self._key
        if plan != self._plan or time_s - self._look_at_s >= _LOOK_EVERY_S:
            self._look_at_s = time_s
            key = _chosen_key(plan.chosen) if plan.chosen else pick_key(frame) or key
        if key is None or (plan == self._plan and self._key is not None and not _has_drifted(key, self._key)):
            self._plan = plan
            return
        self._plan, self._key = plan, key
        self._table = key_table(key, plan)


def pick_key(frame: Frame) -> Key | None:
    """Return the wall's colour in a BGR frame: the commonest green or blue; None when there is no wall."""
    small = cv2.resize(frame, (160, 90), interpolation=cv2.INTER_LINEAR)
    chroma = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2YCrCb), np.float32).reshape(-1, 3)[:, 1:]
    from_grey = chroma - 128
    is_cool = from_grey[:, 0] < -0.35 * np.abs(from_grey[:, 1]) - 4  # away from red: greens, cyans, blues
    colorful = chroma[is_cool & (np.hypot(*from_grey.T) > _COLORFUL)]
    if len(colorful) < _SMALLEST_WALL * len(chroma):
        return None
    commonest = int(np.argmax(np.bincount((colorful // 8 @ np.array([32, 1])).astype(np.intp))))
    peak = np.array([commonest // 32, commonest % 32], np.float32) * 8 + 4
    wall = colorful[np.hypot(*(colorful - peak).T) < _WALL_RADIUS]
    if len(wall) < _SMALLEST_WALL * len(chroma):
        return None
    spread = np.cov(wall.T) + np.eye(2) * _SENSOR_NOISE
    return Key(wall.mean(axis=0), spread.astype(np.float32))


def key_table(key: Key, plan: KeyPlan) -> DeltaTable:
    """Return the table that takes the wall's light off colours and says how far each is of the person."""
    inverse = np.linalg.inv(key.covariance)
    from_grey = key.mean - 128
    wall_direction = from_grey / max(float(np.hypot(*from_grey)), 1.0)
    across_direction = np.array([-wall_direction[1], wall_direction[0]])

    def opacity(colors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        away = _chroma(colors) - key.mean
        deviations = np.sqrt(np.einsum("ni,ij,nj->n", away, inverse, away))
        place = np.clip((deviations - plan.near) / (plan.far - plan.near), 0, 1)
        return np.asarray(place * place * (3 - 2 * place), np.float32)

    def without_spill(colors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        chroma = _chroma(colors) - 128
        # Only hues near the wall's: a yellow dress has some green in it and must stay yellow.
        beyond = chroma @ wall_direction - _SPILL_CONE * np.abs(chroma @ across_direction) - _NO_SPILL
        red, blue = (-plan.spill * np.maximum(beyond, 0)[:, None] * wall_direction / 255).T
        change = np.stack([1.402 * red, -0.714 * red - 0.344 * blue, 1.772 * blue], axis=-1)
        return np.asarray(colors + change, np.float32)

    return DeltaTable(without_spill, opacity)


def _chroma(colors: npt.NDArray[np.float32]) -> Chroma:
    red, green, blue = (colors * np.float32(255)).T
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return np.stack([(red - luma) * 0.713 + 128, (blue - luma) * 0.564 + 128], axis=-1).astype(np.float32)


def _chroma_of(bgr: tuple[int, int, int]) -> tuple[float, float]:
    red, blue = _chroma(np.array([bgr[::-1]], np.float32) / np.float32(255))[0].tolist()
    return red, blue


def _chosen_key(chosen: tuple[float, float]) -> Key:
    return Key(np.array(chosen, np.float32), np.eye(2, dtype=np.float32) * _CHOSEN_VARIANCE)


def _has_drifted(key: Key, before: Key) -> bool:
    return float(np.hypot(*(key.mean - before.mean))) > _DRIFT
