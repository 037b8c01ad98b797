"""Clears what the shop has no use for any more, in the background and by small batches."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from backend.shop.idempotency import clear_answers
from backend.shop.outbox import clear_taken
from backend.shop.privacy.erasing import erase_due_orders
from backend.storage.database import StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

EVERY_S: Final = 600.0
# Purchases wait behind a batch: it is as short as a few of them.
MOST_A_BATCH: Final = 200
# Each is several statements.
MOST_ERASED_A_BATCH: Final = 20
MOST_BATCHES: Final = 500
_DAY_MS: Final = 24 * 3_600_000
TAKEN_KEPT_MS: Final = 7 * _DAY_MS
ANSWERS_KEPT_MS: Final = 30 * _DAY_MS


class ShopSweep:
    """Clears messages that rooms took, answers that nobody asks for again, and persons who asked for it.

    Args:
        writer: the shop's.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._writer = writer
        self._clock_ms = clock_ms

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            try:
                await self.sweep()
            except (StorageError, BusyError) as error:
                log.warning("Old rows of the shop were not cleared this time: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("Old rows of the shop were not cleared this time")
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> None:
        """Clear what is old now, as far as one sweep goes."""
        await self._clear_taken()
        await self._clear_answers()
        await self._erase_due()

    async def _clear_taken(self) -> None:
        before_ms, after = self._clock_ms() - TAKEN_KEPT_MS, 0
        for _ in range(MOST_BATCHES):
            batch = partial(clear_taken, before_ms=before_ms, after=after, most=MOST_A_BATCH)
            last = await self._writer.run(batch)
            if last is None:
                return
            after = last

    async def _clear_answers(self) -> None:
        before_ms = self._clock_ms() - ANSWERS_KEPT_MS
        batch = partial(clear_answers, before_ms=before_ms, most=MOST_A_BATCH)
        for _ in range(MOST_BATCHES):
            if await self._writer.run(batch) < MOST_A_BATCH:
                return

    async def _erase_due(self) -> None:
        batch = partial(erase_due_orders, now_ms=self._clock_ms(), most=MOST_ERASED_A_BATCH)
        for _ in range(MOST_BATCHES):
            if await self._writer.run(batch) < MOST_ERASED_A_BATCH:
                return
