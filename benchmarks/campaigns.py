"""Red packets against single-row commits (SQLite): both durable, in turns, on the same disk.

A claim is whole: who has one already, the next share, wallet, journal, what the room is told.
"""

import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select

from backend.contract.base import RejectReason
from backend.contract.campaigns import Campaign, NewCampaign
from backend.contract.red_packets import RedPacketTerms
from backend.money.wallet import read_purses
from backend.shop.campaigns.campaigns import Campaigns
from backend.shop.campaigns.kinds import make_kinds
from backend.shop.campaigns.red_packet.claiming import ShareClaim
from backend.shop.idempotency import Request
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.payment_tables import SHOP_POSTINGS
from backend.storage.writer import GroupWriter
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.goods import open_rooms
from tests.support.adults import let_be_adults

ROUNDS: Final = 3
BARE_S: Final = 3.0
CALLERS: Final = 512
ROOMS: Final = tuple(f"room-{number}" for number in range(5))
SHARES: Final = 2000
COINS: Final = 100_000
# Two of them for each share: half of them come too late.
CLAIMERS: Final = tuple(f"user-{number}" for number in range(2 * SHARES))
HOT_ROW: Final = "UPDATE hot SET stock = stock - 1 WHERE id = 1 AND stock >= 1"


def main() -> None:
    """Measure and print the figures."""
    # In the working directory: /tmp may be memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        figures = packets(Path(folder))
    print(json.dumps({"figures": figures}))


def packets(folder: Path) -> dict[str, float]:
    """Return how many claims are decided for each single-row commit, and what the books are off by."""
    ratios, rates, off = [], [], 0
    for number in range(ROUNDS):
        place = folder / f"packets-{number}"
        place.mkdir()
        bare = _single_rows(place / "bare.db")
        rate, sum_of_all = asyncio.run(_claims(Database(place)))
        print(f"packets: claims/bare a second {rate:.0f}/{bare:.0f}", flush=True)
        rates.append(rate)
        ratios.append(rate / bare)
        off += abs(sum_of_all)
    return {
        "packet_claims_ratio": round(statistics.median(ratios), 2),
        "packet_claims_per_s": round(statistics.median(rates)),
        "ledger_sum": off,
    }


def _single_rows(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "CREATE TABLE hot (id INTEGER PRIMARY KEY, stock INTEGER NOT NULL)",
        "INSERT INTO hot VALUES (1, 1000000)",
    ):
        connection.execute(statement)
    count, began_s = 0, time.perf_counter()
    while time.perf_counter() - began_s < BARE_S:
        connection.execute(HOT_ROW)
        count += 1
    connection.close()
    return count / BARE_S


async def _claims(database: Database) -> tuple[float, int]:
    """Let a crowd empty packets of several rooms; return claims decided a second, and the journal's sum."""
    open_rooms(database, *ROOMS)
    let_be_adults(database, *CLAIMERS)
    writer = GroupWriter(database)
    campaigns = Campaigns(database, writer, make_kinds(), clock_ms=lambda: 1000)
    waiting = [await _announced(database, campaigns, room) for room in ROOMS]
    answers: Counter[RejectReason | None] = Counter()
    began_s = time.perf_counter()
    for campaign in waiting:
        claimers = iter(CLAIMERS)

        async def caller() -> None:
            for user_id in claimers:  # noqa: B023 - all of them end before the next packet
                claim = ShareClaim(campaign.campaign_id, "", user_id, campaign.opens_at_ms)  # noqa: B023
                answers[await campaigns.act(claim)] += 1

        await asyncio.gather(*(caller() for _ in range(CALLERS)))
    took_s = time.perf_counter() - began_s
    await asyncio.to_thread(writer.close)
    assert answers == {None: len(ROOMS) * SHARES, RejectReason.NONE_LEFT: len(ROOMS) * SHARES}
    with database.reading() as connection:
        off = _off(connection)
    database.close()
    return answers.total() / took_s, off


async def _announced(database: Database, campaigns: Campaigns, room: str) -> Campaign:
    go_live(database, f"s-{room}", room)
    wish = NewCampaign(RedPacketTerms(SHARES, COINS))
    request = Request("host", "campaigns", room, "")
    armed = await campaigns.arm(Person("host", room, is_staff=True), wish, request)
    assert isinstance(armed, Campaign), armed
    return armed


def _off(connection: Connection) -> int:
    """Return what the journal does not sum up to 0 by, and what people do not have of the packets."""
    journal = int(str(connection.scalar(select(func.sum(SHOP_POSTINGS.c.amount_minor)))))
    held = sum(purse.coins for purse in read_purses(connection))
    return abs(journal) + abs(held - len(ROOMS) * COINS)


if __name__ == "__main__":
    main()
