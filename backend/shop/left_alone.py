"""What a sweep could not do, and leaves alone for a while: it must not hold up what is due behind it."""

from collections.abc import Callable
from typing import Final

import msgspec

# Doubled with each further time.
FIRST_PAUSE_MS: Final = 10_000
LONGEST_PAUSE_MS: Final = 600_000


class _Failed(msgspec.Struct, frozen=True):
    """What could not be done."""

    pause_ms: int
    again_at_ms: int


class LeftAlone:
    """The names of what failed.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
        longest_ms: what pauses grow to, where one thing fails again and again.
    """

    def __init__(self, clock_ms: Callable[[], int], *, longest_ms: int = LONGEST_PAUSE_MS) -> None:
        self._clock_ms = clock_ms
        self._longest_ms = longest_ms
        self._failed: dict[str, _Failed] = {}

    def add(self, name: str) -> None:
        """Leave something alone, for longer each time."""
        before, now_ms = self._failed.get(name), self._clock_ms()
        pause_ms = FIRST_PAUSE_MS if before is None else min(2 * before.pause_ms, self._longest_ms)
        # What was done elsewhere meanwhile is not asked for again: it must not be known for ever.
        self._failed = {
            other: failed
            for other, failed in self._failed.items()
            if failed.again_at_ms + self._longest_ms > now_ms
        }
        self._failed[name] = _Failed(pause_ms, now_ms + pause_ms)

    def forget(self, name: str) -> None:
        """Forget that something failed: it is done."""
        self._failed.pop(name, None)

    def names(self) -> list[str]:
        """Return what is left alone now."""
        now_ms = self._clock_ms()
        return sorted(name for name, failed in self._failed.items() if failed.again_at_ms > now_ms)
