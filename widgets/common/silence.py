"""A warning that was put away: it is not shown again for a while, whether it comes again or not."""

import time
from collections.abc import Callable
from typing import Final

LASTS_S: Final = 600.0


class Silence:
    """Begins when the warning is dismissed, and ends by itself.

    Args:
        now_s: the time in seconds, which is never set back.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._until_s: float | None = None

    @property
    def is_on(self) -> bool:
        """Whether the warning is not to be shown now."""
        return self._until_s is not None and self._now_s() < self._until_s

    def begin(self) -> None:
        """Show the warning no more for ten minutes from now on."""
        self._until_s = self._now_s() + LASTS_S
