"""Goods won in a draw, in real browsers: claimed with an address, and an order that costs nothing."""

import asyncio
import os
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import expect

from backend.contract.campaigns import Campaign
from backend.storage.database import Database
from tests.backend.shop.goods import put_on_sale
from tests.player.campaigns.draw.conftest import DrawRoom, DrawViewer
from tests.support.shopper import ADDRESS, Shopper

LOOK = os.environ.get("LIVESTALL_LOOK", "")
FLASK: Final = "flask"


@pytest.fixture
async def flask(tmp_path: Path, draw_room: DrawRoom) -> None:
    """Flasks are on sale."""

    def put() -> None:
        database = Database(tmp_path)
        put_on_sale(database, FLASK, price_minor=12_900, stock=3)
        database.close()

    await asyncio.to_thread(put)


async def look(viewer: DrawViewer, name: str) -> None:
    if LOOK:
        await viewer.page.screenshot(path=f"{LOOK}/{name}.png")


def shopper_of(viewer: DrawViewer) -> Shopper:
    # The flask has a picture that nobody uploaded.
    viewer.complaints.expect("/media/products/")
    return Shopper(viewer.page, viewer.page.url)


async def fill_address(shopper: Shopper) -> None:
    for name, value in ADDRESS.items():
        await shopper.page.locator(f"#shop-address-{name}").fill(value)
    await shopper.focus("save").click()


async def won(draw_room: DrawRoom, viewer: DrawViewer) -> Campaign:
    """Let a viewer win a flask."""
    draw = await draw_room.draw(sku_id=FLASK)
    await viewer.enter()
    await draw_room.close(draw)
    await expect(viewer.title).to_have_text("恭喜，你中奖了")
    return draw


@pytest.mark.usefixtures("flask")
async def test_who_wins_goods_says_where_they_go_and_has_an_order_that_costs_nothing(
    draw_room: DrawRoom,
) -> None:
    viewer = await draw_room.viewer()
    shopper = shopper_of(viewer)
    await won(draw_room, viewer)
    await expect(viewer.sheet.locator(".draw__prize")).to_contain_text("价值 ¥129，共 1 份，包邮")
    await expect(viewer.sheet.locator(".draw__line")).to_contain_text("前确认收货地址，逾期归下一位")
    await expect(viewer.main).to_have_text("确认收货地址，免费")
    await expect(viewer.pill).to_have_text("去领奖")
    await look(viewer, "prize-won")
    await viewer.main.click()
    await expect(shopper.view).to_contain_text("flask 礼盒")
    await expect(shopper.focus("main")).to_have_text("填写收货地址")
    await look(viewer, "prize-no-address")
    await shopper.focus("main").click()
    await fill_address(shopper)
    await expect(shopper.focus("main")).to_have_text("确认收货地址，免费")
    await expect(shopper.view).to_contain_text(ADDRESS["street"])
    await look(viewer, "prize-claim")
    await shopper.focus("main").click()
    await expect(shopper.body.locator(".axes")).to_be_visible()
    await expect(shopper.body).to_contain_text("¥0.00")
    await look(viewer, "prize-order")
    await viewer.page.keyboard.press("Escape")
    await viewer.open()
    await expect(viewer.sheet.locator(".draw__line")).to_have_text("地址已确认，等待发货")
    await expect(viewer.main).to_have_text("查看奖品")


@pytest.mark.usefixtures("flask")
async def test_goods_that_wait_stand_above_the_orders_after_a_reload_too(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer(locale="en-GB")
    shopper = shopper_of(viewer)
    draw = await draw_room.draw(sku_id=FLASK)
    await viewer.open()
    await viewer.main.click()
    await viewer.page.locator(".age__yes").click()
    await expect(viewer.title).to_have_text("You are in")
    await draw_room.close(draw)
    await expect(viewer.title).to_have_text("You won")
    await viewer.page.reload()
    await shopper.open_list()
    await shopper.focus("orders").click()
    await expect(shopper.view).to_contain_text("Prizes to claim")
    await look(viewer, "prize-orders")
    await shopper.view.get_by_role("button", name="Claim 钛钢保温杯 500ml 送杯刷").click()
    await expect(shopper.view).to_contain_text("Worth ¥129 · Free, shipping included")
    await expect(shopper.view).to_contain_text("or the next one gets it")
    await viewer.page.reload()
    await expect(shopper.focus("main")).to_have_text("Add an address")
    await look(viewer, "prize-reloaded")


@pytest.mark.usefixtures("flask")
async def test_a_claim_whose_answer_is_lost_can_be_made_again_and_sends_one(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer()
    shopper = shopper_of(viewer)
    await won(draw_room, viewer)
    await viewer.main.click()
    await shopper.focus("main").click()
    await fill_address(shopper)
    async with shopper.losing_answers("**/campaigns/*/prize"):
        await shopper.focus("main").click()
    await expect(shopper.view).to_contain_text("地址已确认，等待发货")
    await expect(shopper.view).not_to_contain_text("没有收到答复")
    await expect(shopper.focus("main")).to_have_text("查看订单")
    await shopper.focus("main").click()
    await expect(shopper.body.locator(".axes")).to_be_visible()
    viewer.complaints.expect("ERR_FAILED")
