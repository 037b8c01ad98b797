"""How loud it is: peak and RMS in dBFS."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from studio.engine.media import Sound

SILENCE_DB: Final = -100.0


@dataclass(frozen=True, slots=True)
class Reading:
    """Peak and RMS in dBFS, -100 to 0."""

    peak_db: float
    rms_db: float


class Meter:
    """Gathers blocks until it is read; not thread-safe."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._power = 0.0
        self._count = 0

    def add(self, sound: Sound) -> float:
        """Count in a block, float32 of shape (count, 2) in -1 to 1; return its RMS alone, in dBFS."""
        self._peak = max(self._peak, float(np.abs(sound).max(initial=0.0)))
        power = float(np.square(sound, dtype=np.float32).sum(dtype=np.float64))
        self._power += power
        self._count += sound.size
        return to_db((power / max(sound.size, 1)) ** 0.5)

    def read(self) -> Reading:
        """Return what was heard since the last reading, and reset."""
        rms = (self._power / self._count) ** 0.5 if self._count else 0.0
        measured = Reading(to_db(self._peak), to_db(rms))
        self._peak, self._power, self._count = 0.0, 0.0, 0
        return measured


def to_db(amplitude: float) -> float:
    """Return an amplitude of 0 to 1 in dBFS, -100 to 0."""
    return min(0.0, max(SILENCE_DB, 20 * float(np.log10(max(amplitude, 1e-9)))))


def to_amplitude(gain_db: float) -> float:
    """Return the factor of a gain in dB."""
    return float(10 ** (gain_db / 20))
