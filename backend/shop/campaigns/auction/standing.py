"""How the bids of an auction stand: who leads, what the unit costs, and what the next bid must be. Pure."""

from collections.abc import Iterable

import msgspec

from backend.contract.auctions import step_of


class Maximum(msgspec.Struct, frozen=True):
    """The most that somebody would pay.

    Attributes:
        at_ms: when the server received it.
        number: of the bid that it came with.
    """

    user_id: str
    max_minor: int
    at_ms: int
    number: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """The lowest comes first: the highest maximum, of equal ones the earliest received."""
        return (-self.max_minor, self.at_ms, self.number)


class Standing(msgspec.Struct, frozen=True):
    """The two highest maxima, which the price follows from.

    Attributes:
        reserve_minor: the least that the unit is sold for.
    """

    start_minor: int
    reserve_minor: int
    leader: Maximum | None = None
    runner_up: Maximum | None = None

    def with_maximum(self, maximum: Maximum) -> "Standing":
        """Return how it is with a maximum; one of the same person's was lower."""
        others = [one for one in (self.leader, self.runner_up) if one is not None]
        ranked = sorted(
            [*(one for one in others if one.user_id != maximum.user_id), maximum], key=lambda one: one.rank
        )
        return Standing(
            self.start_minor, self.reserve_minor, ranked[0], ranked[1] if len(ranked) > 1 else None
        )

    @property
    def is_reserve_met(self) -> bool:
        """Whether the unit would be sold."""
        return self.leader is not None and self.leader.max_minor >= self.reserve_minor

    @property
    def seen(self) -> tuple[str, int, bool]:
        """What everybody sees of it: who leads, at which price, and whether that is enough."""
        return "" if self.leader is None else self.leader.user_id, self.price_minor, self.is_reserve_met

    @property
    def price_minor(self) -> int:
        """What the leader would pay: the least step beyond the runner-up, never more than their maximum."""
        if self.leader is None:
            return self.start_minor
        price = self.start_minor
        if self.runner_up is not None:
            beyond = self.runner_up.max_minor + step_of(self.runner_up.max_minor)
            price = min(self.leader.max_minor, beyond)
        return max(price, self.reserve_minor) if self.is_reserve_met else price

    @property
    def next_minor(self) -> int:
        """The least maximum that counts now."""
        price = self.price_minor
        return price if self.leader is None else price + step_of(price)


def standing_of(start_minor: int, reserve_minor: int | None, maxima: Iterable[Maximum]) -> Standing:
    """Return how maxima stand, one a person."""
    standing = Standing(start_minor, start_minor if reserve_minor is None else reserve_minor)
    for maximum in maxima:
        standing = standing.with_maximum(maximum)
    return standing
