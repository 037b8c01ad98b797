"""Keeps the frames coming: gives up what is declared when they cost too much, takes it back when it can."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from effects.filter import Quality

FULL: Final = Quality()
_PLAIN: Final = replace(
    FULL, name="plain edges", second_opinion=False, skin_gate=False, clean_edges=False, faces_every=3
)
_COARSE: Final = replace(_PLAIN, name="coarse mask", coarse_matte=True, matte_every=2)
_LIGHT: Final = replace(_COARSE, name="light beauty", beauty_divisor=4, most_stickers=1, faces_every=4)
_SLOW: Final = replace(_LIGHT, name="24 frames", fps=24)
STEPS: Final = (FULL, _PLAIN, _COARSE, _LIGHT, _SLOW)

_WINDOW: Final = 30
"""Frames after which a step is judged: a second; a single slow frame is no reason."""
_TOO_MUCH: Final = 0.92
_ENOUGH_ROOM: Final = 0.62
"""Shares of the frame's time, of which one frame in ten may take more."""
_CALM_FRAMES: Final = 150
_LONGEST_CALM: Final = 60 * 30
"""How long there must have been room before a step back up; doubled whenever that proves too early."""


@dataclass(frozen=True, slots=True)
class Strain:
    """What frames cost when a step was taken.

    Attributes:
        frame_ms: what all but one frame in ten took at most.
        budget_ms: what a frame may take.
        dearest: the effect that took most of it; empty when unknown.
        dearest_ms: how much that was.
    """

    frame_ms: float
    budget_ms: float
    dearest: str = ""
    dearest_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The present step, and why it was taken.

    Attributes:
        number: 0 gives up nothing.
        quality: the step.
        strain: what made it necessary; None on step 0.
    """

    number: int
    quality: Quality
    strain: Strain | None = None

    @property
    def reason(self) -> str:
        """What the frames cost and what of it most, in English; empty on step 0."""
        strain = self.strain
        if strain is None:
            return ""
        reason = f"{strain.frame_ms:.0f} of {strain.budget_ms:.0f} ms"
        if strain.dearest:
            reason += f", most of it {strain.dearest}: {strain.dearest_ms:.0f} ms"
        return reason


class Governor:
    """Judges by the frames' milliseconds alone: it keeps no clock."""

    def __init__(self, fps: int, steps: Sequence[Quality] = STEPS) -> None:
        """Begin with the first step.

        Args:
            fps: how many frames a second are to come.
            steps: from the dearest to the cheapest.
        """
        self._fps: Final = fps
        self._steps: Final = tuple(steps)
        self._costs: deque[float] = deque(maxlen=_WINDOW)
        self._calm = 0
        self._patience = _CALM_FRAMES
        self._since_up: int | None = None
        self._verdict = Verdict(0, self._limited(0))

    @property
    def verdict(self) -> Verdict:
        """The present step and its reason."""
        return self._verdict

    def frame_took(self, cost_ms: float, parts_ms: Mapping[str, float]) -> Verdict:
        """Take note of a frame; return the step for the next.

        Args:
            cost_ms: how long the busier of the threads worked on it.
            parts_ms: what each effect took of it, by name.
        """
        self._costs.append(cost_ms)
        if self._since_up is not None:
            self._since_up += 1
        if len(self._costs) < _WINDOW:
            return self._verdict
        usual = sorted(self._costs)[_WINDOW * 9 // 10]
        budget_ms = 1000 / self._verdict.quality.fps
        if usual > _TOO_MUCH * budget_ms:
            self._step_down(usual, budget_ms, parts_ms)
        else:
            self._calm = self._calm + 1 if usual < _ENOUGH_ROOM * budget_ms else 0
            if self._calm >= self._patience and self._verdict.number:
                self._step_up()
        return self._verdict

    def _step_down(self, usual: float, budget_ms: float, parts_ms: Mapping[str, float]) -> None:
        number = min(self._verdict.number + 1, len(self._steps) - 1)
        if self._since_up is not None and self._since_up < self._patience:
            self._patience = min(self._patience * 2, _LONGEST_CALM)
        dearest = max(parts_ms, key=lambda name: parts_ms[name], default="")
        self._enter(number, Strain(usual, budget_ms, dearest, parts_ms.get(dearest, 0.0)))
        self._since_up = None

    def _step_up(self) -> None:
        number = self._verdict.number - 1
        self._enter(number, self._verdict.strain if number else None)
        self._since_up = 0

    def _enter(self, number: int, strain: Strain | None) -> None:
        self._verdict = Verdict(number, self._limited(number), strain)
        self._costs.clear()
        self._calm = 0

    def _limited(self, number: int) -> Quality:
        """Return a step that asks for no more frames than are to come."""
        quality = self._steps[number]
        return replace(quality, fps=min(quality.fps, self._fps))
