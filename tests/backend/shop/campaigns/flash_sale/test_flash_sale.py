"""A flash sale from its announcement to its end, and what a restart makes of it."""

import asyncio

import pytest
from sqlalchemy import select

from backend.contract.campaigns import Campaign, CampaignPhase, EndReason, NewCampaign
from backend.contract.flash_sale import FlashPrice, FlashSaleTerms
from backend.shop.campaigns.campaigns import RUNS_ALREADY
from backend.shop.campaigns.flash_sale.flash_sale import DRAIN_MS, UNKNOWN_SKU
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.catalog_tables import STOCK_MOVEMENTS
from backend.storage.database import Database
from backend.storage.tables import LIVE_SESSIONS
from tests.backend.shop.conftest import Clock
from tests.backend.shop.flash_sale.market import COUNTDOWN_MS, DURATION_MS, PRICE, Market
from tests.backend.shop.goods import ROOM, STAFF, add_sku, put_on_sale, request_of


@pytest.fixture
async def market(shop: Shop, database: Database, clock: Clock) -> Market:
    """A room that is live and sells ten units of tea for 100."""
    put_on_sale(database, "tea", price_minor=100, stock=10)
    return Market(database, shop, clock)


async def test_a_quota_is_carved_out_by_movements_and_put_back_by_them(market: Market) -> None:
    await market.announced(quota=4)
    assert market.free() == 6
    await market.turn(COUNTDOWN_MS)
    await market.bought()
    await market.over()
    with market.database.reading() as connection:
        moved = STOCK_MOVEMENTS.c
        query = select(moved.kind, moved.reserved, moved.order_id.is_(None)).order_by(moved.movement_id)
        rows = [tuple(row) for row in connection.execute(query)][1:]
    assert rows == [
        ("flash_carve", 4, 1),
        ("flash_order", -1, 1),
        ("reserve", 1, 0),
        ("flash_return", -3, 1),
    ]
    market.check()


async def test_a_flash_sale_goes_from_preheat_to_open_to_closing_to_ended(market: Market) -> None:
    armed = await market.announced()
    assert armed.phase is CampaignPhase.PREHEAT
    assert armed.opens_at_ms == market.clock.now_ms + COUNTDOWN_MS
    phases: list[str] = [armed.phase]
    for by_ms in (COUNTDOWN_MS, DURATION_MS, DRAIN_MS):
        await market.turn(by_ms)
        phases.append((await market.shown())[0].phase)
    assert phases == ["preheat", "open", "closing", "ended"]
    assert (await market.shown())[0].end_reason is EndReason.TIME
    assert market.free() == 10


async def test_a_sale_whose_units_are_all_paid_is_over_at_once(market: Market) -> None:
    await market.running(quota=1)
    order = await market.bought()
    await market.sweep()
    assert (await market.shown())[0].phase is CampaignPhase.OPEN  # what is not paid may come back
    await market.pay(order)
    await market.sweep()
    campaign, detail = await market.shown()
    assert (campaign.phase, campaign.end_reason) == (CampaignPhase.ENDED, EndReason.NONE_LEFT)
    assert detail.sold == 1
    # A unit that comes back later is not sold at the price of a sale that everybody saw end.
    assert market.sale().closes_at_ms == market.clock()


async def test_a_running_sale_shows_what_is_left_within_a_sweep(market: Market) -> None:
    await market.running(quota=3)
    before, _ = await market.shown()
    await market.bought("ann")
    await market.bought("bob")
    await market.sweep()
    campaign, detail = await market.shown()
    assert (detail.offers[0].left, detail.reserved, campaign.phase) == (1, 2, CampaignPhase.OPEN)
    assert campaign.version == before.version + 1


async def test_a_sale_that_is_stopped_honours_what_came_before_and_says_why(market: Market) -> None:
    await market.running(quota=3)
    quote = await market.quote("ann")
    at_ms = market.clock.now_ms
    market.clock.turn(1000)
    stopped = await market.stop()
    assert isinstance(stopped, Campaign)
    assert (stopped.phase, stopped.public_reason) == (CampaignPhase.CLOSING, "The tea is wet")
    assert isinstance(await market.place("ann", quote, received_at_ms=at_ms), Placed)
    await market.turn(DRAIN_MS)
    campaign, _ = await market.shown()
    assert (campaign.phase, campaign.end_reason) == (CampaignPhase.ENDED, EndReason.STOPPED)
    assert market.free() == 9
    market.check()


