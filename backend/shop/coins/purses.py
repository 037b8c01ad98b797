"""What viewers have, as a room last heard it: enough to show, and to refuse at once what cannot be paid."""

from collections.abc import Callable, Sequence
from typing import Final

from backend.money.wallet import Purse, read_purses
from backend.storage.database import Database

# Longer than a transaction takes and than clocks of nodes differ.
OVERLAP_MS: Final = 30_000


class PurseReader:
    """Reads wallets that changed since the last time; all of them the first time.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._clock_ms = clock_ms
        self._since_ms = 0

    def read(self) -> Sequence[Purse]:
        """Return them; blocks."""
        began_ms = self._clock_ms()
        with self._database.reading() as connection:
            purses = read_purses(connection, self._since_ms)
        self._since_ms = began_ms - OVERLAP_MS
        return purses


class Purses:
    """Remembers of each wallet what is newest. The shop alone decides what can be paid.

    Args:
        read: returns wallets that may have changed; blocks.
    """

    def __init__(self, read: Callable[[], Sequence[Purse]] = tuple) -> None:
        self._read = read
        self._purses: dict[str, Purse] = {}

    def coins(self, user_id: str) -> int:
        """Return what a user has."""
        purse = self._purses.get(user_id)
        return purse.coins if purse else 0

    def hear(self, purse: Purse) -> bool:
        """Take in what a user has; False where that was known, or newer."""
        known = self._purses.get(purse.user_id)
        if known is not None and known.version >= purse.version:
            return False
        self._purses[purse.user_id] = purse
        return True

    def refresh(self) -> list[str]:
        """Read again, and return whose purse is another now; blocks."""
        return [purse.user_id for purse in self._read() if self.hear(purse)]
