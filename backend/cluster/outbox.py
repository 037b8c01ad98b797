"""The events that a room delivered, kept for its next owner, and the fence against its old one."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select

from backend.cluster.lease import Lease
from backend.contract.erasing import PersonErased
from backend.contract.protocol import Reliable, encode
from backend.room.frames import Prepared
from backend.room.history import RING_SIZE, History
from backend.storage.database import Database, read_rows
from backend.storage.outbox import NotOwnerError
from backend.storage.tables import ROOM_LEASES, TOLD_EVENTS

_ERASED: Final = b'"person_erased"'
_decode: Final = msgspec.json.Decoder(Reliable).decode


class FencedOutbox:
    """Saves a room's reliable events as long as the lease is ours."""

    is_fenced = True

    def __init__(self, lease: Lease) -> None:
        self._lease = lease

    def write(self, connection: Connection, told: Sequence[Reliable]) -> None:
        """See `Outbox.write`.

        The lease's row stays locked until the transaction ends: nobody takes the lease in between.
        """
        query = select(ROOM_LEASES.c.term).where(ROOM_LEASES.c.room_id == self._lease.room_id)
        term = connection.scalar(query.with_for_update(read=True))
        if term != self._lease.term:
            raise NotOwnerError(
                f"The room {self._lease.room_id!r} is another node's by now (term {term}, ours was "
                f"{self._lease.term}). Nothing was kept here; the other node has it all."
            )
        if told:
            self._append(connection, told)

    def _append(self, connection: Connection, told: Sequence[Reliable]) -> None:
        room_id = self._lease.room_id
        rows = [
            {"room_id": room_id, "seq": reliable.seq, "payload": encode(reliable).decode()}
            for reliable in told
        ]
        connection.execute(insert(TOLD_EVENTS), rows)
        is_old = TOLD_EVENTS.c.seq <= told[-1].seq - RING_SIZE
        connection.execute(delete(TOLD_EVENTS).where(TOLD_EVENTS.c.room_id == room_id, is_old))


def load_history(database: Database, lease: Lease) -> History:
    """Return the events that the room delivered so far. This blocks."""
    is_ours = TOLD_EVENTS.c.room_id == lease.room_id
    with database.transaction() as connection:
        query = select(TOLD_EVENTS.c.seq, TOLD_EVENTS.c.payload).where(is_ours).order_by(TOLD_EVENTS.c.seq)
        rows = read_rows(connection, query)
    told = [(msgspec.convert(row["seq"], int), str(row["payload"]).encode()) for row in rows]
    history = History(lease.epoch, before=told[0][0] - 1 if told else 0)
    for seq, payload in told:
        history.add(seq, Prepared(payload))
        if _ERASED in payload and isinstance(event := _decode(payload).event, PersonErased):
            history.erase(event.user_id)  # the rows may still wait for it
    return history
