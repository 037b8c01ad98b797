"""A node that dies with a campaign of any kind in any phase: another one goes on with it, exactly."""

import asyncio
import copy
from collections import Counter
from collections.abc import Iterator

import pytest

from backend.contract.campaigns import CampaignPhase
from backend.contract.draws import REVEAL_S
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.orders.results import FlashMissed, Placed
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.engines import PostgresServer
from tests.backend.shop.campaigns.draw.desk import OPEN_MS, DrawDesk, detail_of
from tests.backend.shop.campaigns.red_packet.desk import COUNTDOWN_MS, PacketDesk
from tests.backend.shop.campaigns.wheel.desk import WheelDesk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.flash_sale.market import DURATION_MS, Market
from tests.backend.shop.goods import STAFF, open_rooms, put_on_sale, stock_of, take_all_methods
from tests.support.postgres import Postgres

TEN_MINUTES_MS = 600_000
PREHEAT, OPEN, CLOSING, DRAWING = (
    CampaignPhase.PREHEAT,
    CampaignPhase.OPEN,
    CampaignPhase.CLOSING,
    CampaignPhase.DRAWING,
)


@pytest.fixture
def lines(postgres: Postgres) -> Iterator[tuple[Database, Database]]:
    """The lines of two nodes to one database."""
    address = postgres.new_migrated()
    one, other = Database(PostgresServer(address)), Database(PostgresServer(address))
    yield one, other
    one.close()
    other.close()


@pytest.mark.parametrize("phase", [PREHEAT, OPEN, CLOSING])
async def test_a_packet_goes_on_at_another_node(
    lines: tuple[Database, Database], clock: Clock, phase: CampaignPhase
) -> None:
    desk = PacketDesk(lines[0], clock)
    campaign = await desk.arm(3, 100)
    if phase is not PREHEAT:
        await desk.wait(COUNTDOWN_MS)
        assert await desk.claim(campaign, "anna") is None
    if phase is CLOSING:
        await desk.wait(TEN_MINUTES_MS)
    assert desk.now().phase is phase
    await desk.die(lines[1])
    if phase is PREHEAT:
        await desk.wait(COUNTDOWN_MS)
    assert await desk.claim(campaign, "bert", in_ms=-5 if phase is CLOSING else 0) is None
    for _ in range(3):
        await desk.wait(TEN_MINUTES_MS)
    assert desk.now().phase is CampaignPhase.ENDED
    parts = [await desk.part_of(campaign, user_id) for user_id in ("anna", "bert")]
    assert desk.given() == sum(part.coins for part in parts) > 0
    await desk.close()


@pytest.mark.parametrize("phase", [PREHEAT, OPEN, CLOSING])
async def test_a_wheel_goes_on_at_another_node(
    lines: tuple[Database, Database], clock: Clock, phase: CampaignPhase
) -> None:
    desk = WheelDesk(lines[0], clock)
    campaign = await desk.announced()
    if phase is not PREHEAT:
        await desk.wait(COUNTDOWN_MS)
        assert await desk.spin(campaign, "anna") is None
    if phase is CLOSING:
        await desk.wait(TEN_MINUTES_MS)
    assert desk.now().phase is phase
    await desk.die(lines[1])
    if phase is PREHEAT:
        await desk.wait(COUNTDOWN_MS)
    assert await desk.spin(campaign, "bert", in_ms=-5 if phase is CLOSING else 0) is None
    for _ in range(3):
        await desk.wait(TEN_MINUTES_MS)
    assert desk.now().phase is CampaignPhase.ENDED
    taken = 1 if phase is PREHEAT else 2
    assert [place for place, _, _ in desk.spins()] == list(range(taken))
    parts = [await desk.part_of(campaign, user_id) for user_id in ("anna", "bert")]
    assert desk.given() == sum(part.coins for part in parts)
    await desk.close()


