"""Purchases against single-row commits (SQLite) and pgbench's hot row (PostgreSQL), all of them durable.

A purchase is whole: idempotency key, limits a buyer, conditional stock, order, lines, ledger, outbox. Both
sides of a ratio run in turns, on the same disk; what is oversold or lost is counted, too.
"""

import asyncio
import json
import random
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import select

from backend.contract.orders import PlaceOrder, Quote
from backend.shop.idempotency import Request
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.engines import PostgresServer
from backend.storage.order_tables import ORDERS
from tests.backend.shop.buyers import killed_after, open_place
from tests.backend.shop.goods import (
    ROOM,
    home_of,
    lines_of,
    open_rooms,
    order_of,
    ordered_units,
    put_on_sale,
    quoted,
    request_of,
    stock_of,
)
from tests.support.postgres import BINARIES, Postgres, running_postgres

ROUNDS: Final = 3
SECONDS: Final = 4.0
CALLERS: Final = 256
READY: Final = 60_000
UNITS: Final = 1_000_000
CONTESTED: Final = 2_000
KILLS: Final = 8
PGBENCH_CLIENTS: Final = 8
HOT_ROW: Final = "UPDATE hot SET stock = stock - 1 WHERE id = 1 AND stock >= 1;\n"

Purchase = tuple[Person, PlaceOrder, Request]


def main() -> None:
    """Measure and print the figures."""
    # In the working directory: /tmp may be memory, where a commit costs nothing. Its children work elsewhere.
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder, running_postgres("fsync=on") as server:
        figures = {
            **_against("sqlite", _sqlite_rates(Path(folder))),
            **_against("postgres", _postgres_rates(Path(folder), server)),
            **_contest(Path(folder) / "contest", server),
            "lost_acks": _lost(folder) + _lost(server.new_database()),
        }
    print(json.dumps({"figures": figures}))


def _against(name: str, rates: Iterator[tuple[float, float]]) -> dict[str, float]:
    bare, ours = zip(*rates, strict=True)
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    shown = [f"{round(one)}/{round(other)}" for one, other in zip(ours, bare, strict=True)]
    print(f"{name}: purchases/bare a second {shown}", flush=True)
    return {
        f"{name}_ratio": round(statistics.median(ratios), 2),
        f"{name}_purchases_per_s": round(statistics.median(ours)),
    }


def _sqlite_rates(folder: Path) -> Iterator[tuple[float, float]]:
    for number in range(ROUNDS):
        place = folder / f"sqlite-{number}"
        place.mkdir()
        yield _single_rows(place / "bare.db"), asyncio.run(_purchases(Database(place)))


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
    while time.perf_counter() - began_s < SECONDS:
        connection.execute(HOT_ROW)
        count += 1
    connection.close()
    return count / SECONDS


def _postgres_rates(folder: Path, server: Postgres) -> Iterator[tuple[float, float]]:
    script = folder / "hot.sql"
    script.write_text(HOT_ROW)
    for _ in range(ROUNDS):
        url = server.new_database()
        yield _pgbench(url, script), asyncio.run(_purchases(Database(PostgresServer(url))))


def _pgbench(url: str, script: Path) -> float:
    psql, pgbench = str(BINARIES[-1] / "psql"), str(BINARIES[-1] / "pgbench")
    tables = (
        "CREATE TABLE hot (id int PRIMARY KEY, stock int NOT NULL); INSERT INTO hot VALUES (1, 1000000000)"
    )
    subprocess.run([psql, "-q", url, "-c", tables], check=True)
    how = ["-n", "-M", "prepared", "-c", str(PGBENCH_CLIENTS), "-j", "2", "-T", str(round(SECONDS))]
    done = subprocess.run([pgbench, *how, "-f", str(script), url], check=True, capture_output=True, text=True)
    [rate] = [line.split()[2] for line in done.stdout.splitlines() if line.startswith("tps")]
    return float(rate)


@contextmanager
def _shop(database: Database, units: int) -> Iterator[Shop]:
    open_rooms(database)
    put_on_sale(database, "tea", stock=units, limit=2)
    shop = Shop(database, clock_ms=lambda: time.time_ns() // 1_000_000)
    try:
        yield shop
    finally:
        shop.close()
        database.close()


async def _purchases(database: Database) -> float:
    with _shop(database, UNITS) as shop:
        quote = await quoted(shop, lines_of(tea=1))
        ready = iter([_purchase(quote, f"buyer-{number}", "k") for number in range(READY)])
        began_s, done = time.perf_counter(), 0

        async def caller() -> None:
            nonlocal done
            while time.perf_counter() - began_s < SECONDS:
                assert isinstance(await shop.place(*next(ready)), Placed)
                done += 1

        await asyncio.gather(*(caller() for _ in range(CALLERS)))
        took_s = time.perf_counter() - began_s
        assert stock_of(database, "tea") == (UNITS, done, 0)
    return done / took_s


def _purchase(quote: Quote, buyer: str, key: str) -> Purchase:
    wanted = order_of(quote, address=home_of(buyer))
    return Person(buyer, ROOM), wanted, request_of(buyer, key, wanted)


def _contest(folder: Path, server: Postgres) -> dict[str, float]:
    """Let many buyers, each with few keys, want more than there is; return the units sold too often."""
    folder.mkdir()
    places = [Database(folder), Database(PostgresServer(server.new_database()))]
    return {"oversold": sum(asyncio.run(_oversold(database)) for database in places)}


async def _oversold(database: Database) -> int:
    seeded = random.Random(1)
    with _shop(database, CONTESTED) as shop:
        quote = await quoted(shop, lines_of(tea=1))
        bought: Counter[str] = Counter()

        async def caller() -> None:
            for _ in range(20):
                purchase = _purchase(quote, f"buyer-{seeded.randrange(1_500)}", f"k{seeded.randrange(3)}")
                result = await shop.place(*purchase)
                if isinstance(result, Placed) and not result.is_repeat:
                    bought[result.order.buyer_id] += 1

        await asyncio.gather(*(caller() for _ in range(CALLERS)))
        on_hand, reserved, _ = stock_of(database, "tea")
        over_limit = sum(max(units - 2, 0) for units in bought.values())
        unlike = abs(reserved - ordered_units(database, "tea")) + abs(reserved - bought.total())
        return max(reserved - CONTESTED, 0) + abs(on_hand - CONTESTED) + over_limit + unlike


def _lost(place: str) -> int:
    """Kill a process that sells several times, and return the promised orders that are gone."""
    database, promised = open_place(place), set[str]()
    open_rooms(database)
    put_on_sale(database, "tea", stock=UNITS)
    for number in range(KILLS):
        promised |= killed_after(place, 200 + 50 * number)
    with database.reading() as connection:
        kept = set(connection.scalars(select(ORDERS.c.order_id)))
    database.close()
    assert promised, "nothing was sold: nothing could be lost"
    print(f"{len(promised)} orders promised, {len(promised - kept)} lost", flush=True)
    return len(promised - kept)


if __name__ == "__main__":
    main()
