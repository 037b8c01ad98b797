"""Which price may be crossed out beside the one that is asked for: pure rules of the profiles.

EU: the lowest price of the 30 days before the reduction (Directive 98/6/EC, Art. 6a). CN: the lowest that was
paid in the 7 days before it, else the last one (规范促销行为暂行规定).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

DAY_MS: Final = 24 * 3_600_000
OFFERED_FOR_MS: Final = 30 * DAY_MS
SOLD_FOR_MS: Final = 7 * DAY_MS


class Offer(msgspec.Struct, frozen=True):
    """What something was offered at from a time on; None while it was not offered."""

    at_ms: int
    price_minor: int | None


class Sale(msgspec.Struct, frozen=True):
    """What one unit was paid with, and when."""

    at_ms: int
    unit_minor: int


def lowest_offered(offers: Sequence[Offer], until_ms: int) -> int | None:
    """Return the lowest price of the 30 days before a time, of offers in their order; None for none.

    What was replaced in the same moment was never offered.
    """
    last, since_ms = Offer(until_ms, None), until_ms - OFFERED_FOR_MS
    prices = [
        offer.price_minor
        for offer, following in pairwise([*(one for one in offers if one.at_ms < until_ms), last])
        if offer.price_minor is not None and following.at_ms > max(offer.at_ms, since_ms)
    ]
    return min(prices, default=None)


def lowest_sold(sales: Sequence[Sale], until_ms: int) -> int | None:
    """Return the lowest that was paid in the 7 days before a time, else the last; None for none."""
    before = [sale for sale in sales if sale.at_ms < until_ms]
    lately = [sale.unit_minor for sale in before if sale.at_ms >= until_ms - SOLD_FOR_MS]
    if lately:
        return min(lately)
    return max(before, key=lambda sale: sale.at_ms).unit_minor if before else None
