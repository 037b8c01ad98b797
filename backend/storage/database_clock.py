"""The server's time: this machine's clock, held to the database's, so that all nodes have one time."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Connection, cast, func, select

from backend.storage.database import Database, StorageError

log = logging.getLogger("livestall.storage")

LOOK_EVERY_S: Final = 10.0
LOOKS: Final = 3
# An answer that took longer says too little about when it was given.
LONGEST_MS: Final = 500.0
# A difference to be told: requests are decided by the millisecond, but people start campaigns by the second.
TOLD_MS: Final = 250.0


def database_now_ms() -> ColumnElement[int]:
    """Return the time of a PostgreSQL, as it is when the statement is carried out."""
    return cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger)


def machine_now_ms() -> float:
    """Return the machine's time in milliseconds since 1970."""
    return time.time_ns() / 1_000_000


class DatabaseClock:
    """The time in milliseconds since 1970, as the database has it; it may be asked in any thread.

    A database that is a file has no clock of its own: there the machine's time is right.

    Args:
        database: what all nodes share.
        machine_ms: the clock that is corrected.
    """

    def __init__(self, database: Database, machine_ms: Callable[[], float] = machine_now_ms) -> None:
        self._database = database
        self._machine_ms = machine_ms
        self._ahead_ms = 0.0

    def __call__(self) -> int:
        """Return the time."""
        return int(self._machine_ms() + self._ahead_ms)

    def look(self) -> None:
        """Compare the clocks, and go by the database's from now on; blocks, and may raise `StorageError`."""
        with self._database.reading() as connection:
            if connection.dialect.name == "postgresql":
                self._correct(min(self._measured(connection) for _ in range(LOOKS)))

    def _measured(self, connection: Connection) -> tuple[float, float]:
        """Return for how long an answer was on its way, and how far the database's clock is ahead."""
        asked_ms = self._machine_ms()
        # Half of what the expression cuts off is its mean.
        theirs_ms = float(connection.scalar(select(database_now_ms())) or 0) + 0.5
        took_ms = self._machine_ms() - asked_ms
        return took_ms, theirs_ms - (asked_ms + took_ms / 2)

    def _correct(self, measured: tuple[float, float]) -> None:
        took_ms, ahead_ms = measured
        changed_ms = abs(ahead_ms - self._ahead_ms)
        # Within half of the way there and back, the difference may as well be the way's.
        if not 0 <= took_ms <= LONGEST_MS or changed_ms <= took_ms / 2:
            return
        if changed_ms > TOLD_MS:
            log.warning("the database's clock is ahead of this machine's by %.0f ms; it counts", ahead_ms)
        self._ahead_ms = ahead_ms

    async def run(self) -> None:
        """Compare every now and then, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await asyncio.to_thread(self.look)
            except StorageError as error:
                log.warning("the database's time cannot be read; the last difference counts on: %s", error)
