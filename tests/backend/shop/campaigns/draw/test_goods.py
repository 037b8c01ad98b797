"""Goods as the prize of a draw: set aside when it is armed, and free again where nobody has them."""

import pytest

from backend.contract.campaigns import Campaign, CampaignPhase
from backend.contract.prizes import MOST_PRIZE_YUAN, PrizeCounts
from backend.contract.sale_settings import Profile
from backend.shop.campaigns.draw.goods import BUNDLE, TWO_PRIZES, UNKNOWN_SKU
from backend.shop.campaigns.kind import NotArmed
from backend.shop.settings import write_profile
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.draw.desk import CUP, DRAIN_MS, OPEN_MS, DrawDesk, detail_of
from tests.backend.shop.goods import put_on_sale

THREE = ("v_0", "v_1", "v_2")
TOO_DEAR = 100 * MOST_PRIZE_YUAN + 1


@pytest.fixture(autouse=True)
def on_sale(desk: DrawDesk) -> None:
    put_on_sale(desk.database, CUP, price_minor=4900, stock=5)


async def test_the_units_that_can_be_won_are_set_aside_when_the_draw_opens(desk: DrawDesk) -> None:
    draw = await desk.open(sku_id=CUP, winners=3)
    assert desk.stock() == (5, 3, 0)
    goods = detail_of(draw).goods
    assert goods is not None
    assert (goods.sku_id, goods.spu_id, goods.title) == (CUP, CUP, "cup 礼盒")
    assert (goods.price_minor, goods.currency, goods.image_url) == (4900, "CNY", "/media/products/a.png")
    assert f'"sku_id":"{CUP}"' in detail_of(draw).terms_text
    assert (await desk.report(draw)).prizes == PrizeCounts(0, 0, 0, 0)


async def test_more_winners_than_free_units_are_refused_with_how_many_there_are(desk: DrawDesk) -> None:
    refused = as_type(NotArmed, await desk.try_to_open(sku_id=CUP, winners=6))
    assert refused.code == "no_stock"
    assert refused.detail.startswith("5 of it are free")
    assert desk.stock() == (5, 0, 0)


async def test_goods_that_nobody_could_be_sent_are_refused(desk: DrawDesk) -> None:
    put_on_sale(desk.database, "set", components={CUP: 2})
    assert await desk.try_to_open(sku_id="nothing") == UNKNOWN_SKU
    assert await desk.try_to_open(sku_id="set") == BUNDLE
    assert await desk.try_to_open(sku_id=CUP, prize_coins=5) == TWO_PRIZES
    assert desk.stock() == (5, 0, 0)


@pytest.mark.parametrize(("profile", "is_refused"), [(Profile.CN, True), (Profile.OTHER, False)])
async def test_under_the_rules_of_china_a_prize_is_worth_so_much_at_most(
    desk: DrawDesk, profile: Profile, *, is_refused: bool
) -> None:
    put_on_sale(desk.database, "watch", price_minor=TOO_DEAR, stock=1)
    put_on_sale(desk.database, "ring", price_minor=TOO_DEAR - 1, stock=1)
    with desk.database.transaction() as connection:
        write_profile(connection, profile)
    armed = await desk.try_to_open(sku_id="watch")
    assert isinstance(armed, NotArmed) is is_refused
    if isinstance(armed, NotArmed):
        assert (armed.code, armed.allowed) == ("prize_too_dear", "¥50,000.00")
        assert isinstance(await desk.try_to_open(sku_id="ring"), Campaign)


async def test_a_draw_that_is_called_off_gives_all_units_back(desk: DrawDesk) -> None:
    draw = await desk.open(sku_id=CUP, winners=3)
    await desk.enter(draw, *THREE)
    await desk.stop(draw)
    assert desk.stock() == (5, 0, 0)
    await desk.wait(OPEN_MS)
    assert desk.stock() == (5, 0, 0)
    assert (await desk.report(draw)).prizes == PrizeCounts(0, 0, returned=3, passed_on=0)


async def test_a_draw_that_is_called_off_while_it_is_drawn_gives_all_units_back(desk: DrawDesk) -> None:
    draw = await desk.open(sku_id=CUP, winners=3)
    await desk.until_drawing(draw, *THREE)
    await desk.stop(draw)
    assert desk.stock() == (5, 0, 0)


async def test_a_draw_that_nobody_entered_gives_all_units_back(desk: DrawDesk) -> None:
    draw = await desk.open(sku_id=CUP, winners=3)
    await desk.wait(OPEN_MS)
    await desk.wait(DRAIN_MS)
    assert (await desk.shown(draw)).phase is CampaignPhase.ENDED
    assert desk.stock() == (5, 0, 0)


async def test_units_that_nobody_won_go_back_with_the_result(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0", winners=3)
    assert [one.user_id for one in detail_of(draw).winners] == ["v_0"]
    assert desk.stock() == (5, 1, 0)
    assert (await desk.report(draw)).prizes == PrizeCounts(waiting=1, claimed=0, returned=2, passed_on=0)


@pytest.mark.parametrize("restart_before", [0, 1, 2, 3])
async def test_a_restart_in_any_phase_keeps_the_units_aside(desk: DrawDesk, restart_before: int) -> None:
    draw = await desk.open(sku_id=CUP, winners=2)
    await desk.enter(draw, *THREE)
    for step, ms in enumerate((OPEN_MS, DRAIN_MS, 5_000)):
        if step == restart_before:
            await desk.restart()
        assert desk.stock() == (5, 2, 0)
        await desk.wait(ms)
    if restart_before == 3:
        await desk.restart()
    assert desk.stock() == (5, 2, 0)
    assert (await desk.report(draw)).prizes == PrizeCounts(waiting=2, claimed=0, returned=0, passed_on=0)
