"""The rows of a room: its title, the facts of its show, and its live sessions."""

import msgspec
from sqlalchemy import Connection, insert, select, update

from backend.contract.live import Live, LivePhase
from backend.storage.database import Database, read_rows
from backend.storage.tables import LIVE_SESSIONS, ROOM_FACTS, ROOMS


class Facts(msgspec.Struct, frozen=True):
    """What the row holds of a show.

    Attributes:
        live: the live session.
        card_product_id: which product's card is on air; empty for none.
        card_shown_at_ms: since when.
        unpublished_since_ms: see `LiveState`.
    """

    live: Live = Live(phase=LivePhase.PREVIEW)
    card_product_id: str = ""
    card_shown_at_ms: int = 0
    unpublished_since_ms: int | None = None


class Remembered(msgspec.Struct, frozen=True):
    """What was saved of a show, and when it last showed life."""

    facts: Facts
    alive_at_ms: int


class Opened(msgspec.Struct, frozen=True):
    """A room's title as it is saved, and whether the room was made just now."""

    title: str
    is_new: bool


class RoomStore:
    """Reads one room's rows. Its methods block."""

    def __init__(self, database: Database, room_id: str) -> None:
        self._database = database
        self._room_id = room_id

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
        """Return what was saved; None for a new room."""
        with self._database.transaction() as connection:
            query = select(ROOM_FACTS).where(ROOM_FACTS.c.room_id == self._room_id)
            rows = read_rows(connection, query)
        return _remembered(rows[0]) if rows else None


class RoomRow:
    """Writes one room's rows, in a transaction of the caller's."""

    def __init__(self, room_id: str) -> None:
        self._room_id = room_id

    def write_live(
        self, connection: Connection, live: Live, unpublished_since_ms: int | None, alive_at_ms: int
    ) -> None:
        """Write the live session; whether there is a publisher, the log alone knows."""
        row: dict[str, object] = {
            "phase": live.phase.value,
            "session_id": live.session_id,
            "started_at_ms": live.started_at_ms,
            "reason": live.reason,
            "unpublished_since_ms": unpublished_since_ms,
            "alive_at_ms": alive_at_ms,
        }
        self._write(connection, row)

    def write_card(self, connection: Connection, product_id: str, shown_at_ms: int) -> None:
        """Write which card is on air."""
        self._write(connection, {"card_product_id": product_id, "card_shown_at_ms": shown_at_ms})

    def _write(self, connection: Connection, row: dict[str, object]) -> None:
        changed = connection.execute(
            update(ROOM_FACTS).where(ROOM_FACTS.c.room_id == self._room_id).values(row)
        )
        if not changed.rowcount:
            connection.execute(insert(ROOM_FACTS).values({**_NEW, "room_id": self._room_id, **row}))

    def begin_session(self, connection: Connection, session_id: str, at_ms: int) -> None:
        """Write that a live session began."""
        is_this = LIVE_SESSIONS.c.session_id == session_id
        if connection.scalar(select(LIVE_SESSIONS.c.session_id).where(is_this)) is None:
            row = {"session_id": session_id, "room_id": self._room_id, "started_at_ms": at_ms}
            connection.execute(insert(LIVE_SESSIONS).values(row))

    def end_session(self, connection: Connection, session_id: str, at_ms: int, reason: str) -> None:
        """Write that it ended; the first end counts."""
        is_this = LIVE_SESSIONS.c.session_id == session_id
        end = update(LIVE_SESSIONS).where(is_this, LIVE_SESSIONS.c.ended_at_ms.is_(None))
        connection.execute(end.values(ended_at_ms=at_ms, end_reason=reason))


_NEW: dict[str, object] = {
    "phase": LivePhase.PREVIEW.value,
    "session_id": "",
    "reason": "",
    "card_product_id": "",
    "card_shown_at_ms": 0,
    "alive_at_ms": 0,
}


def _remembered(values: dict[str, object]) -> Remembered:
    live = msgspec.convert(
        {name: values.pop(name) for name in ("phase", "session_id", "started_at_ms", "reason")}, Live
    )
    facts = msgspec.convert({**values, "live": live}, Facts)
    return Remembered(facts, msgspec.convert(values["alive_at_ms"], int))
