"""Evens out what work made uneven: finished pictures come one a tick, too many are left out evenly."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

from studio.engine.media import VideoFrame

_MOST_WAITING: Final = 2
_CALM_TICKS: Final = 30


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A picture with its effects, and the same picture without."""

    before: VideoFrame
    after: VideoFrame


class FrameQueue:
    """Finished pictures on their way to the scene, one a tick: that some took longer is not seen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Finished] = deque()
        self._shown: Finished | None = None
        self._spare_ticks = 0

    def put(self, finished: Finished) -> None:
        """Take a picture; of more than two that wait the oldest is dropped."""
        with self._lock:
            self._waiting.append(finished)
            if len(self._waiting) > _MOST_WAITING:
                self._waiting.popleft()

    def take(self) -> Finished | None:
        """Return the picture for this tick, the one before when there is no newer; None before the first."""
        with self._lock:
            if self._waiting:
                self._shown = self._waiting.popleft()
            self._spare_ticks = self._spare_ticks + 1 if self._waiting else 0
            if self._spare_ticks >= _CALM_TICKS:  # no longer needed against unevenness: only a delay
                self._shown = self._waiting.popleft()
                self._spare_ticks = 0
            return self._shown

    def clear(self) -> None:
        """Forget all pictures."""
        with self._lock:
            self._waiting.clear()
            self._shown = None


class Pace:
    """Leaves pictures out evenly where fewer are wanted than come."""

    def __init__(self) -> None:
        self._next_at = float("-inf")

    def lets_through(self, at: float, fps: float) -> bool:
        """Say whether a picture taken at this time, in seconds, is wanted when `fps` are wanted a second."""
        period = 1 / fps
        if at < self._next_at - period / 4:
            return False
        self._next_at = max(self._next_at + period, at)
        return True
