"""Counts the requests that campaigns refuse, for their reports; they are written about once a second."""

import asyncio
import logging
from collections import Counter
from typing import Final

from sqlalchemy import Connection, func, select

from backend.contract.base import RejectReason
from backend.storage.bulk import insert_rows
from backend.storage.campaign_tables import CAMPAIGN_REFUSALS
from backend.storage.database import StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

EVERY_S: Final = 1.0
TENTH_MS: Final = 100
# Before the start and after a day, all are counted together.
TENTHS: Final = range(-1, 24 * 3600 * 10)
_ADD: Final = (
    "ON CONFLICT (campaign_id, tenth, reason) "
    "DO UPDATE SET requests = campaign_refusals.requests + excluded.requests"
)

Key = tuple[str, int, str]


def tenth_of(at_ms: int, opens_at_ms: int) -> int:
    """Return in which tenth of a second after the start something came; -1 before it."""
    return max(TENTHS.start, min((at_ms - opens_at_ms) // TENTH_MS, TENTHS.stop))


class Refusals:
    """What was refused and is not written yet; killed, at most a second of it is lost."""

    def __init__(self, writer: GroupWriter) -> None:
        self._writer = writer
        self._counts: Counter[Key] = Counter()

    def count(self, campaign_id: str, tenth: int, reason: RejectReason) -> None:
        """Count a refusal."""
        self._counts[campaign_id, tenth, reason.value] += 1

    async def run(self) -> None:
        """Write them for ever."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.flush()
            except (StorageError, BusyError) as error:
                log.warning("refusals of campaigns are written later: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("refusals of campaigns are written later")

    async def flush(self) -> None:
        """Write them now."""
        counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            await self._writer.run(lambda connection: _write(connection, counts))
        except BaseException:
            self._counts += counts
            raise


def read_refusals(connection: Connection, campaign_id: str) -> Counter[str]:
    """Return the requests that a campaign refused, by their reason."""
    column = CAMPAIGN_REFUSALS.c
    query = select(column.reason, func.sum(column.requests)).where(column.campaign_id == campaign_id)
    return Counter({str(name): int(n) for name, n in connection.execute(query.group_by(column.reason))})


def read_refused_tenths(connection: Connection, campaign_id: str) -> Counter[int]:
    """Return the requests that a campaign refused, by when they came."""
    column = CAMPAIGN_REFUSALS.c
    query = select(column.tenth, func.sum(column.requests)).where(column.campaign_id == campaign_id)
    return Counter({int(tenth): int(n) for tenth, n in connection.execute(query.group_by(column.tenth))})


def _write(connection: Connection, counts: Counter[Key]) -> None:
    rows: list[dict[str, object]] = [
        {"campaign_id": campaign_id, "tenth": tenth, "reason": reason, "requests": requests}
        for (campaign_id, tenth, reason), requests in sorted(counts.items())
    ]
    insert_rows(connection, CAMPAIGN_REFUSALS, rows, on_conflict=_ADD)
