"""Erases persons from the rooms, one after the other, beside all other work."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from msgspec.structs import replace

from backend.contract.base import HOST_USER, Role
from backend.erasing.rewriting import (
    begin,
    end_of_log,
    erase_beside_the_log,
    erase_in_outbox,
    last_entry_of,
    rewrite_batch,
)
from backend.features.actor import Actor
from backend.features.audience.people import ErasePerson
from backend.log.erasings import LogErasing, OutrunError, move_on, read_erasings
from backend.room.connection import Venue
from backend.storage.database import Database, StorageError

log = logging.getLogger("livestall.erasing")

EVERY_S: Final = 10.0
AGAIN_S: Final = 2.0

_ROOM: Final = Actor(HOST_USER, Role.HOST)


class Eraser:
    """Lets the rooms forget who asked for it, then rewrites what they wrote.

    First the room forgets: from then on nobody sees the person, and nothing new is written of them. Then the
    log is rewritten up to there, batch by batch, each with how far it is in one transaction: who is killed
    goes on from there. Between batches it rests as long as one took.

    Args:
        rooms: those at work, by room id; the log of another one is rewritten all the same.
        clock_ms: the server's time, in milliseconds since 1970.
        sleep: waits so many seconds; tests hand in one of their own.
    """

    def __init__(
        self,
        database: Database,
        rooms: Mapping[str, Venue],
        *,
        clock_ms: Callable[[], int],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._rooms = rooms
        self._clock_ms = clock_ms
        self._sleep = sleep
        self._is_wanted = asyncio.Event()

    def wake(self) -> None:
        """Look soon: somebody asked to be erased."""
        self._is_wanted.set()

    async def run(self) -> None:
        """Serve until cancelled; what another node was asked for is found by itself."""
        while True:
            self._is_wanted.clear()
            is_done = await self._try()
            try:
                async with asyncio.timeout(EVERY_S if is_done else AGAIN_S):
                    await self._is_wanted.wait()
            except TimeoutError:
                pass

    async def _try(self) -> bool:
        try:
            return await self.erase_all()
        except OutrunError:
            log.info("another node erases the same person; looking again in a moment")
        except StorageError as error:
            log.warning("who asked for it cannot be erased from the rooms now: %s", error)
        except Exception:  # the top of a task
            log.exception("who asked for it is not erased from the rooms; it is tried again")
        return False

    async def erase_all(self) -> bool:
        """Erase all who wait for it; return whether nobody waits any more.

        Raises:
            StorageError: the disk takes nothing now.
            OutrunError: another node does the same.
        """
        is_done = True
        for erasing in await self._database.read(read_erasings):
            is_done = await self._erase_if_it_can_be(erasing) and is_done
        return is_done

    async def _erase_if_it_can_be(self, erasing: LogErasing) -> bool:
        try:
            return await self._erase(erasing)
        except (OutrunError, StorageError):
            raise
        except Exception:
            # What the rows of one room hold must hold up nobody else, nor end the backend.
            log.exception("%s is not erased from room %s now", erasing.user_id, erasing.room_id)
            return False

    async def _erase(self, erasing: LogErasing) -> bool:
        begun = await self._begin(erasing) if erasing.up_to_number is None else erasing
        if begun is None:
            return False
        rewritten: LogErasing | None = begun
        while rewritten is not None:
            begun, began_at_s = rewritten, time.monotonic()
            rewritten = await asyncio.to_thread(rewrite_batch, self._database, begun)
            # What waits for the disk, or for a turn of Python's, has it meanwhile.
            await self._sleep(time.monotonic() - began_at_s)
        await asyncio.to_thread(self._end, begun)
        log.info("%s is erased from the log of room %s", begun.user_id, begun.room_id)
        return True

    async def _begin(self, erasing: LogErasing) -> LogErasing | None:
        """Let the room forget; None where it cannot now."""
        await asyncio.to_thread(erase_in_outbox, self._database, erasing)
        room = self._rooms.get(erasing.room_id)
        if room is not None and await room.execute(ErasePerson(erasing.user_id), _ROOM) is not None:
            return None
        # A room that is not at work has no entry of it: then all that it has is looked through.
        find = last_entry_of if room is not None else end_of_log
        number = await asyncio.to_thread(find, self._database, erasing)
        return await asyncio.to_thread(begin, self._database, erasing, number)

    def _end(self, erasing: LogErasing) -> None:
        erase_in_outbox(self._database, erasing)  # what came while the room heard of it
        erase_beside_the_log(self._database, erasing)
        with self._database.transaction() as connection:
            move_on(connection, erasing, replace(erasing, known=""), self._clock_ms())
