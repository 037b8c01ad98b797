"""Many buyers at once, several nodes, and processes that are killed: nothing is sold that is not there."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from backend.contract.orders import Quote
from backend.shop.orders.results import LimitReached, Placed, PlaceResult, QuoteChanged, SoldOut
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.catalog_tables import SKUS
from backend.storage.database import Database
from backend.storage.order_tables import IDEMPOTENCY_KEYS, ORDERS
from tests.backend.shop.buyers import killed_after, open_place
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ROOM,
    check_books,
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
from tests.support.postgres import Postgres


async def buy(shop: Shop, buyer: str, key: str, **units: int) -> PlaceResult:
    wanted = order_of(await quoted(shop, lines_of(**units)), address=home_of(buyer))
    return await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, key, wanted))


async def test_64_callers_get_what_there_is_and_no_more(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", stock=100, limit=3)
    put_on_sale(database, "set", stock=0, components={"tea": 2})
    seeded = random.Random(7)

    async def caller(number: int) -> list[PlaceResult]:
        results = []
        for _ in range(4):
            # Fewer buyers than callers, and few keys: limits and repeated keys meet each other.
            buyer, key = f"buyer-{number % 40}", f"k{seeded.randrange(3)}"
            units = seeded.choice([{"tea": 1}, {"tea": 2}, {"set": 1}])
            results.append(await buy(shop, buyer, key, **units))
        return results

    results = [one for results in await asyncio.gather(*map(caller, range(64))) for one in results]
    kinds = Counter(type(one).__name__ for one in results)
    assert {"Placed", "SoldOut", "LimitReached"} <= kinds.keys()
    orders = {one.order.order_id: one.order for one in results if isinstance(one, Placed)}
    taken = sum(
        line.quantity * (2 if line.sku_id == "set" else 1) for o in orders.values() for line in o.lines
    )
    assert taken == 100
    assert stock_of(database, "tea") == (100, 100, 0)
    assert all(isinstance(one, Placed | SoldOut | LimitReached) or one.key for one in results)  # type: ignore[union-attr]
    bought: Counter[str] = Counter()
    for order in orders.values():
        bought[order.buyer_id] += sum(line.quantity for line in order.lines if line.sku_id == "tea")
    assert max(bought.values()) <= 3
    check_books(database)


async def test_two_nodes_sell_the_last_ten_units_once(postgres: Postgres, clock: Clock) -> None:
    url = postgres.new_database()
    databases = [open_place(url), open_place(url)]
    open_rooms(databases[0])
    put_on_sale(databases[0], "tea", stock=10)
    nodes = [Shop(database, clock_ms=clock) for database in databases]
    calls = [buy(node, f"b{number}-{n}", "k", tea=1) for number in range(32) for n, node in enumerate(nodes)]
    results = await asyncio.gather(*calls)
    assert Counter(type(one) for one in results) == {Placed: 10, SoldOut: 54}
    assert stock_of(databases[0], "tea") == (10, 10, 0)
    check_books(databases[1])
    for node, database in zip(nodes, databases, strict=True):
        await asyncio.to_thread(node.close)
        database.close()


async def test_of_a_sku_and_a_bundle_that_holds_it_at_stock_1_64_callers_get_one(
    shop: Shop, database: Database
) -> None:
    put_on_sale(database, "tea", stock=1)
    put_on_sale(database, "set", stock=0, components={"tea": 1})
    wanted: list[dict[str, int]] = [{"tea": 1} if number % 2 else {"set": 1} for number in range(64)]
    calls = [buy(shop, f"buyer-{number}", "k", **units) for number, units in enumerate(wanted)]
    results = await asyncio.gather(*calls)
    assert Counter(type(one) for one in results) == {Placed: 1, SoldOut: 63}
    assert stock_of(database, "tea") == (1, 1, 0)
    assert ordered_units(database, "tea") + ordered_units(database, "set") == 1
    check_books(database)


async def test_a_price_changed_between_quote_and_order_is_never_paid_unseen_by_any_of_64(
    shop: Shop, database: Database
) -> None:
    put_on_sale(database, "tea", price_minor=100, stock=500)

    async def reprice(price_minor: int) -> None:
        def change(connection: Connection) -> None:
            connection.execute(update(SKUS).values(price_minor=price_minor))

        await shop.writer.run(change)

    async def caller(number: int, seen: Quote) -> tuple[int, bool]:
        buyer, was_changed = f"buyer-{number}", False
        while True:
            wanted = order_of(seen, address=home_of(buyer))
            result = await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
            if isinstance(result, Placed):
                [line] = result.order.lines
                assert (line.unit_minor, result.order.total_minor) == (
                    seen.total_minor // 2,
                    seen.total_minor,
                )
                return result.order.total_minor, was_changed
            assert isinstance(result, QuoteChanged)
            assert result.quote.total_minor != seen.total_minor
            seen, was_changed = result.quote, True

    quote, prices = await quoted(shop, lines_of(tea=2)), (110, 90, 120, 80)
    early, late = [[caller(n, quote) for n in range(first, first + 32)] for first in (0, 32)]
    first, *others = map(reprice, prices)
    results = await asyncio.gather(first, *early, *others, *late)
    bought = [one for one in results if one is not None]
    assert len(bought) == 64
    assert {total for total, _ in bought} <= {2 * price for price in (100, *prices)}
    assert any(was_changed for _, was_changed in bought)
    check_books(database)


async def test_stock_that_comes_back_is_sold_again_once(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", stock=20)

    async def caller(number: int) -> None:
        for n in range(3):
            person = Person(f"buyer-{number}", ROOM)
            result = await buy(shop, person.user_id, f"k{n}", tea=1)
            if isinstance(result, Placed) and number % 2:
                request = request_of(person.user_id, f"k{n}", route="cancel")
                await shop.cancel(person, result.order.order_id, "changed my mind", request)

    await asyncio.gather(*map(caller, range(64)))
    assert stock_of(database, "tea") == (20, ordered_units(database, "tea"), 0)
    check_books(database)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_what_was_promised_survives_kill_9(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    place = str(tmp_path)
    if kind == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        place = server.new_database()
    database = open_place(place)
    open_rooms(database)
    put_on_sale(database, "tea", stock=1_000_000)
    promised: set[str] = set()
    for acknowledged in (40, 200):
        promised |= killed_after(place, acknowledged)
        with database.reading() as connection:
            kept = set(connection.scalars(select(ORDERS.c.order_id)))
            answers = list(connection.scalars(select(IDEMPOTENCY_KEYS.c.key)))
        assert promised <= kept
        assert len(answers) == len(kept)
        assert stock_of(database, "tea") == (1_000_000, len(kept), 0)
    check_books(database)
    database.close()
