"""How often somebody may do something, and how long to wait when that was too often."""

from collections import OrderedDict
from math import ceil
from typing import Final

MAX_KEYS: Final = 10_000
_HAIR: Final = 1e-6


class TokenBucket:
    """Lets `burst` things through at once and `per_second` in the long run."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._tokens = float(burst)
        self._filled_at_s: float | None = None

    def take(self, now_s: float) -> int:
        """Take one token: 0 when there was one, else the milliseconds until there is one.

        Args:
            now_s: a clock that never goes back, in seconds.
        """
        if self._filled_at_s is not None:
            gained = (now_s - self._filled_at_s) * self._per_second
            self._tokens = min(self._burst, self._tokens + max(0.0, gained))
        self._filled_at_s = now_s
        # A hair less than one counts as one: who waits as long as told must be let through.
        if self._tokens >= 1 - _HAIR:
            self._tokens -= 1
            return 0
        return max(1, ceil((1 - self._tokens) / self._per_second * 1000))


class KeyedBuckets:
    """A bucket for each key (an address, a user); the keys not seen for longest are forgotten first."""

    def __init__(self, *, per_second: float, burst: int, max_keys: int = MAX_KEYS) -> None:
        self._per_second = per_second
        self._burst = burst
        self._max_keys = max_keys
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, key: str, now_s: float) -> int:
        """Take one token of the key's bucket; see `TokenBucket.take`."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = TokenBucket(per_second=self._per_second, burst=self._burst)
            if len(self._buckets) > self._max_keys:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket.take(now_s)
