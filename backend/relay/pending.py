"""Sessions that have an answer and are not connected yet: how many an address may hold, and who gives way.

Nobody is refused for their sake: a new one takes the place of the oldest of the address that holds most. So a
flood pushes itself out, and a viewer, who connects within a second or so, comes in beside it.
"""

from typing import Final, Protocol

GIVES_WAY: Final = "gave_way"


class Session(Protocol):
    """A peer as it is seen here."""

    @property
    def is_pending(self) -> bool:
        """Whether it is still on its way: neither connected nor closed."""

    def close(self, reason: str) -> None:
        """End it."""


class PendingSessions:
    """See the module.

    Args:
        an_address: how many one address may hold.
        at_all: how many there may be of all addresses.
    """

    def __init__(self, *, an_address: int, at_all: int) -> None:
        self._an_address = an_address
        self._at_all = at_all
        self._by_address: dict[str, list[Session]] = {}

    def count(self) -> int:
        """How many there are now."""
        self._forget_the_others()
        return sum(len(held) for held in self._by_address.values())

    def add(self, address: str, session: Session) -> None:
        """Take one in; close the one that gives way for it, if that must be."""
        held = self._by_address.setdefault(address, [])
        held.append(session)
        if len(held) > self._an_address:
            held.pop(0).close(GIVES_WAY)
        elif self.count() > self._at_all:
            max(self._by_address.values(), key=len).pop(0).close(GIVES_WAY)

    def _forget_the_others(self) -> None:
        """Those that connected or ended need no place here any more."""
        for address, sessions in list(self._by_address.items()):
            waiting = [one for one in sessions if one.is_pending]
            if waiting:
                self._by_address[address] = waiting
            else:
                del self._by_address[address]
