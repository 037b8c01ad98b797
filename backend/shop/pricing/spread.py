"""Spreads a discount over lines: in proportion, never below a line's floor, to the last minor unit."""

from collections.abc import Sequence

import msgspec


class Share(msgspec.Struct, frozen=True):
    """A line that a discount is spread over.

    Attributes:
        net_minor: what is to be paid for it before.
        cap_minor: the most it can be reduced by: net less its floor.
    """

    net_minor: int
    cap_minor: int


def spread(discount_minor: int, shares: Sequence[Share]) -> list[int]:
    """Return what each line is reduced by; the sum is the discount, or all caps where that is less.

    In proportion to the net; what a line cannot take is spread over the others again. The last units go by
    largest remainder, ties to the earlier line.
    """
    parts = [0] * len(shares)
    left = max(discount_minor, 0)
    open_lines = [n for n, share in enumerate(shares) if share.net_minor > 0 and share.cap_minor > 0]
    while left and open_lines:
        total = sum(shares[n].net_minor for n in open_lines)
        full = {n for n in open_lines if left * shares[n].net_minor >= shares[n].cap_minor * total}
        if not full:
            _by_largest_remainder(left, total, shares, open_lines, parts)
            break
        # Filling all of them at once never takes more than is left: each takes at most its proportion.
        for n in full:
            parts[n] = shares[n].cap_minor
        left -= sum(shares[n].cap_minor for n in full)
        open_lines = [n for n in open_lines if n not in full]
    return parts


def _by_largest_remainder(
    left: int, total: int, shares: Sequence[Share], lines: Sequence[int], parts: list[int]
) -> None:
    remainders = {}
    for n in lines:
        parts[n], remainders[n] = divmod(left * shares[n].net_minor, total)
    missing = left - sum(parts[n] for n in lines)
    for n in sorted(lines, key=lambda n: (-remainders[n], n))[:missing]:
        parts[n] += 1
