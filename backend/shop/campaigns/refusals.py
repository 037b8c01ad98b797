"""Counts the requests that campaigns refuse, for their reports; they are written about once a second."""

import asyncio
import logging
from collections import Counter
from typing import Final

from sqlalchemy import Connection, func, select

from backend.contract.base import RejectReason
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.rows import CampaignRow, find_campaigns
from backend.storage.bulk import insert_rows
from backend.storage.campaign_tables import CAMPAIGN_REFUSALS
from backend.storage.database import StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

EVERY_S: Final = 1.0
TENTH_MS: Final = 100
MINUTE: Final = 600
"""Tenths of a second."""
FINE: Final = range(-1, 10 * MINUTE)
"""The tenths that count alone: all before the start are one, and later those of a minute are."""
LAST: Final = 24 * 60 * MINUTE
# When so many are kept because the database takes none, further ones are kept by the second.
MOST_KEPT: Final = 50_000
_ADD: Final = (
    "ON CONFLICT (campaign_id, tenth, reason) "
    "DO UPDATE SET requests = campaign_refusals.requests + excluded.requests"
)

Key = tuple[str, int, str]
"""A campaign, a time or a tenth, and a reason."""


def tenth_of(at_ms: int, opens_at_ms: int) -> int:
    """Return in which tenth after the start something came; beyond `FINE`, the first of its minute."""
    tenth = min(max(FINE.start, (at_ms - opens_at_ms) // TENTH_MS), LAST)
    return tenth if tenth < FINE.stop else tenth // MINUTE * MINUTE


class Refusals:
    """What was refused and is not written yet; killed, at most a second of it is lost."""

    def __init__(self, writer: GroupWriter) -> None:
        self._writer = writer
        self._counts: Counter[Key] = Counter()

    def count(self, campaign_id: str, at_ms: int, reason: RejectReason) -> None:
        """Count a request that the server received at a time and that was refused."""
        if len(self._counts) >= MOST_KEPT:
            at_ms -= at_ms % 1000
        self._counts[campaign_id, at_ms, reason.value] += 1

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
    campaigns = find_campaigns(connection, {campaign_id for campaign_id, _, _ in counts})
    by_tenth: Counter[Key] = Counter()
    for (campaign_id, at_ms, reason), requests in counts.items():
        if campaign_id in campaigns:
            by_tenth[campaign_id, _refused_in(campaigns[campaign_id], at_ms), reason] += requests
    rows: list[dict[str, object]] = [
        {"campaign_id": campaign_id, "tenth": tenth, "reason": reason, "requests": requests}
        for (campaign_id, tenth, reason), requests in sorted(by_tenth.items())
    ]
    insert_rows(connection, CAMPAIGN_REFUSALS, rows, on_conflict=_ADD)


def _refused_in(row: CampaignRow, at_ms: int) -> int:
    # What comes when nothing is decided any more is one row a reason, however long people go on.
    drained_ms = row.closes_at_ms + DRAINED_AFTER_MS
    return tenth_of(min(at_ms, drained_ms), row.opens_at_ms)
