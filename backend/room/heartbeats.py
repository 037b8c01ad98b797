"""Which connections are silent: a page that sleeps, or a phone in a tunnel, whose line nobody ended yet."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, TypeVar

SILENT_MS: Final = 15_000
LATE_MS: Final = 2_000

Key = TypeVar("Key")
What = TypeVar("What")


class Heartbeats(Generic[Key, What]):
    """The last pings of connections.

    Who never pings is a program, and there as long as its line; the page and the studio ping at least every
    10 s. While this process itself did nothing, nobody could be heard: that time counts for nothing.

    Args:
        clock_ms: any clock, in milliseconds.
    """

    def __init__(self, clock_ms: Callable[[], int]) -> None:
        self._clock_ms = clock_ms
        self._heard: OrderedDict[Key, tuple[What, int]] = OrderedDict()
        self._silent: set[Key] = set()
        self._looked_at_ms: int | None = None
        self._excused_ms = 0

    def hear(self, key: Key, what: What) -> bool:
        """Take in a ping; return whether the connection was silent."""
        self._heard[key] = (what, self._clock_ms() - self._excused_ms)
        self._heard.move_to_end(key)
        was_silent = key in self._silent
        self._silent.discard(key)
        return was_silent

    def is_silent(self, key: Key) -> bool:
        """Whether the connection is silent now."""
        return key in self._silent

    def leave(self, key: Key) -> bool:
        """Forget a connection; return whether it was silent."""
        self._heard.pop(key, None)
        was_silent = key in self._silent
        self._silent.discard(key)
        return was_silent

    def fall_silent(self) -> list[tuple[Key, What]]:
        """Return the connections that are silent from now on; call it once a second or more often."""
        now_ms = self._clock_ms()
        if self._looked_at_ms is not None:
            self._excused_ms += max(0, now_ms - self._looked_at_ms - LATE_MS)
        self._looked_at_ms = now_ms
        found: list[tuple[Key, What]] = []
        while self._heard:
            key, (what, heard_ms) = next(iter(self._heard.items()))
            if now_ms - self._excused_ms - heard_ms <= SILENT_MS:
                break
            del self._heard[key]
            self._silent.add(key)
            found.append((key, what))
        return found
