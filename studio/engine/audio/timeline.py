"""Sound with known times, such as a media file's: written ahead, read when its time has come."""

import threading
from typing import Final

import numpy as np

from studio.engine.media import SAMPLE_RATE, Sound

_SECONDS: Final = 4


class Timeline:
    """A ring of four seconds on the master clock, silent where nothing was written; thread-safe."""

    def __init__(self) -> None:
        self._ring: Sound = np.zeros((_SECONDS * SAMPLE_RATE, 2), np.float32)
        self._lock = threading.Lock()
        self._written_to = 0.0

    @property
    def written_to(self) -> float:
        """Up to which time of the master clock there is sound; 0 before the first."""
        return self._written_to

    def write(self, sound: Sound, at: float) -> None:
        """Write samples at 48 kHz, float32 of shape (count, 2), that are to be heard from `at` on."""
        with self._lock:
            gap = min(max(round((at - self._written_to) * SAMPLE_RATE), 0), len(self._ring))
            self._ring[self._places(gap, at - gap / SAMPLE_RATE)] = (
                0  # nobody may have pulled the last round's
            )
            self._ring[self._places(len(sound), at)] = sound
            self._written_to = at + len(sound) / SAMPLE_RATE

    def pull(self, count: int, at: float) -> Sound:
        """Return `count` samples from `at` on, and wipe them."""
        with self._lock:
            places = self._places(count, at)
            sound = self._ring[places]
            self._ring[places] = 0
        return sound

    def _places(self, count: int, at: float) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        return (round(at * SAMPLE_RATE) + np.arange(count)) % len(self._ring)
