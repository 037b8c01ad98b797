"""Limits of pace: how often an address or user may act, how long to wait after that, how much at once."""

from collections import OrderedDict
from enum import Enum, auto
from math import ceil
from typing import Final

import msgspec

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
        self._fill(now_s)
        # A hair less than one counts as one: a client that waits as long as it was asked to must get through.
        if self._tokens >= 1 - _HAIR:
            self._tokens -= 1
            return 0
        return max(1, ceil((1 - self._tokens) / self._per_second * 1000))

    def take_up_to(self, wanted: int, now_s: float) -> int:
        """Take as many tokens as there are, at most `wanted`, and return how many."""
        self._fill(now_s)
        taken = min(wanted, int(self._tokens + _HAIR))
        self._tokens -= taken
        return taken

    def _fill(self, now_s: float) -> None:
        if self._filled_at_s is not None:
            gained = (now_s - self._filled_at_s) * self._per_second
            self._tokens = min(self._burst, self._tokens + max(0.0, gained))
        self._filled_at_s = now_s

    def give_back(self) -> None:
        """Undo `take`: what it was taken for did not count."""
        self._tokens = min(self._burst, self._tokens + 1)


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

    def give_back(self, key: str) -> None:
        """Undo `take`."""
        if (bucket := self._buckets.get(key)) is not None:
            bucket.give_back()


class Places:
    """So many at once for each key (an address, a user).

    Args:
        most: places a key has.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: dict[str, int] = {}

    def take(self, key: str) -> int:
        """Take a place, be it beyond the most, and return how many are taken; each is to be given back."""
        taken = self._taken[key] = self._taken.get(key, 0) + 1
        return taken

    def give_back(self, key: str) -> None:
        """Give a place back."""
        left = self._taken.pop(key) - 1
        if left:
            self._taken[key] = left


class OfferPace(msgspec.Struct, frozen=True):
    """How often one address may offer to watch, and as often to publish: a whole Wi-Fi may be behind it."""

    per_second: float = 30.0
    at_once: int = 200


class ApiPace(msgspec.Struct, frozen=True):
    """How often one user, and one address with all who are behind it, may use the API under /api/v1."""

    user_per_second: float = 10.0
    user_at_once: int = 60
    address_per_second: float = 200.0
    address_at_once: int = 1000


class HttpLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one connection, one address and one user may ask of the server.

    Attributes:
        header_bytes, header_count: of one request, its first line among the bytes.
        body_bytes: of one request; most routes take less.
        head_within_s: from the first byte, or from connecting, until the head of a request is there.
        body_within_s: from then on until its body is there.
        upload_bytes, upload_within_s: the same for the addresses that take files.
        idle_s: how long a connection may wait for its next request.
        connections_per_address: TCP connections at once, sockets among them; not for trusted proxies.
        sockets_per_address, sockets_per_user: WebSockets at once; of a user in one room, on this node.
    """

    header_bytes: int = 16 * 1024
    header_count: int = 64
    body_bytes: int = 128 * 1024
    head_within_s: float = 10.0
    body_within_s: float = 20.0
    upload_bytes: int = 16 * 1024 * 1024
    upload_within_s: float = 120.0
    idle_s: int = 5
    connections_per_address: int = 1000
    sockets_per_address: int = 500
    sockets_per_user: int = 10


class WebhookReach(Enum):
    """How far webhooks go that the shop sends."""

    INTERNET = auto()
    LAN = auto()  # this machine and its network too
