"""How long to wait before asking again: ever longer, and never all at the same moment."""

import random
from typing import Final

FIRST_SECONDS: Final = 0.5
LONGEST_SECONDS: Final = 8.0
LEAST_SHARE: Final = 0.5


class Backoff:
    """0.5, 1, 2, 4, then 8 s, each shortened by chance to between a half and the whole.

    Args:
        chance: gives numbers from 0 to 1.
    """

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()
        self._step = FIRST_SECONDS

    def next(self) -> float:
        """Give the next wait, in seconds."""
        step, self._step = self._step, min(self._step * 2, LONGEST_SECONDS)
        return step * self._chance.uniform(LEAST_SHARE, 1.0)

    def reset(self) -> None:
        """Start again from the first delay: it worked."""
        self._step = FIRST_SECONDS
