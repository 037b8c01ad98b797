"""Losing packets on purpose, so that tests can see what the relay does about it."""

import random


class Loss:
    """Strikes a part of the packets, by a seeded dice.

    Attributes:
        rate: 0..1; 0, as always outside tests, never strikes.
    """

    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self._dice = random.Random(seed)

    def strikes(self) -> bool:
        """Whether this packet is lost."""
        return self.rate > 0 and self._dice.random() < self.rate
