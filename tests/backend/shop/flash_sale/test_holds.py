"""What orders hold of a quota: paid, let go, paid too late, in any order of these."""

import asyncio
import random
from collections import Counter

import pytest

from backend.contract.orders import Order, OrderState
from backend.shop.orders.results import Placed
from backend.shop.outcomes import Paid
from backend.shop.people import Person
from tests.backend.shop.flash_sale.market import DURATION_MS, Market, is_flash
from tests.backend.shop.goods import ROOM, request_of, stock_of

FIVE_MINUTES_MS = 5 * 60_000


@pytest.fixture
def long_sale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sales run for twenty minutes, so that holds end within them."""
    monkeypatch.setattr("tests.backend.shop.flash_sale.market.DURATION_MS", 20 * 60_000)


async def test_a_paid_flash_order_is_sold(market: Market) -> None:
    await market.running()
    order = await market.bought()
    assert await market.pay(order) is Paid.DONE
    offer = market.sale().offers["tea"]
    assert (offer.reserved, offer.sold, offer.left) == (0, 1, 1)
    assert stock_of(market.database, "tea") == (9, 1, 1)
    market.check()


@pytest.mark.usefixtures("long_sale")
async def test_an_unpaid_unit_goes_back_to_the_quota_while_the_sale_runs(market: Market) -> None:
    await market.running(quota=1)
    await market.bought("ann")
    assert not is_flash(await market.quote("bob"))
    market.clock.turn(FIVE_MINUTES_MS)
    await market.expire()
    offer = market.sale().offers["tea"]
    assert (offer.left, offer.reserved, market.free()) == (1, 0, 9)
    assert is_flash(await market.quote("bob"))
    await market.bought("ann")  # whose limit came back, too
    market.check()


async def test_an_unpaid_unit_goes_to_the_stock_after_the_end(market: Market) -> None:
    await market.running(quota=1)
    await market.bought("ann")
    await market.over()
    assert market.free() == 9
    market.clock.turn(FIVE_MINUTES_MS)
    await market.expire()
    offer = market.sale().offers["tea"]
    assert (offer.left, offer.returned, market.free()) == (0, 1, 10)
    market.check()


async def test_an_order_that_was_made_in_a_sale_is_paid_at_its_price_after_the_end(market: Market) -> None:
    await market.running(quota=1)
    order = await market.bought("ann")
    await market.over()
    assert await market.pay(order) is Paid.DONE
    assert stock_of(market.database, "tea") == (9, 0, 1)
    market.check()


@pytest.mark.usefixtures("long_sale")
async def test_late_money_takes_quota_and_price_again(market: Market) -> None:
    await market.running(quota=1)
    order = await market.bought("ann")
    market.clock.turn(FIVE_MINUTES_MS)
    await market.expire()
    assert await market.pay(order) is Paid.DONE
    found = await market.shop.order(Person("ann", ROOM), order.order_id)
    assert found is not None
    assert (found.state, found.lines[0].unit_minor) == (OrderState.OPEN, order.lines[0].unit_minor)
    assert market.sale().offers["tea"].sold == 1
    market.check()


@pytest.mark.usefixtures("long_sale")
async def test_late_money_is_refunded_where_others_have_the_unit(market: Market) -> None:
    await market.running(quota=1)
    order = await market.bought("ann")
    market.clock.turn(FIVE_MINUTES_MS)
    await market.expire()
    await market.bought("bob")
    assert await market.pay(order) is Paid.GONE
    market.check()


async def test_late_money_is_refunded_after_the_end_of_the_sale(market: Market) -> None:
    await market.running(quota=1)
    order = await market.bought("ann")
    await market.over()
    market.clock.turn(FIVE_MINUTES_MS)
    await market.expire()
    assert await market.pay(order) is Paid.GONE
    assert market.free() == 10
    market.check()


@pytest.mark.usefixtures("long_sale")
async def test_late_money_is_refunded_where_the_buyer_bought_again_meanwhile(market: Market) -> None:
    await market.running(quota=5, per_buyer=1)
    order = await market.bought("ann")
    market.clock.turn(FIVE_MINUTES_MS)
    await market.expire()
    await market.bought("ann")
    assert await market.pay(order) is Paid.GONE
    market.check()


@pytest.mark.parametrize("seed", range(6))
async def test_no_interleaving_makes_loses_or_oversells_a_unit(market: Market, seed: int) -> None:
    chance = random.Random(seed)
    quota = chance.randrange(1, 5)
    await market.running(quota=quota, per_buyer=chance.choice([1, 2, None]))
    start_ms, orders = market.clock.now_ms, list[Order]()
    seen = [await market.quote(f"b{n}") for n in range(4)]
    for _ in range(40):
        buyer = f"b{chance.randrange(6)}"
        match chance.randrange(6):
            case 0 | 1:
                quote = chance.choice([*seen, await market.quote(buyer, tea=chance.randrange(1, 3))])
                at_ms = chance.choice([None, market.clock.now_ms - chance.randrange(3000)])
                result = await market.place(buyer, quote, received_at_ms=at_ms)
                orders += [result.order] if isinstance(result, Placed) else []
            case 2 if orders:
                await market.pay(chance.choice(orders))
            case 3 if orders:
                one = chance.choice(orders)
                key = request_of(one.buyer_id, one.order_id, route="cancel")
                await market.shop.cancel(Person(one.buyer_id, ROOM), one.order_id, "", key)
            case 4:
                await market.turn(chance.randrange(DURATION_MS // 8))
            case _:
                market.clock.turn(chance.choice([0, 0, 0, FIVE_MINUTES_MS]))
                await market.expire()
        market.check()
        offer = market.sale().offers["tea"]
        assert offer.reserved + offer.sold <= quota
    await market.turn(max(0, start_ms + 2 * DURATION_MS - market.clock.now_ms))
    await market.turn(10_000)
    assert market.sale().offers["tea"].left == 0
    market.check()


async def test_buying_paying_and_ending_at_once_oversells_nothing(market: Market) -> None:
    await market.running(quota=5)
    quotes = {f"b{n}": await market.quote(f"b{n}") for n in range(24)}
    market.clock.turn(DURATION_MS - 1)
    received_at_ms = market.clock.now_ms

    async def go(buyer: str) -> str:
        result = await market.place(buyer, quotes[buyer], received_at_ms=received_at_ms)
        if isinstance(result, Placed):
            return str(await market.pay(result.order))
        return type(result).__name__

    async def end() -> str:
        market.clock.turn(1)
        for _ in range(4):
            market.clock.turn(1000)
            await market.sweep()
        return "end"

    results = Counter(await asyncio.gather(*map(go, quotes), end()))
    assert results == {str(Paid.DONE): 5, "FlashMissed": 19, "end": 1}
    await market.turn(10_000)
    assert stock_of(market.database, "tea") == (5, 0, 5)
    market.check()
