"""Which node owns a room: a lease in the shared database, by the database's clock.

A lease that was not renewed can be taken by any node. Its `term` grows with each change of hands, and every
transaction of an owner checks it (`FencedOutbox`): an owner that froze, or whose line to the database broke,
can save nothing under a lease that another node took meanwhile.
"""

import secrets
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.storage.database import Database, read_rows
from backend.storage.database_clock import database_now_ms
from backend.storage.tables import ROOM_LEASES

LEASE_MS: Final = 2500
RENEW_S: Final = 0.6
CLAIM_S: Final = 0.4


class Lease(msgspec.Struct, frozen=True):
    """A node's right to own a room until it is not renewed any more.

    Attributes:
        term: grows by one with each change of hands.
        epoch: names the room's numbering of events, which outlives its owners.
    """

    room_id: str
    node_id: str
    term: int
    epoch: str


class LeaseStore:
    """The leases of all rooms. Its methods block, and raise `StorageError`.

    Args:
        database: a PostgreSQL database that all nodes share.
        lease_ms: how long a lease lives without being renewed.
    """

    def __init__(self, database: Database, lease_ms: int = LEASE_MS) -> None:
        self._database = database
        self._lease_ms = lease_ms

    def take(self, room_id: str, node_id: str) -> Lease | None:
        """Take the lease if nobody holds it."""
        is_free = (ROOM_LEASES.c.room_id == room_id) & (ROOM_LEASES.c.until_ms < database_now_ms())
        taking = (
            update(ROOM_LEASES)
            .where(is_free)
            .values(node_id=node_id, term=ROOM_LEASES.c.term + 1, until_ms=self._until_ms())
            .returning(ROOM_LEASES.c.term, ROOM_LEASES.c.epoch)
        )
        with self._database.transaction_aside() as connection:
            taken = read_rows(connection, taking)
            is_known = select(ROOM_LEASES.c.term).where(ROOM_LEASES.c.room_id == room_id)
            if not taken and connection.scalar(is_known) is not None:
                return None
        if not taken:
            return self._make(room_id, node_id)
        return msgspec.convert({"room_id": room_id, "node_id": node_id, **taken[0]}, Lease)

    def _make(self, room_id: str, node_id: str) -> Lease | None:
        lease = Lease(room_id, node_id, term=1, epoch=secrets.token_hex(6))
        row = {**msgspec.structs.asdict(lease), "until_ms": self._until_ms()}
        try:
            with self._database.transaction_aside() as connection:
                connection.execute(insert(ROOM_LEASES).values(row))
        except IntegrityError:
            return None  # another node was faster
        return lease

    def renew(self, lease: Lease) -> bool:
        """Hold it longer; False where it is another node's by now."""
        renewing = update(ROOM_LEASES).where(_is_ours(lease)).values(until_ms=self._until_ms())
        with self._database.transaction_aside() as connection:
            return connection.execute(renewing).rowcount == 1

    def release(self, lease: Lease) -> None:
        """Let another node take it at once."""
        with self._database.transaction_aside() as connection:
            connection.execute(update(ROOM_LEASES).where(_is_ours(lease)).values(until_ms=0))

    def _until_ms(self) -> ColumnElement[int]:
        return database_now_ms() + self._lease_ms


def _is_ours(lease: Lease) -> ColumnElement[bool]:
    return (ROOM_LEASES.c.room_id == lease.room_id) & (ROOM_LEASES.c.term == lease.term)
