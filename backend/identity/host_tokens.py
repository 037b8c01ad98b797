"""Which tokens of a room's host still count: those of the generation that is kept, and no older ones."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from sqlalchemy import select, update

from backend.contract.base import Role
from backend.identity.auth import Claims
from backend.storage.database import Database, StorageError
from backend.storage.tables import ROOMS

log = logging.getLogger("livestall.host_tokens")

# How long what an ended token opened may go on where another program renewed it; here it ends at once.
LOOK_EVERY_S: Final = 1.0
ENDED: Final = "This host token was ended: somebody renewed it. Use the new one."


class HostTokens:
    """The generations of the host tokens of all rooms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def generation(self, room: str) -> int:
        """Return the generation that counts, 0 where none was ever ended. This blocks."""
        with self._database.transaction_aside() as connection:
            kept = connection.scalar(select(ROOMS.c.host_generation).where(ROOMS.c.room_id == room))
        return int(kept or 0)

    def renew(self, room: str) -> int:
        """End all tokens given out so far, and return the next generation. This blocks."""
        is_this = ROOMS.c.room_id == room
        with self._database.transaction() as connection:
            connection.execute(
                update(ROOMS).where(is_this).values(host_generation=ROOMS.c.host_generation + 1)
            )
            return int(connection.scalar(select(ROOMS.c.host_generation).where(is_this)) or 0)

    def renew_from(self, room: str, generation: int) -> int | None:
        """End the tokens of a generation; None where another holder of one just did. This blocks."""
        is_this = (ROOMS.c.room_id == room, ROOMS.c.host_generation == generation)
        with self._database.transaction() as connection:
            kept = connection.execute(update(ROOMS).where(*is_this).values(host_generation=generation + 1))
            return generation + 1 if kept.rowcount else None

    async def holds(self, claims: Claims) -> bool:
        """Whether a token still counts; those of viewers and assistants end by other means."""
        if claims.role is not Role.HOST:
            return True
        return claims.version == await asyncio.to_thread(self.generation, claims.room)


class HostWatch:
    """Ends what older tokens opened, whoever renewed them.

    Args:
        end: ends connections and streams of the host of a room that are older than a generation; returns
            whether it did.
    """

    def __init__(
        self, tokens: HostTokens, rooms: Iterable[str], end: Callable[[str, int], Awaitable[bool]]
    ) -> None:
        self._tokens = tokens
        self._end = end
        self._turn = asyncio.Lock()  # an older generation must not be ended after a newer one
        self._seen = {room: tokens.generation(room) for room in rooms}

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            await self.look()

    async def look(self) -> None:
        """Look now."""
        async with self._turn:
            for room, seen in list(self._seen.items()):
                await self._look_at(room, seen)

    async def _look_at(self, room: str, seen: int) -> None:
        try:
            generation = await asyncio.to_thread(self._tokens.generation, room)
        except StorageError as error:
            log.warning("host tokens cannot be looked up; they go on as they are: %s", error)
            return
        if generation != seen and await self._end(room, generation):
            log.info("room %s: the host's older tokens ended", room)
            self._seen[room] = generation
