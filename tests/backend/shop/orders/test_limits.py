"""Limits that come, go and change while orders stand: each order gives back just what was counted of it."""

import pytest
from sqlalchemy import select, update

from backend.contract.orders import Order
from backend.shop.orders.results import LimitReached, Placed, PlaceResult
from backend.shop.outcomes import Paid
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.catalog_tables import BUYER_LIMITS, SKUS
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.goods import (
    ROOM,
    check_books,
    home_of,
    lines_of,
    order_of,
    put_on_sale,
    quoted,
    request_of,
)

ANN = Person("ann", ROOM)


@pytest.fixture(autouse=True)
def tea(shop: Shop, database: Database) -> None:
    """Tea on sale, without a limit yet."""
    put_on_sale(database, "tea", stock=50)


def limit(database: Database, most: int | None) -> None:
    with database.transaction() as connection:
        connection.execute(update(SKUS).values(limit_per_buyer=most))


async def buy(shop: Shop, key: str, units: int = 2) -> PlaceResult:
    wanted = order_of(await quoted(shop, lines_of(tea=units)), address=home_of("ann"))
    return await shop.place(ANN, wanted, request_of("ann", key, wanted))


async def bought(shop: Shop, key: str, units: int = 2) -> Order:
    return as_type(Placed, await buy(shop, key, units)).order


async def cancel(shop: Shop, order: Order) -> None:
    cancelled = await shop.cancel(ANN, order.order_id, "", request_of("ann", order.order_id, route="cancel"))
    as_type(Order, cancelled)


def had(database: Database) -> int:
    with database.reading() as connection:
        query = select(BUYER_LIMITS.c.quantity).where(BUYER_LIMITS.c.buyer_key == "user:ann")
        return int(connection.scalar(query) or 0)


async def test_an_order_from_before_the_limit_gives_nothing_back(shop: Shop, database: Database) -> None:
    before = await bought(shop, "before")
    limit(database, 2)
    await bought(shop, "after")
    await cancel(shop, before)
    assert had(database) == 2
    assert await buy(shop, "more", 1) == LimitReached("tea", 2, 0)
    check_books(database)


async def test_an_order_that_was_counted_gives_back_after_the_limit_went(
    shop: Shop, database: Database
) -> None:
    limit(database, 2)
    order = await bought(shop, "limited")
    limit(database, None)
    await bought(shop, "free", 5)
    await cancel(shop, order)
    assert had(database) == 0
    limit(database, 2)
    await bought(shop, "again")
    check_books(database)


async def test_an_order_that_lives_again_is_counted_by_the_limit_of_then(
    shop: Shop, database: Database
) -> None:
    order = await bought(shop, "before")
    await cancel(shop, order)
    limit(database, 3)

    async def pay() -> Paid:
        return await shop.writer.run(
            lambda connection: shop.paid_orders.pay_order(
                connection, order.order_id, actor="x", reason="", now_ms=1
            )
        )

    assert await pay() is Paid.DONE
    assert had(database) == 2
    assert await buy(shop, "more") == LimitReached("tea", 3, 1)
    check_books(database)


async def test_an_order_cancelled_twice_gives_back_once(shop: Shop, database: Database) -> None:
    limit(database, 4)
    first = await bought(shop, "first")
    await bought(shop, "second")
    for key in ("1", "2"):
        await shop.cancel(ANN, first.order_id, "", request_of("ann", key, route="cancel"))
    assert had(database) == 2
    check_books(database)
