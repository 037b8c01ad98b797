"""What is cleared after a time, on each kind of database."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from backend.shop.idempotency import Request, keep_answer
from backend.shop.orders.results import Placed
from backend.shop.outbox import mark_taken
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.shop.sweep import ANSWERS_KEPT_MS, MOST_A_BATCH, TAKEN_KEPT_MS, ShopSweep
from backend.storage.database import Database, StorageError
from backend.storage.order_tables import IDEMPOTENCY_KEYS, SHOP_OUTBOX, TAKEN_MESSAGES
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import lines_of, order_of, put_on_sale, quoted, request_of
from tests.support.migrated import open_migrated

ROOMS = ("main", "second")
MANY = 2 * MOST_A_BATCH + 1


@pytest.fixture
def sweep(shop: Shop, clock: Clock) -> ShopSweep:
    return ShopSweep(shop.writer, clock_ms=clock)


def send(database: Database, clock: Clock, count: int) -> list[int]:
    """Write messages for two rooms in turn, and return their ids."""
    with database.transaction() as connection:
        before = set(connection.scalars(select(SHOP_OUTBOX.c.outbox_id)))
        rows = [
            {"room_id": ROOMS[n % 2], "session_id": "", "at_ms": clock.now_ms, "body": "{}"}
            for n in range(count)
        ]
        connection.execute(insert(SHOP_OUTBOX), rows)
        query = select(SHOP_OUTBOX.c.outbox_id).order_by(SHOP_OUTBOX.c.outbox_id)
        return [one for one in connection.scalars(query) if one not in before]


def take(database: Database, clock: Clock, ids: list[int]) -> None:
    """Let the rooms take messages."""
    with database.transaction() as connection:
        for number, room_id in enumerate(ROOMS):
            of_room = select(SHOP_OUTBOX.c.outbox_id).where(SHOP_OUTBOX.c.room_id == room_id)
            theirs = sorted(set(connection.scalars(of_room)) & set(ids))
            mark_taken(connection, room_id, {one: 10 * one + number for one in theirs}, clock.now_ms)


def left(database: Database) -> tuple[list[int], list[int]]:
    """The messages, and those that rooms are known to have."""
    with database.reading() as connection:
        messages = connection.scalars(select(SHOP_OUTBOX.c.outbox_id)).all()
        taken = connection.scalars(select(TAKEN_MESSAGES.c.outbox_id)).all()
    return sorted(messages), sorted(taken)


async def test_messages_that_rooms_took_are_cleared_after_a_week(
    sweep: ShopSweep, database: Database, clock: Clock
) -> None:
    ids = send(database, clock, MANY)
    waiting = ids[3]
    taken = [one for one in ids if one != waiting]
    take(database, clock, taken)
    clock.turn(TAKEN_KEPT_MS)
    await sweep.sweep()
    assert left(database) == (ids, taken)
    clock.turn(1)
    newer = send(database, clock, 2)
    take(database, clock, newer)
    await sweep.sweep()
    assert left(database) == ([waiting, *newer], newer)


async def test_a_message_that_was_cleared_is_not_taken_again(
    sweep: ShopSweep, database: Database, clock: Clock
) -> None:
    ids = send(database, clock, 2)
    take(database, clock, ids)
    clock.turn(TAKEN_KEPT_MS + 1)
    await sweep.sweep()
    with pytest.raises(StorageError), database.transaction() as connection:
        mark_taken(connection, ROOMS[0], {ids[0]: 1}, clock.now_ms)
    assert left(database) == ([], [])


async def test_answers_are_cleared_after_a_month_but_not_those_of_orders(
    sweep: ShopSweep, shop: Shop, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    first = await shop.place(Person("ann", "main"), wanted, request_of("ann", "k", wanted))
    assert isinstance(first, Placed)
    with database.transaction() as connection:
        for number in range(MANY):
            request = Request("ann", "addresses", f"k{number}", "")
            keep_answer(connection, request, status=201, answer=b"{}", at_ms=clock.now_ms)
    clock.turn(ANSWERS_KEPT_MS)
    await sweep.sweep()
    assert len(kept_routes(database)) == 1 + MANY
    clock.turn(1)
    await sweep.sweep()
    assert kept_routes(database) == ["orders"]
    again = await shop.place(Person("ann", "main"), wanted, request_of("ann", "k", wanted))
    assert again == Placed(first.order, is_repeat=True)


def kept_routes(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(IDEMPOTENCY_KEYS.c.route)))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM refunds WHERE state = 'requested' ORDER BY at_ms",
        "SELECT * FROM sandbox_payments WHERE pays_at_ms <= 1 AND state != 'paid'",
        "SELECT * FROM idempotency_keys WHERE at_ms < 1 AND route != 'orders' ORDER BY at_ms",
        "SELECT room_id FROM listings WHERE spu_id IN ('tea')",
        "SELECT bundle_sku_id FROM bundles WHERE component_sku_id IN ('tea')",
        "SELECT * FROM shop_outbox WHERE outbox_id > 1 ORDER BY outbox_id LIMIT 200",
    ],
)
def test_what_timers_look_for_is_found_without_reading_all(tmp_path: Path, statement: str) -> None:
    database = open_migrated(tmp_path)
    with database.reading() as connection:
        plan = [str(row[3]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    database.close()
    assert len(plan) == 1, plan
    assert plan[0].startswith("SEARCH"), plan
