"""Counts what really happened on the line."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

from studio.engine.layer_values import LayerStats
from studio.engine.messages.values import BitrateReason

WINDOW_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class PublishStats:
    """The line's figures now.

    Attributes:
        sent: pictures of the top layer sent since publishing began.
        dropped: pictures of the top layer encoded and not sent since publishing began.
        encoded_late: pictures that the encoder skipped because it was busy, since publishing began.
        bitrate_kbps: video bits of all layers really sent in the last second.
        target_kbps: what the encoders of all layers are asked for.
        reason: why it is asked for that.
        rtt_ms: round trip to the relay; None while unknown.
        loss: share of the top layer's packets that did not arrive at first, 0 to 1.
        layers: those sent in the last second, the best first.
    """

    sent: int = 0
    dropped: int = 0
    encoded_late: int = 0
    bitrate_kbps: float = 0.0
    target_kbps: int = 0
    reason: BitrateReason = BitrateReason.PROBING
    rtt_ms: float | None = None
    loss: float = 0.0
    layers: tuple[LayerStats, ...] = ()


class RateMeter:
    """How much went by in the last second; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._passed: deque[tuple[float, int]] = deque()
        self._bytes = 0

    def add(self, size: int, now: float) -> None:
        """Count bytes that went by now, in seconds of any clock that only grows."""
        with self._lock:
            self._passed.append((now, size))
            self._bytes += size
            self._forget(now)

    def kbps(self, now: float) -> float:
        """Give the rate over the last second, in kbit/s."""
        with self._lock:
            self._forget(now)
            return self._bytes * 8 / 1000 / WINDOW_SECONDS

    def count(self, now: float) -> int:
        """Give how many times something went by in the last second."""
        with self._lock:
            self._forget(now)
            return len(self._passed)

    def _forget(self, now: float) -> None:
        while self._passed and self._passed[0][0] <= now - WINDOW_SECONDS:
            self._bytes -= self._passed.popleft()[1]
