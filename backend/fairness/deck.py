"""The slots of a wheel as arithmetic: which order follows from a secret, the first to be taken first."""

from collections.abc import Sequence
from typing import Final

from backend.fairness.digests import canonical, commitment
from backend.fairness.split import draws_of, shuffle

KIND: Final = "wheel"
BLANK: Final = -1


def sealed(campaign_id: str, terms: object, secret: bytes) -> str:
    """Return what is published before anybody spins: it fixes the order, and tells nothing of it.

    Args:
        campaign_id: the campaign's id.
        terms: what can be won, such as `{"blanks": 2, "prizes": [...]}`.
        secret: 32 random bytes.
    """
    return commitment(KIND, campaign_id, canonical(terms), secret)


def deck_of(campaign_id: str, stocks: Sequence[int], blanks: int, secret: bytes) -> list[int]:
    """Return the slots in their order: the number of a prize, 0 for the first, or `BLANK`."""
    deck = [prize for prize, stock in enumerate(stocks) for _ in range(stock)] + [BLANK] * blanks
    shuffle(deck, draws_of(campaign_id, secret))
    return deck
