"""Events are saved beside the log in its transaction, where another node must be able to go on from them."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from backend.contract.protocol import Reliable
from backend.storage.database import StorageError


class NotOwnerError(StorageError):
    """Nothing was kept, and this process may not own the room any more: nothing may be delivered either."""


class Outbox(Protocol):
    """Writes a room's reliable events in the transaction of what caused them.

    Attributes:
        is_fenced: whether another node can own the room meanwhile: what cannot be saved then has not
            happened.
    """

    is_fenced: bool

    def write(self, connection: Connection, told: Sequence[Reliable]) -> None:
        """Write the events, none where there is nothing to tell; what it raises undoes the transaction."""


class NoOutbox:
    """For a room that lives in one process: whoever comes back after its end gets a snapshot."""

    is_fenced = False

    def write(self, connection: Connection, told: Sequence[Reliable]) -> None:
        """Keep nothing."""
