"""Addresses of users who were just blocked: new guests from there wait. Kept in memory alone."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from backend.limits import MAX_KEYS


class HeldBack:
    """Knows from where no new guest comes in for a while; who has a token or an account is not held back.

    Args:
        seconds: for how long; 0 for never.
        clock_s: a clock that never goes back, in seconds.
    """

    def __init__(self, seconds: float, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock_s = clock_s
        self._until_s: OrderedDict[tuple[str, str], float] = OrderedDict()

    def hold(self, room: str, address: str) -> None:
        """Hold new guests from an address back, unless it is this machine's, as a proxy's viewers have it."""
        if _is_own(address):
            return
        self._until_s[room, address] = self._clock_s() + self._seconds
        self._until_s.move_to_end((room, address))
        if len(self._until_s) > MAX_KEYS:
            self._until_s.popitem(last=False)

    def left_s(self, room: str, address: str) -> int:
        """Return how many seconds a new guest has to wait; 0 for none."""
        return max(0, ceil(self._until_s.get((room, address), 0.0) - self._clock_s()))


def _is_own(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
