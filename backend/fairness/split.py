"""A red packet's split as arithmetic: which shares follow from a secret, the first to be claimed first."""

from collections.abc import Callable
from itertools import count
from typing import Final

from backend.fairness.digests import canonical, commitment, digest

KIND: Final = "red_packet"
_RANGE: Final = 2**64

Below = Callable[[int], int]
"""Draws a number from 0 on that is smaller than a bound, each with the same chance."""


def terms_of(coins: int, shares: int) -> str:
    """Return what of a packet's terms the commitment takes, as text."""
    return canonical({"coins": coins, "shares": shares})


def sealed(campaign_id: str, coins: int, shares: int, secret: bytes) -> str:
    """Return what is published before anybody claims: it fixes the split, and tells nothing of it."""
    return commitment(KIND, campaign_id, terms_of(coins, shares), secret)


def shares_of(campaign_id: str, coins: int, shares: int, secret: bytes) -> list[int]:
    """Return the shares that follow from the secret: the first is who claims first."""
    return split(coins, shares, draws_of(campaign_id, secret))


def draws_of(campaign_id: str, secret: bytes) -> Below:
    """Return what draws numbers that follow from the secret: SHA-256 of a counter, the first 8 bytes of each.

    What would give the small numbers a better chance is left out.
    """
    counter = count()

    def below(bound: int) -> int:
        while True:
            block = digest("split", secret, campaign_id.encode(), next(counter).to_bytes(8, "big"))
            number = int.from_bytes(block[:8], "big")
            if number < _RANGE - _RANGE % bound:
                return number % bound

    return below


def split(coins: int, shares: int, below: Below) -> list[int]:
    """Split coins into so many shares of at least 1, and shuffle them.

    Each share is drawn between 1 and twice the mean of what is left ("double mean"). Unshuffled, the last of
    50 would be the largest four times as often as it should.

    Raises:
        ValueError: there is not a coin for each.
    """
    if not 1 <= shares <= coins:
        raise ValueError(f"expected a coin for each share, got {coins} coins for {shares}")
    parts, left = [], coins
    for others in range(shares - 1, 0, -1):
        most = min(2 * left // (others + 1), left - others)
        part = 1 + below(max(1, most))
        parts.append(part)
        left -= part
    parts.append(left)
    shuffle(parts, below)
    return parts


def shuffle(parts: list[int], below: Below) -> None:
    """Bring parts into a drawn order, by Fisher and Yates (Durstenfeld, CACM 7, 1964, algorithm 235)."""
    for at in range(len(parts) - 1, 0, -1):
        other = below(at + 1)
        parts[at], parts[other] = parts[other], parts[at]
