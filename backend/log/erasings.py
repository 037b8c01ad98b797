"""Who is being erased from the rooms' logs: asked for in a transaction of the shop's, done in small steps."""

from typing import Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from backend.storage.database import read_rows
from backend.storage.erasing_tables import LOG_ERASINGS
from backend.storage.tables import EVENT_LOG, ROOMS

# A quarter of what one core does beside a room at work, rests included.
ENTRIES_PER_S: Final = 2000
AT_LEAST_MS: Final = 60_000


class OutrunError(Exception):
    """Another node was faster; nothing was written."""


class LogErasing(msgspec.Struct, frozen=True):
    """A person and a room; see `backend.storage.erasing_tables`."""

    user_id: str
    room_id: str
    asked_at_ms: int
    up_to_number: int | None
    number: int
    known: str


def ask_erasing(connection: Connection, user_id: str, now_ms: int) -> int:
    """Let a person be erased from the logs of all rooms, all over again.

    Returns:
        When it will be done, at the latest; 0 where there are no rooms.
    """
    connection.execute(delete(LOG_ERASINGS).where(LOG_ERASINGS.c.user_id == user_id))
    entries, rooms = 0, list(connection.scalars(select(ROOMS.c.room_id)))
    for room_id in rooms:
        last = select(func.max(EVENT_LOG.c.number)).where(EVENT_LOG.c.room_id == room_id)
        entries += connection.scalar(last) or 0
        row = {"user_id": user_id, "room_id": room_id, "asked_at_ms": now_ms, "number": 0, "known": ""}
        connection.execute(insert(LOG_ERASINGS).values(row))
    return now_ms + AT_LEAST_MS + entries * 1000 // ENTRIES_PER_S if rooms else 0


def read_erasings(connection: Connection) -> list[LogErasing]:
    """Return those that are not done, the oldest first."""
    columns = [LOG_ERASINGS.c[name] for name in LogErasing.__struct_fields__]
    query = select(*columns).where(LOG_ERASINGS.c.done_at_ms.is_(None))
    order = (LOG_ERASINGS.c.asked_at_ms, LOG_ERASINGS.c.user_id, LOG_ERASINGS.c.room_id)
    return msgspec.convert(read_rows(connection, query.order_by(*order)), list[LogErasing])


def move_on(
    connection: Connection, before: LogErasing, after: LogErasing, done_at_ms: int | None = None
) -> None:
    """Write how far it is now; raise `OutrunError` where it is not as it was before."""
    columns = LOG_ERASINGS.c
    is_this = (
        columns.user_id == before.user_id,
        columns.room_id == before.room_id,
        columns.asked_at_ms == before.asked_at_ms,
        columns.up_to_number.is_not_distinct_from(before.up_to_number),
        columns.number == before.number,
        columns.done_at_ms.is_(None),
    )
    values = {"up_to_number": after.up_to_number, "number": after.number, "known": after.known}
    moved = connection.execute(update(LOG_ERASINGS).where(*is_this).values(**values, done_at_ms=done_at_ms))
    if moved.rowcount != 1:
        raise OutrunError