async def test_a_sale_that_is_stopped_before_its_start_is_void_and_gives_all_back(market: Market) -> None:
    await market.announced(quota=3)
    stopped = await market.stop()
    assert isinstance(stopped, Campaign)
    assert stopped.phase is CampaignPhase.VOID
    assert market.free() == 10
    await market.turn(COUNTDOWN_MS)
    assert (await market.quote()).total_minor == 100
    market.check()


async def test_a_sale_ends_with_its_live_session(market: Market) -> None:
    await market.running(quota=3)
    with market.database.transaction() as connection:
        connection.execute(LIVE_SESSIONS.update().values(ended_at_ms=market.clock.now_ms))
    await market.sweep()
    await market.turn(DRAIN_MS)
    assert (await market.shown())[0].end_reason is EndReason.SESSION_ENDED
    assert market.free() == 10


async def test_a_price_without_a_sku_is_that_of_each_sku_on_sale(market: Market) -> None:
    add_sku(market.database, "tea", "tea-l", price_minor=120, stock=4)
    armed = await market.arm(FlashPrice("", PRICE, 3))
    assert isinstance(armed, Campaign)
    assert {name: one.quota for name, one in market.sale().offers.items()} == {"tea": 3, "tea-l": 3}


async def test_a_sale_of_a_product_without_skus_is_refused(market: Market) -> None:
    assert (
        await market.shop.campaigns.arm(
            STAFF, NewCampaign(FlashSaleTerms("nothing", [FlashPrice("", PRICE, 1)])), request_of("host", "k")
        )
        == UNKNOWN_SKU
    )


async def test_a_room_has_one_flash_sale_at_a_time(market: Market) -> None:
    await market.announced()
    again = await market.arm()
    assert again == RUNS_ALREADY


@pytest.mark.parametrize("phase", ["preheat", "open", "closing", "ended"])
async def test_a_restart_in_any_phase_goes_on_from_it(
    market: Market, database: Database, clock: Clock, phase: str
) -> None:
    armed = await market.announced(quota=2)
    quote, at_ms = await market.quote(early=True), armed.opens_at_ms
    turns = {"preheat": 0, "open": COUNTDOWN_MS, "closing": COUNTDOWN_MS + DURATION_MS}
    by_ms = turns.get(phase, COUNTDOWN_MS + DURATION_MS + DRAIN_MS)
    if phase != "preheat":
        await market.turn(COUNTDOWN_MS)
        clock.turn(by_ms - COUNTDOWN_MS)
        await market.sweep()
        if phase == "ended":
            await market.sweep()
    assert (await market.shown())[0].phase == phase

    other = Shop(database, clock_ms=clock)
    market.shop = other
    if phase == "preheat":
        await market.turn(COUNTDOWN_MS)
    assert isinstance(await market.place("ann", quote, received_at_ms=at_ms), Placed)
    for _ in range(3):
        await market.turn(DURATION_MS)
    campaign, detail = await market.shown()
    assert (campaign.phase, detail.reserved) == (CampaignPhase.ENDED, 1)
    assert market.free() == 9
    market.check()
    await asyncio.to_thread(other.close)


async def test_a_sale_that_slept_through_its_whole_time_opens_and_closes_when_the_shop_is_up_again(
    market: Market,
) -> None:
    await market.announced(quota=2)
    market.clock.turn(10 * DURATION_MS)
    for _ in range(4):
        await market.sweep()
    assert (await market.shown())[0].phase is CampaignPhase.ENDED
    assert market.free() == 10


async def test_a_report_of_a_sale_adds_up_and_names_the_money(market: Market) -> None:
    await market.running(quota=1)
    quotes = {name: await market.quote(name) for name in ("ann", "bob", "cat")}
    market.clock.turn(250)
    order = await market.bought("ann")
    await market.place("bob", quotes["bob"])
    await market.pay(order)
    await market.over()
    await market.place("cat", quotes["cat"])
    report = await market.shop.campaigns.report(STAFF, market.campaign_id)
    assert report is not None
    outcomes = {one.outcome: one.count for one in report.outcomes}
    assert outcomes == {"accepted": 1, "none_left": 1, "expired": 1}
    assert (report.received, report.people, report.gmv_minor) == (3, 1, PRICE)
    assert sum(one.count for one in report.arrivals) == report.received
    assert report.arrivals[0].tenth == 2


async def test_a_buyer_learns_that_they_have_part_in_a_sale(market: Market) -> None:
    await market.running()
    await market.bought("ann")
    for name, is_in in (("ann", True), ("bob", False)):
        part = await market.shop.campaigns.part_of(Person(name, ROOM), market.campaign_id)
        assert part is not None
        assert part.is_in is is_in
