"""Staff move stock while others buy (interleaving 11)."""

import asyncio
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.base import Author, Role
from backend.contract.stock import MoveStock, SkuStock
from backend.shop.catalog.editing import Edited, ProductEdit, StaleEdit
from backend.shop.orders.results import Placed, SoldOut
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.shop.stock.counting import StockTooLow, move_by_staff
from backend.storage.database import Database
from tests.backend.shop.goods import (
    ROOM,
    STAFF,
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

EDITORS = 64
BUYERS = 100
HOST = Author("host", "主播", Role.HOST, is_follower=False)


@pytest.fixture
def sku_ids(database: Database) -> Iterator[int]:
    """Numbers of SKUs that are not in the database yet."""
    open_rooms(database)
    return count()


async def test_sixty_four_edits_of_stock_while_a_hundred_buy_leave_the_books_right(
    database: Database, shop: Shop
) -> None:
    put_on_sale(database, "tea", price_minor=100, stock=50)
    quote = await quoted(shop, lines_of(tea=1))

    async def buy(number: int) -> int:
        buyer = f"buyer-{number}"
        wanted = order_of(quote, address=home_of(buyer))
        placed = await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
        assert isinstance(placed, Placed | SoldOut)
        return int(isinstance(placed, Placed))

    async def move(number: int) -> int:
        delta = 3 if number % 2 else -2
        wish = MoveStock("count", delta=delta)
        moved = await shop.move_stock(STAFF, "tea", wish, request_of("host", f"m{number}", wish, "stock"))
        assert isinstance(moved, SkuStock | StockTooLow)
        return delta if isinstance(moved, SkuStock) else 0

    async def edit(number: int) -> int:
        made = ProductEdit("tea", 1, stock=50 + number, stock_from=50)
        result = await shop.edit_product(ROOM, made, HOST)
        assert isinstance(result, Edited | StaleEdit)
        return number if isinstance(result, Edited) else 0

    results = await asyncio.gather(
        *(buy(number) for number in range(BUYERS)),
        *(move(number) for number in range(EDITORS - 4)),
        *(edit(number) for number in range(1, 5)),
    )
    bought, moved = sum(results[:BUYERS]), sum(results[BUYERS:])
    on_hand, reserved, sold = stock_of(database, "tea")
    assert (on_hand, reserved, sold) == (50 + moved, bought, 0)
    assert ordered_units(database, "tea") == bought
    check_books(database)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.tuples(st.booleans(), st.integers(-60, 60)), max_size=12))
def test_the_ledger_is_the_sum_of_what_staff_did(
    database: Database, sku_ids: Iterator[int], steps: list[tuple[bool, int]]
) -> None:
    sku_id = f"tea-{next(sku_ids)}"
    put_on_sale(database, sku_id, stock=20)
    expected = 20
    for is_count, number in steps:
        wish = MoveStock("x", count=abs(number)) if is_count else MoveStock("x", delta=number)
        with database.transaction() as connection:
            result = move_by_staff(connection, sku_id, wish, actor="host", now_ms=1)
        wanted = abs(number) if is_count else expected + number
        assert isinstance(result, SkuStock if wanted >= 0 else StockTooLow)
        expected = wanted if wanted >= 0 else expected
    assert stock_of(database, sku_id) == (expected, 0, 0)
    check_books(database)
