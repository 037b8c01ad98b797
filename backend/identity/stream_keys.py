"""The stream keys of rooms: kept as digests, honoured by every node, worthless from the moment they go."""

import asyncio
import hmac
import secrets
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.contract.base import RejectReason
from backend.contract.stream_keys import DIGEST, KEY, MAX_NAME, MOST_KEYS, StreamKey, stream_key_digest
from backend.plain_text import clean
from backend.relay.succession import Contender
from backend.storage.database import Database, read_rows
from backend.storage.tables import ROOMS, STREAM_KEYS

# How long what was read is believed: so long a key that another program made or revoked may wait to count,
# and so often, whatever strangers try, a room's keys are read.
FRESH_S: Final = 1.0
PARTY_PREFIX: Final = "key/"


class StreamKeyError(Exception):
    """A key cannot be made; `status` is HTTP's, the message names cause and remedy."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class StreamKeyStore:
    """The keys of all rooms. Its methods block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_room(self, room: str) -> bool:
        """Whether there is such a room."""
        with self._database.transaction() as connection:
            return bool(read_rows(connection, select(ROOMS.c.room_id).where(ROOMS.c.room_id == room)))

    def all(self, room: str) -> list[tuple[StreamKey, str]]:
        """Return a room's keys with their digests, the oldest first."""
        table = STREAM_KEYS.c
        query = select(STREAM_KEYS).where(table.room_id == room).order_by(table.created_at_ms, table.key_id)
        with self._database.transaction() as connection:
            rows = read_rows(connection, query)
        return [_read(row) for row in rows]

    def add(self, room: str, name: str, digest: str, now_ms: int) -> StreamKey:
        """Keep a new key; raise `StreamKeyError` where it cannot be."""
        cleaned = clean(name, MAX_NAME)
        if isinstance(cleaned, RejectReason):
            raise StreamKeyError(
                422, f"The name must have 1 to {MAX_NAME} readable characters. Choose another one."
            )
        if not DIGEST.fullmatch(digest):
            raise StreamKeyError(422, "Expected the key's SHA-256 as 64 hexadecimal digits.")
        if len(self.all(room)) >= MOST_KEYS:
            raise StreamKeyError(
                409, f"A room has at most {MOST_KEYS} stream keys. Revoke one that is not needed any more."
            )
        key = StreamKey(secrets.token_hex(8), cleaned, now_ms)
        row = {
            "room_id": room,
            "key_id": key.key_id,
            "name": cleaned,
            "digest": digest,
            "created_at_ms": now_ms,
        }
        try:
            with self._database.transaction() as connection:
                connection.execute(insert(STREAM_KEYS).values(row))
        except IntegrityError as error:
            raise StreamKeyError(
                409, "A stream key of this name is there already. Choose another name, or revoke that one."
            ) from error
        return key

    def remove(self, room: str, key_id: str) -> StreamKey | None:
        """Forget a key; None where there is none."""
        is_this = (STREAM_KEYS.c.room_id == room, STREAM_KEYS.c.key_id == key_id)
        with self._database.transaction() as connection:
            rows = read_rows(connection, select(STREAM_KEYS).where(*is_this))
            connection.execute(delete(STREAM_KEYS).where(*is_this))
        return _read(rows[0])[0] if rows else None

    def note_use(self, room: str, key_id: str, now_ms: int) -> None:
        """Keep that a key began to publish."""
        is_this = (STREAM_KEYS.c.room_id == room, STREAM_KEYS.c.key_id == key_id)
        with self._database.transaction() as connection:
            connection.execute(update(STREAM_KEYS).where(*is_this).values(last_used_at_ms=now_ms))


def _read(row: dict[str, object]) -> tuple[StreamKey, str]:
    last = row["last_used_at_ms"]
    key = StreamKey(
        str(row["key_id"]),
        str(row["name"]),
        int(str(row["created_at_ms"])),
        None if last is None else int(str(last)),
    )
    return key, str(row["digest"])


def party_of(key: StreamKey) -> str:
    """Return what the relay calls who publishes with a key."""
    return PARTY_PREFIX + key.key_id


class KeyRing:
    """Tells whose key it is, from a copy that is at most a second old.

    Args:
        clock_s: a clock that never goes back, in seconds.
        clock_ms: the time, in milliseconds since 1970.
    """

    def __init__(
        self,
        store: StreamKeyStore,
        clock_s: Callable[[], float] = time.monotonic,
        clock_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self.store = store
        self._clock_s = clock_s
        self._clock_ms = clock_ms
        self._read: dict[str, tuple[float, list[tuple[StreamKey, str]]]] = {}
        self._reading = asyncio.Lock()

    async def contender(self, room: str, token: str) -> Contender | None:
        """Return who publishes with a key of the room, and keep that they did; None where it is none."""
        if not KEY.fullmatch(token):
            return None
        digest, found = stream_key_digest(token).encode(), None
        # Every key is compared, in a time that does not tell how much of it was right.
        for key, kept in await self._keys(room):
            if hmac.compare_digest(kept.encode(), digest):
                found = key
        if found is None:
            return None
        await asyncio.to_thread(self.store.note_use, room, found.key_id, self._clock_ms())
        return Contender(party_of(found), found.name)

    async def has(self, room: str, party: str) -> bool:
        """Whether a party may still publish; one without a key of ours always may."""
        if not party.startswith(PARTY_PREFIX):
            return True
        return any(party_of(key) == party for key, _ in await self._keys(room))

    async def names(self, room: str) -> set[str]:
        """Return the names of a room's keys."""
        return {key.name for key, _ in await self._keys(room)}

    def forget(self, room: str) -> None:
        """Read a room's keys again: they have changed."""
        self._read.pop(room, None)

    async def _keys(self, room: str) -> list[tuple[StreamKey, str]]:
        async with self._reading:
            read_at, keys = self._read.get(room, (-FRESH_S, []))
            if self._clock_s() - read_at >= FRESH_S:
                read_at = self._clock_s()
                keys = await asyncio.to_thread(self.store.all, room)
                self._read[room] = (read_at, keys)
            return keys
