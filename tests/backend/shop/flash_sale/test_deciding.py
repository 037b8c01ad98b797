"""Who gets a flash sale's price: the time the server received it, the quota, and what a buyer has already."""

import asyncio
from collections import Counter

import msgspec
import pytest
from sqlalchemy import update

from backend.contract.orders import PaymentMethod, PaymentState
from backend.shop.flash_sale.deciding import FlashFault
from backend.shop.orders.results import FlashMissed, LimitReached, Placed, QuoteChanged
from backend.shop.people import Person
from backend.storage.catalog_tables import SKUS
from tests.backend.shop.flash_sale.market import COUNTDOWN_MS, DURATION_MS, PRICE, Market, is_flash, missed
from tests.backend.shop.goods import ROOM, STAFF, home_of, put_on_sale, request_of, stock_of

ANN = Person("ann", ROOM)


async def test_a_running_flash_sale_is_quoted_at_its_price(market: Market) -> None:
    await market.running()
    quote = await market.quote()
    [line] = quote.lines
    assert (quote.total_minor, line.unit_minor, line.left) == (PRICE, PRICE, 2)
    assert line.campaign_id == market.campaign_id


async def test_the_line_of_a_flash_order_keeps_list_price_flash_price_and_campaign(market: Market) -> None:
    await market.running()
    order = await market.bought()
    [line] = order.lines
    assert (line.list_minor, line.unit_minor, line.net_minor) == (100, PRICE, PRICE)
    assert line.campaign_id == market.campaign_id
    found = await market.shop.order(ANN, order.order_id)
    assert found is not None
    assert found.lines == order.lines


@pytest.mark.parametrize(
    ("method", "minutes"), [(PaymentMethod.ONLINE, 5), (PaymentMethod.TRANSFER, 3 * 24 * 60)]
)
async def test_a_flash_order_is_held_for_five_minutes_where_it_is_paid_online(
    market: Market, method: PaymentMethod, minutes: int
) -> None:
    await market.running()
    placed = await market.place("ann", await market.quote(), method=method)
    assert isinstance(placed, Placed)
    assert placed.order.expires_at_ms == market.clock.now_ms + minutes * 60_000


async def test_before_the_start_a_purchase_is_told_how_long_to_wait(market: Market) -> None:
    await market.announced()
    assert not is_flash(await market.quote())
    early = await market.quote(early=True)
    assert is_flash(early)
    market.clock.turn(COUNTDOWN_MS - 1)
    refused = missed(await market.place("ann", early))
    assert (refused.fault, refused.ms) == (FlashFault.NOT_OPEN, 1)
    market.clock.turn(1)
    # The timer may be late: the server's time alone counts.
    assert isinstance(await market.place("ann", early), Placed)
    market.check()


async def test_after_the_end_a_purchase_is_told_by_how_much_it_was_late(market: Market) -> None:
    await market.running()
    quote = await market.quote()
    market.clock.turn(DURATION_MS + 7)
    result = await market.place("ann", quote)
    assert isinstance(result, FlashMissed)
    assert (result.missed.fault, result.missed.ms) == (FlashFault.OVER, 7)
    assert result.quote.total_minor == 100
    assert isinstance(await market.place("ann", result.quote), Placed)
    market.check()


async def test_a_purchase_received_5_ms_before_the_end_is_honoured_while_the_sale_closes(
    market: Market,
) -> None:
    await market.running()
    quote = await market.quote()
    received_at_ms = market.clock.now_ms + DURATION_MS - 5
    await market.turn(DURATION_MS)
    assert (await market.shown())[0].phase == "closing"
    assert isinstance(await market.place("ann", quote, received_at_ms=received_at_ms), Placed)
    await market.turn(10_000)
    assert (await market.shown())[0].phase == "ended"
    assert (market.free(), market.sale().offers["tea"].reserved) == (9, 1)
    market.check()


async def test_a_purchase_received_in_time_is_honoured_after_the_timer_returned_the_quota(
    market: Market,
) -> None:
    await market.running()
    quote = await market.quote()
    received_at_ms = market.clock.now_ms + DURATION_MS - 5
    await market.over()
    assert market.free() == 10
    places = [market.place(f"b{n}", quote, received_at_ms=received_at_ms) for n in range(3)]
    results = Counter(type(one) for one in await asyncio.gather(*places))
    assert results == {Placed: 2, FlashMissed: 1}
    assert market.free() == 8
    market.check()


async def test_a_purchase_in_time_gets_nothing_that_others_bought_after_the_quota_went_back(
    market: Market,
) -> None:
    await market.running()
    quote = await market.quote()
    received_at_ms = market.clock.now_ms + DURATION_MS - 5
    await market.over()
    await market.bought("bob", tea=10)
    assert not isinstance(await market.place("ann", quote, received_at_ms=received_at_ms), Placed)
    market.check()