@pytest.mark.parametrize("phase", [OPEN, CLOSING, DRAWING])
async def test_a_draw_goes_on_at_another_node(
    lines: tuple[Database, Database], clock: Clock, phase: CampaignPhase
) -> None:
    desk = DrawDesk(lines[0], clock)
    draw = await desk.open(prize_coins=10)
    assert await desk.enter(draw, "v_0") == [None]
    if phase is not OPEN:
        await desk.wait(OPEN_MS)
    if phase is DRAWING:
        await desk.wait(DRAINED_AFTER_MS)
    assert desk.told()[-1].phase is phase
    await desk.die(lines[1])
    if phase is not DRAWING:
        assert await desk.enter(draw, "v_1", in_ms=-5 if phase is CLOSING else 0) == [None]
    await desk.wait(OPEN_MS)
    for _ in range(4):
        await desk.wait(REVEAL_S * 1000)
    shown = await desk.shown(draw)
    assert shown.phase is CampaignPhase.ENDED
    [winner] = detail_of(shown).winners
    assert (await desk.part_of(draw, winner.user_id)).coins == 10
    assert desk.granted() == [(winner.user_id, 10)]
    await desk.close()


# --- Flash sales ---


def _open_markets(lines: tuple[Database, Database], clock: Clock) -> tuple[Market, Market]:
    """Return one market as two nodes have it, with ten units of tea."""
    open_rooms(lines[0])
    take_all_methods(lines[0])
    put_on_sale(lines[0], "tea", price_minor=100, stock=10)
    here = Market(lines[0], Shop(lines[0], clock_ms=clock), clock)
    there = copy.copy(here)
    there.database, there.shop = lines[1], Shop(lines[1], clock_ms=clock)
    return here, there


async def _close(*markets: Market) -> None:
    for market in markets:
        await asyncio.to_thread(market.shop.close)


@pytest.mark.parametrize("phase", [PREHEAT, OPEN, CLOSING])
async def test_a_flash_sale_goes_on_at_another_node(
    lines: tuple[Database, Database], clock: Clock, phase: CampaignPhase
) -> None:
    here, there = _open_markets(lines, clock)
    armed = await here.announced(quota=2)
    there.campaign_id = here.campaign_id
    quotes = {buyer: await here.quote(buyer, early=True) for buyer in ("ann", "bob")}
    if phase is not PREHEAT:
        await here.turn(COUNTDOWN_MS)
        assert isinstance(await here.place("ann", quotes["ann"]), Placed)
    if phase is CLOSING:
        await here.turn(DURATION_MS)
    assert (await here.shown())[0].phase is phase
    await _close(here)
    if phase is PREHEAT:
        await there.turn(COUNTDOWN_MS)
    in_time_ms = armed.closes_at_ms - 5 if phase is CLOSING else clock()
    assert isinstance(await there.place("bob", quotes["bob"], received_at_ms=in_time_ms), Placed)
    for _ in range(3):
        await there.turn(DURATION_MS)
    campaign, detail = await there.shown()
    assert (campaign.phase, detail.reserved) == (CampaignPhase.ENDED, 1 if phase is PREHEAT else 2)
    there.check()
    await _close(there)


async def test_buyers_who_race_at_two_nodes_get_exactly_the_quota(
    lines: tuple[Database, Database], clock: Clock
) -> None:
    here, there = _open_markets(lines, clock)
    await here.running(quota=10)
    there.campaign_id = here.campaign_id
    buyers = [f"b{number}" for number in range(64)]
    quotes = {buyer: await here.quote(buyer) for buyer in buyers}
    results = await asyncio.gather(
        *((here, there)[number % 2].place(buyer, quotes[buyer]) for number, buyer in enumerate(buyers))
    )
    assert Counter(type(one) for one in results) == {Placed: 10, FlashMissed: 54}
    assert stock_of(here.database, "tea") == (10, 10, 0)
    here.check()
    # Each node counts what it refused.
    await there.shop.campaigns.report(STAFF, there.campaign_id)
    report = await here.shop.campaigns.report(STAFF, here.campaign_id)
    assert report is not None
    assert {one.outcome: one.count for one in report.outcomes} == {"accepted": 10, "none_left": 54}
    await _close(here, there)
