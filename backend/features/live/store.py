"""What a room remembers on disk, so that a restart in the middle of a show goes on where it was."""

import asyncio
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update

from backend.contract.live import Live, LivePhase
from backend.contract.protocol import Reliable
from backend.features.live.show import Facts
from backend.storage.database import Database, read_rows
from backend.storage.outbox import NoOutbox, Outbox
from backend.storage.tables import LIVE_SESSIONS, ROOM_FACTS, ROOMS


class Remembered(msgspec.Struct, frozen=True):
    """What was kept of a room, and when it was last seen alive."""

    facts: Facts
    alive_at_ms: int


class Opened(msgspec.Struct, frozen=True):
    """A room's title as it is kept, and whether the room was made just now."""

    title: str
    is_new: bool


class RoomStore:
    """Keeps one room. Everything but `keep` blocks.

    Args:
        outbox: keeps what is told of a change.

    Attributes:
        is_fenced: see `Keeper`.
    """

    is_fenced = False

    def __init__(self, database: Database, room_id: str, outbox: Outbox | None = None) -> None:
        self._database = database
        self._room_id = room_id
        self._outbox = outbox or NoOutbox()

    def open(self, title: str, now_ms: int) -> Opened:
        """Make the room if it is new, with this title."""
        with self._database.transaction() as connection:
            kept = connection.scalar(select(ROOMS.c.title).where(ROOMS.c.room_id == self._room_id))
            if kept is not None:
                return Opened(str(kept), is_new=False)
            row = {"room_id": self._room_id, "title": title, "created_at_ms": now_ms}
            connection.execute(insert(ROOMS).values(row))
            return Opened(title, is_new=True)

    def load(self) -> Remembered | None:
        """Return what was kept; None for a new room."""
        with self._database.transaction() as connection:
            query = select(ROOM_FACTS).where(ROOM_FACTS.c.room_id == self._room_id)
            rows = read_rows(connection, query)
        return _remembered(rows[0]) if rows else None

    async def keep(self, facts: Facts, now_ms: int, told: Sequence[Reliable] = ()) -> None:
        """Return when facts and events are safely on disk; raise `StorageError` when they are not."""
        await asyncio.to_thread(self.save, facts, now_ms, told)

    def save(self, facts: Facts, now_ms: int, told: Sequence[Reliable] = ()) -> None:
        """Put facts and events on disk, and the live session's beginning and end with them."""
        with self._database.transaction() as connection:
            self._outbox.write(connection, told)
            self.write(connection, facts, now_ms)

    def write(self, connection: Connection, facts: Facts, now_ms: int) -> None:
        """Write facts, and the live session's beginning and end, in a transaction of the caller's."""
        row = _row(facts, now_ms)
        changed = connection.execute(
            update(ROOM_FACTS).where(ROOM_FACTS.c.room_id == self._room_id).values(row)
        )
        if not changed.rowcount:
            connection.execute(insert(ROOM_FACTS).values(room_id=self._room_id, **row))
        if facts.live.session_id:
            self._save_session(connection, facts.live, now_ms)

    def _save_session(self, connection: Connection, live: Live, now_ms: int) -> None:
        is_this = LIVE_SESSIONS.c.session_id == live.session_id
        if connection.scalar(select(LIVE_SESSIONS.c.session_id).where(is_this)) is None:
            connection.execute(
                insert(LIVE_SESSIONS).values(
                    session_id=live.session_id, room_id=self._room_id, started_at_ms=live.started_at_ms
                )
            )
        if live.phase is LivePhase.ENDED:
            is_open = LIVE_SESSIONS.c.ended_at_ms.is_(None)
            end = update(LIVE_SESSIONS).where(is_this, is_open)
            connection.execute(end.values(ended_at_ms=now_ms, end_reason=live.reason))


def _row(facts: Facts, now_ms: int) -> dict[str, object]:
    return {
        "phase": facts.live.phase.value,
        "session_id": facts.live.session_id,
        "started_at_ms": facts.live.started_at_ms,
        "reason": facts.live.reason,
        "card_product_id": facts.card_product_id,
        "card_shown_at_ms": facts.card_shown_at_ms,
        "unpublished_since_ms": facts.unpublished_since_ms,
        "alive_at_ms": now_ms,
    }


def _remembered(values: dict[str, object]) -> Remembered:
    # Whether somebody publishes is not kept: after a restart nobody does until the relay says so.
    live = msgspec.convert(
        {name: values.pop(name) for name in ("phase", "session_id", "started_at_ms", "reason")}, Live
    )
    facts = msgspec.convert({**values, "live": live}, Facts)
    return Remembered(facts, msgspec.convert(values["alive_at_ms"], int))