async def test_the_third_buyer_of_two_units_is_told_that_they_are_gone(market: Market) -> None:
    await market.running(quota=2)
    quotes = {name: await market.quote(name) for name in ("ann", "bob", "cat")}
    await market.bought("ann")
    await market.bought("bob")
    result = await market.place("cat", quotes["cat"])
    assert isinstance(result, FlashMissed)
    assert (result.missed.fault, result.missed.left) == (FlashFault.SOLD_OUT, 0)
    assert result.quote.total_minor == 100
    assert not is_flash(await market.quote("cat"))
    assert isinstance(await market.place("cat", result.quote), Placed)
    assert stock_of(market.database, "tea") == (10, 3, 0)
    market.check()


async def test_the_usual_stock_is_sold_beside_the_quota_and_never_from_it(market: Market) -> None:
    await market.running(quota=2)
    assert market.free() == 8
    await market.bought("ann", tea=8)  # more than one gets of the sale: at the usual price
    assert market.free() == 0
    assert isinstance(await market.buy("bob"), Placed)
    market.check()


async def test_the_limit_of_a_sale_counts_account_phone_and_address(market: Market) -> None:
    await market.running(quota=5, per_buyer=1)
    quote = await market.quote()
    await market.bought("ann")
    again = missed(await market.place("ann", quote))
    assert (again.fault, again.limit, again.left) == (FlashFault.LIMIT, 1, 0)
    same_place = msgspec.structs.replace(home_of("ann"), phone="13900000000")
    same_phone = msgspec.structs.replace(home_of("bob"), phone=home_of("ann").phone)
    for address in (same_place, same_phone):
        assert missed(await market.place("bob", quote, address=address)).fault is FlashFault.LIMIT
    assert isinstance(await market.place("bob", quote), Placed)
    market.check()


async def test_a_limit_of_a_sale_counts_all_its_skus(market: Market) -> None:
    await market.running(quota=5, per_buyer=2)
    quote = await market.quote("ann", tea=2)
    assert is_flash(quote)
    assert not is_flash(await market.quote("ann", tea=3))
    await market.bought("ann", tea=2)
    assert missed(await market.place("ann", quote)).fault is FlashFault.LIMIT


async def test_a_cancelled_flash_order_gives_the_limit_back(market: Market) -> None:
    await market.running(quota=1, per_buyer=1)
    order = await market.bought("ann")
    await market.shop.cancel(ANN, order.order_id, "", request_of("ann", "c", route="cancel"))
    assert market.sale().offers["tea"].left == 1
    await market.bought("ann")
    market.check()


async def test_the_limit_of_the_catalogue_counts_in_a_sale_too(market: Market) -> None:
    with market.database.transaction() as connection:
        connection.execute(update(SKUS).where(SKUS.c.sku_id == "tea").values(limit_per_buyer=1))
    await market.running(quota=5, per_buyer=None)
    await market.bought("ann")
    assert isinstance(await market.buy("ann"), LimitReached)


async def test_a_catalogue_that_became_cheaper_than_the_sale_is_what_counts(market: Market) -> None:
    await market.running()
    quote = await market.quote()
    with market.database.transaction() as connection:
        connection.execute(update(SKUS).where(SKUS.c.sku_id == "tea").values(price_minor=PRICE - 1))
    result = await market.place("ann", quote)
    assert isinstance(result, QuoteChanged)
    assert result.quote.total_minor == PRICE - 1


async def test_a_sale_at_nothing_is_paid_and_sold_at_once(market: Market) -> None:
    await market.running(price=0)
    order = await market.bought()
    assert order.payment_state is PaymentState.PAID
    offer = market.sale().offers["tea"]
    assert (offer.reserved, offer.sold) == (0, 1)
    assert stock_of(market.database, "tea") == (9, 1, 1)
    market.check()


async def test_other_goods_of_the_same_order_keep_their_price(market: Market) -> None:
    put_on_sale(market.database, "cup", price_minor=30, stock=3)
    await market.running()
    order = await market.bought("ann", tea=1, cup=2)
    assert [line.unit_minor for line in order.lines] == [PRICE, 30]
    assert stock_of(market.database, "cup") == (3, 2, 0)
    market.check()


async def test_64_buyers_of_a_quota_of_10_get_exactly_10(market: Market) -> None:
    await market.running(quota=10)
    quotes = [await market.quote(f"b{n}") for n in range(80)]
    results = await asyncio.gather(*(market.place(f"b{n}", quote) for n, quote in enumerate(quotes)))
    assert Counter(type(one) for one in results) == {Placed: 10, FlashMissed: 70}
    assert stock_of(market.database, "tea") == (10, 10, 0)
    report = await market.shop.campaigns.report(STAFF, market.campaign_id)
    assert report is not None
    assert report.received == 80
    assert {one.outcome: one.count for one in report.outcomes} == {"accepted": 10, "none_left": 70}
    assert report.people == 10
    market.check()
