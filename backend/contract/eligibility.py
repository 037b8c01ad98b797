"""Who may take part in what gives something away; terms of each kind declare the rules by these names."""

from typing import Annotated, Final, Protocol

import msgspec

MOST_ACCOUNT_MINUTES: Final = 365 * 24 * 60
MOST_A_NETWORK: Final = 2000

AccountMinutes = Annotated[int, msgspec.Meta(ge=0, le=MOST_ACCOUNT_MINUTES)] | None
PerNetwork = Annotated[int, msgspec.Meta(ge=1, le=MOST_A_NETWORK)] | None


class EntryRules(Protocol):
    """Terms that say who may take part."""

    @property
    def account_minutes(self) -> int | None:
        """How old one's account must be when it opens; None where guests may take part, too."""

    @property
    def per_network(self) -> int | None:
        """How many people of one network address may take part; None for no limit."""

    @property
    def one_a_phone(self) -> bool:
        """Whether one must have a phone in the address book that nobody took part with."""
