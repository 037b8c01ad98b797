"""What flows through the engine: pictures, sound, and the one clock that both are stamped with."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Samples = NDArray[np.int16]
Sound = NDArray[np.float32]
"""Samples of shape (count, 2), -1 to 1."""

SAMPLE_RATE: Final = 48_000
CHANNELS: Final = 2
BLOCK_SAMPLES: Final = 960
BLOCK_SECONDS: Final = BLOCK_SAMPLES / SAMPLE_RATE


class MasterClock:
    """Monotonic seconds; one a process, handed to all who stamp or wait.

    Its readings can be compared between processes of one machine (CLOCK_MONOTONIC and its like elsewhere).

    Args:
        read: where the seconds come from; tests hand in their own.
    """

    def __init__(self, read: Callable[[], float] = time.perf_counter) -> None:
        self._read = read

    def now(self) -> float:
        """Read the clock, in seconds."""
        return self._read()


@dataclass(frozen=True, slots=True, eq=False)
class VideoFrame:
    """One picture: BGR uint8 of shape (height, width, 3), contiguous, never written in place.

    A source's picture may also be BGRX, or BGRA, of shape (height, width, 4).

    Attributes:
        image: the picture.
        captured_at: when it was taken, in seconds of the master clock.
        has_alpha: the fourth channel says how much is seen, and the colours are multiplied by it already.
    """

    image: Picture
    captured_at: float
    has_alpha: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class AudioBlock:
    """20 ms of sound: interleaved stereo int16 of shape (960, 2) at 48 kHz, never written in place.

    Attributes:
        samples: the sound.
        captured_at: when its first sample was heard, in seconds of the master clock.
    """

    samples: Samples
    captured_at: float
