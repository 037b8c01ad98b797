"""A buyer takes the data along and has it erased, in the player."""

import json
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.player.shop.test_orders import place_order
from tests.player.shop.test_shop_layout import check
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import ADDRESS, Shopper


async def open_my_data(shopper: Shopper, orders: str = "我的订单") -> None:
    await shopper.open_list()
    await shopper.view.get_by_role("button", name=orders).click()
    await shopper.focus("my_data").click()
    await expect(shopper.focus("take")).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "locale", "orders"),
    [
        (PHONE, "zh-CN", "我的订单"),
        (PHONE_ON_ITS_SIDE, "en-US", "My orders"),
        (Screen(1440, 900), "en-US", "My orders"),
    ],
    ids=lambda value: getattr(value, "width", value),
)
async def test_who_bought_nothing_sees_what_can_be_done(
    stall: Stall, screen: Screen, locale: str, orders: str
) -> None:
    shopper = await stall.shopper(screen, locale)
    await open_my_data(shopper, orders)
    await check(shopper)
    await shopper.focus("erase").click()
    await expect(shopper.focus("erase_yes")).to_be_visible()
    await check(shopper)
    await shopper.focus("erase_yes").click()
    await expect(shopper.body.get_by_role("status")).to_be_visible()
    await check(shopper)


async def test_the_file_holds_the_buyers_orders(stall: Stall, tmp_path: Path) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await open_my_data(shopper)
    async with shopper.page.expect_download() as downloading:
        await shopper.focus("take").click()
    await (await downloading.value).save_as(tmp_path / "data.json")
    data = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    [order] = await stall.orders()
    assert [one["number"] for one in data["orders"]] == [order.number]
    assert data["addresses"][0]["address"]["street"] == ADDRESS["street"]


async def test_an_open_order_is_named_and_then_all_is_erased(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("/api/v1/me/erase")
    await place_order(shopper)
    [order] = await stall.orders()
    await open_my_data(shopper)
    await shopper.focus("erase").click()
    await shopper.focus("erase_yes").click()
    await expect(shopper.body.get_by_role("alert")).to_contain_text(order.number[:6])
    await shopper.page.go_back()
    await shopper.view.locator("li.box button").first.click()
    await shopper.focus("order_cancel").click()
    await shopper.focus("order_cancel_do").click()
    await expect(shopper.body.locator(".shop__now")).to_have_text("已取消")
    await shopper.page.go_back()
    await shopper.focus("my_data").click()
    await shopper.focus("erase").click()
    await shopper.focus("erase_yes").click()
    await expect(shopper.body.get_by_role("status")).to_contain_text("地址簿已删除")
    kept = await shopper.page.evaluate("JSON.stringify(Object.values(localStorage))")
    assert ADDRESS["street"] not in kept


async def test_an_erasure_without_an_answer_says_that_it_is_tried_again(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("/api/v1/me/erase")
    await shopper.page.route("**/api/v1/me/erase", lambda route: route.fulfill(status=503, body=""))
    await open_my_data(shopper)
    await shopper.focus("erase").click()
    await shopper.focus("erase_yes").click()
    await expect(shopper.body).to_contain_text("正在重试")


async def test_an_erasure_that_is_refused_says_why(stall: Stall) -> None:
    shopper = await stall.shopper(PHONE, "en-US")
    shopper.complaints.expect("/api/v1/me/erase")
    await shopper.page.route("**/api/v1/me/erase", lambda route: route.fulfill(status=401, body=""))
    await open_my_data(shopper, "My orders")
    await shopper.focus("erase").click()
    await shopper.focus("erase_yes").click()
    await expect(shopper.body.get_by_role("alert")).to_contain_text("The room had lost you")


async def test_what_was_to_be_erased_when_the_page_was_left_is_gone_after_a_reload(stall: Stall) -> None:
    shopper = await stall.shopper()
    await open_my_data(shopper)
    await shopper.focus("erase").click()
    async with shopper.losing_answers("**/me/erase"):
        await shopper.focus("erase_yes").click()
    await shopper.page.reload()
    await expect(shopper.body.get_by_role("status")).to_contain_text("不再知道你的地址")
    await expect(shopper.focus("erase")).to_be_enabled()


async def test_who_is_erased_leaves_the_room_and_the_page_says_until_when(stall: Stall) -> None:
    shopper, other = await stall.shopper(), await stall.shopper()
    await say(shopper, "我想买这个茶")
    await expect(other.page.locator(".line__text")).to_have_text(["我想买这个茶"])
    await open_my_data(shopper)
    await shopper.focus("erase").click()
    await shopper.focus("erase_yes").click()
    await expect(shopper.body.get_by_role("status")).to_contain_text("历史记录正在清除")
    await expect(other.page.locator(".line__text")).to_have_count(0)


async def test_an_account_that_is_erased_is_left_and_what_was_done_stays_to_be_read(stall: Stall) -> None:
    shopper, other = await stall.shopper(), await stall.shopper(Screen(1440, 900), "en-US")
    page = shopper.page
    await page.locator(".more").click()
    await page.locator(".account-open").click()
    await page.locator("[data-to=sign_up]").click()
    for field, value in (("name", "小王"), ("password", "correct horse")):
        await page.locator(f"form[data-view=sign_up] [name={field}]").fill(value)
    await page.keyboard.press("Enter")
    await expect(page.locator("account-sheet dialog")).to_be_hidden()
    await say(shopper, "我想买这个茶")
    line = other.page.locator(".line")
    await expect(line).to_have_count(1)
    await line.click()
    await other.page.locator(".composer__input").fill("me too")
    await other.page.locator(".composer__input").press("Enter")
    await expect(other.page.locator(".line__reply")).to_have_text("@小王")
    await open_my_data(shopper)
    await shopper.focus("erase").click()
    await shopper.focus("erase_yes").click()
    await expect(shopper.body.get_by_role("status")).to_contain_text("历史记录正在清除")
    await expect(other.page.locator(".line")).to_have_count(1)
    await expect(other.page.locator(".line__reply")).to_have_text("@Deleted user")
    await expect(page.locator(".line")).to_have_count(1)
    await expect(page.locator(".line__reply")).to_have_text("@已注销用户")
    await expect(shopper.body.get_by_role("status")).to_contain_text("历史记录正在清除")
    assert "小王" not in await page.evaluate("JSON.stringify(localStorage)")


async def say(shopper: Shopper, text: str) -> None:
    """Write a danmu."""
    await shopper.page.locator(".composer__input").fill(text)
    await shopper.page.locator(".composer__input").press("Enter")
    await expect(shopper.page.locator(".line__text")).to_have_text([text])
    await shopper.page.locator(".composer__input").blur()
