"""What the crowd sees of a number of things that are left: exact where few are, else a round number."""

from bisect import bisect_right
from typing import Final

from backend.contract.shop_events import EXACT_BELOW

STEPS: Final = tuple(step * 10**power for power in range(1, 9) for step in (1, 2, 5))


def coarse(left: int) -> int:
    """Return the number that people see; see `ProductStock`."""
    return left if left < EXACT_BELOW else STEPS[bisect_right(STEPS, left) - 1]
