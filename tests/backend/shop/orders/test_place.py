"""The purchase: accepted once, never oversold, never over a limit, never at another price."""

import asyncio

import msgspec
import pytest
from sqlalchemy import select, update

from backend.contract.orders import AskQuote, Order, OrderState, PaymentMethod, PaymentState, WantedLine
from backend.log.shop_entries import ProductLeft, ShopStockCounted
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import (
    AddressMissing,
    LimitReached,
    Placed,
    PlaceResult,
    QuoteChanged,
    SkuUnavailable,
    SoldOut,
)
from backend.shop.outbox_reader import OutboxReader
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.catalog_tables import SKUS, SPUS
from backend.storage.database import Database, read_rows
from backend.storage.order_tables import SHOP_OUTBOX
from tests.backend.kinds import as_type
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ANYBODY,
    HOME,
    ROOM,
    check_books,
    home_of,
    lines_of,
    list_in,
    open_rooms,
    order_of,
    put_on_sale,
    quoted,
    request_of,
    stock_of,
)

ANN = Person("ann", ROOM)


async def buy(shop: Shop, lines: list[WantedLine], *, buyer: str = "ann", key: str = "k1") -> PlaceResult:
    wanted = order_of(await quoted(shop, lines), address=home_of(buyer))
    return await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, key, wanted))


def placed(result: PlaceResult) -> Order:
    assert isinstance(result, Placed)
    return result.order


