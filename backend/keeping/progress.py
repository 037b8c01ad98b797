"""Progress of long work, as lines for the person who waits for it."""

import sys
import time
from collections.abc import Callable
from typing import Final

EVERY_S: Final = 2.0
_MEGABYTE: Final = 1_000_000


def _print(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - to the person who started it


class Progress:
    """Says how far work is, at most every two seconds; short work says nothing.

    Args:
        say: takes a line.
        clock_s: a clock that never goes back, in seconds.
    """

    def __init__(
        self, say: Callable[[str], None] = _print, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._say = say
        self._clock_s = clock_s
        self._said_at_s = clock_s()

    def reached(self, what: str, done: int, total: int | None = None) -> None:
        """Take in that so many bytes are done, of so many where that is known."""
        now_s = self._clock_s()
        if now_s - self._said_at_s < EVERY_S:
            return
        self._said_at_s = now_s
        of = "" if total is None else f" of {_megabytes(total)}"
        self._say(f"{what}: {_megabytes(done)}{of} MB")


def _megabytes(count: int) -> str:
    return f"{count / _MEGABYTE:,.1f}"