async def test_an_order_keeps_its_lines_and_holds_its_stock(
    shop: Shop, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea", price_minor=16800, reference_minor=23800, stock=3, tax_rate_bp=1300)
    order = placed(await buy(shop, lines_of(tea=2)))

    assert (order.total_minor, order.goods_minor, order.currency) == (33600, 33600, "CNY")
    assert (order.state, order.payment_state) == (OrderState.OPEN, PaymentState.UNPAID)
    assert order.expires_at_ms == clock.now_ms + 15 * 60_000
    [line] = order.lines
    assert (line.title, line.unit_minor, line.net_minor, line.tax_rate_bp) == ("tea 礼盒", 16800, 33600, 1300)
    assert stock_of(database, "tea") == (3, 2, 0)
    assert await shop.order(ANN, order.order_id) == order
    check_books(database)


async def test_lines_of_the_same_sku_are_one(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", stock=3)
    result = await buy(shop, [WantedLine("tea", 2), WantedLine("tea", 2)])
    assert result == SoldOut("tea", 3)


async def test_the_same_key_places_one_order_and_gets_one_answer(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    request = request_of("ann", "k1", wanted)
    first, *others = await asyncio.gather(*(shop.place(ANN, wanted, request) for _ in range(8)))
    assert {placed(one).order_id for one in (first, *others)} == {placed(first).order_id}
    assert stock_of(database, "tea") == (10, 1, 0)
    again = await shop.place(ANN, wanted, request)
    assert again == Placed(placed(first), is_repeat=True)


async def test_the_same_key_with_another_body_is_refused(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    await buy(shop, lines_of(tea=1))
    assert await buy(shop, lines_of(tea=2)) == KeyReused("k1")
    assert stock_of(database, "tea") == (10, 1, 0)


async def test_a_price_that_changed_is_shown_before_it_counts(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", price_minor=100)
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    with database.transaction() as connection:
        connection.execute(update(SKUS).values(price_minor=90))
    result = await shop.place(ANN, wanted, request_of("ann", "k1", wanted))
    assert isinstance(result, QuoteChanged)
    assert result.quote.total_minor == 90

    accepted = order_of(result.quote)
    assert placed(await shop.place(ANN, accepted, request_of("ann", "k1", accepted))).total_minor == 90


@pytest.mark.parametrize("table", [SPUS, SKUS])
async def test_what_is_not_on_sale_cannot_be_bought(shop: Shop, database: Database, table: object) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    with database.transaction() as connection:
        off = {"status": "off_shelf"} if table is SPUS else {"is_active": False}
        connection.execute(update(SPUS if table is SPUS else SKUS).values(off))
    assert await shop.place(ANN, wanted, request_of("ann", "k1", wanted)) == SkuUnavailable("tea")


async def test_a_limit_counts_account_phone_and_address(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", limit=2)
    assert placed(await buy(shop, lines_of(tea=2)))
    assert await buy(shop, lines_of(tea=1), key="k2") == LimitReached("tea", 2, 0)
    assert placed(await buy(shop, lines_of(tea=1), buyer="bob"))
    quote = await quoted(shop, lines_of(tea=2))
    moved = msgspec.structs.replace(home_of("bob"), street="elsewhere", phone="+86 " + home_of("bob").phone)
    same_phone = order_of(quote, address=moved)
    result = await shop.place(Person("eve", ROOM), same_phone, request_of("eve", "k1", same_phone))
    assert result == LimitReached("tea", 2, 0)
    check_books(database)


async def test_a_sku_and_a_bundle_that_holds_it_share_one_stock(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", stock=1)
    put_on_sale(database, "set", stock=0, components={"tea": 1})
    assert await buy(shop, lines_of(tea=1, set=1)) == SoldOut("tea", 0)
    first, second = await asyncio.gather(buy(shop, lines_of(set=1)), buy(shop, lines_of(tea=1), buyer="bob"))
    assert sorted(type(one).__name__ for one in (first, second)) == ["Placed", "SoldOut"]
    assert stock_of(database, "tea") == (1, 1, 0)
    check_books(database)


async def test_nothing_to_pay_is_paid_at_once(shop: Shop, database: Database) -> None:
    put_on_sale(database, "gift", price_minor=0)
    order = placed(await buy(shop, lines_of(gift=1)))
    assert (order.payment_state, order.expires_at_ms, order.version) == (PaymentState.PAID, None, 2)
    assert stock_of(database, "gift") == (9, 0, 1)
    check_books(database)


@pytest.mark.parametrize(
    ("method", "days"), [(PaymentMethod.TRANSFER, 3), (PaymentMethod.CASH_ON_DELIVERY, None)]
)
async def test_each_way_to_pay_has_its_time(
    shop: Shop, database: Database, clock: Clock, method: PaymentMethod, days: int | None
) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)), method)
    order = placed(await shop.place(ANN, wanted, request_of("ann", "k1", wanted)))
    assert order.expires_at_ms == (None if days is None else clock.now_ms + days * 86_400_000)


async def test_an_order_needs_an_address_of_the_buyer(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    for one in (None, "someone-elses"):
        without = msgspec.structs.replace(wanted, address=None, address_id=one)
        assert await shop.place(ANN, without, request_of("ann", "k1", without)) == AddressMissing()


async def test_a_room_that_shows_a_bundle_alone_hears_when_its_parts_are_sold(
    shop: Shop, database: Database
) -> None:
    open_rooms(database, "second")
    put_on_sale(database, "tea", stock=5)
    put_on_sale(database, "box", stock=0, components={"tea": 2}, room="second")
    placed(await buy(shop, lines_of(tea=2)))
    [heard] = OutboxReader(database, "second").read(10)
    assert as_type(ShopStockCounted, heard).products == [ProductLeft("box", {"box": 1})]


async def test_what_the_buyers_room_does_not_list_is_not_sold_there(shop: Shop, database: Database) -> None:
    open_rooms(database, "second")
    put_on_sale(database, "tea", room="second")
    put_on_sale(database, "cup")
    unlisted = lines_of(tea=1)
    assert await shop.quote(ANYBODY, AskQuote(unlisted)) == SkuUnavailable("tea")
    wanted = order_of(await quoted(shop, unlisted, Person("ann", "second")))
    refused = await shop.place(Person("ann", ROOM), wanted, request_of("ann", "k", wanted))
    assert refused == SkuUnavailable("tea")
    placed(await buy(shop, lines_of(cup=1)))


async def test_what_is_off_the_shelf_is_not_sold(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    with database.transaction() as connection:
        connection.execute(update(SPUS).values(status="off_shelf"))
    refused = await shop.place(Person("ann", ROOM), wanted, request_of("ann", "k", wanted))
    assert refused == SkuUnavailable("tea")


async def test_every_room_that_shows_the_product_hears_what_is_left(shop: Shop, database: Database) -> None:
    open_rooms(database, "second")
    put_on_sale(database, "tea", stock=5)
    list_in(database, "second", "tea")
    order = placed(await buy(shop, lines_of(tea=2)))
    with database.reading() as connection:
        rows = read_rows(connection, select(SHOP_OUTBOX).order_by(SHOP_OUTBOX.c.outbox_id))
    bodies = [(row["room_id"], msgspec.json.decode(str(row["body"]))) for row in rows]
    counted = {"type": "stock_changed", "sku_id": "tea", "spu_id": "tea", "left": 3}
    assert bodies == [
        (
            ROOM,
            {
                "type": "order_placed",
                "order_id": order.order_id,
                "buyer_id": "ann",
                "units": {"tea": 2},
                "total_minor": 200,
                "version": 1,
                "currency": "CNY",
                "payment_state": "unpaid",
                "coins": 0,
            },
        ),
        (ROOM, counted),
        ("second", counted),
    ]
    assert HOME.name not in str(rows)


@pytest.mark.parametrize("bought", [1, 2])
async def test_a_limit_does_not_tell_what_anothers_phone_bought(
    shop: Shop, database: Database, bought: int
) -> None:
    put_on_sale(database, "tea", limit=2)
    assert placed(await buy(shop, lines_of(tea=bought), buyer="bob"))
    moved = msgspec.structs.replace(home_of("bob"), street="elsewhere")
    wanted = order_of(await quoted(shop, lines_of(tea=2)), address=moved)
    result = await shop.place(Person("eve", ROOM), wanted, request_of("eve", "k1", wanted))
    assert result == LimitReached("tea", 2, 0)
