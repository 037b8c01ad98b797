"""An order is found by its number and phone on a device that does not know it."""

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.player.shop.test_shop_layout import check
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import ADDRESS, Shopper


async def open_finder(shopper: Shopper, orders: str) -> None:
    await shopper.open_list()
    await shopper.view.get_by_role("button", name=orders).click()
    await shopper.focus("find_order").click()
    await expect(shopper.page.locator("#shop-find-number")).to_be_visible()


async def find(shopper: Shopper, number: str, phone: str) -> None:
    await shopper.page.locator("#shop-find-number").fill(number)
    await shopper.page.locator("#shop-find-phone").fill(phone)
    await shopper.focus("find").click()


@pytest.mark.parametrize(
    ("screen", "locale", "orders"),
    [
        (PHONE, "zh-CN", "我的订单"),
        (PHONE_ON_ITS_SIDE, "en-US", "My orders"),
        (Screen(1440, 900), "en-US", "My orders"),
    ],
    ids=lambda value: getattr(value, "width", value),
)
async def test_an_order_is_found_on_another_device(
    stall: Stall, screen: Screen, locale: str, orders: str
) -> None:
    await (await stall.shopper()).buy()
    [order] = await stall.orders()
    await stall.ship(order)
    shopper = await stall.shopper(screen, locale)
    await open_finder(shopper, orders)
    await find(shopper, f"{order.number[:6]} {order.number[6:]}", ADDRESS["phone"])
    await expect(shopper.body).to_contain_text("SF139044712086")
    await expect(shopper.body).not_to_contain_text(ADDRESS["street"])
    await expect(shopper.body).not_to_contain_text(ADDRESS["name"])
    await check(shopper)


async def test_a_wrong_phone_finds_nothing_and_says_what_to_check(stall: Stall) -> None:
    buyer = await stall.shopper()
    await buyer.buy()
    [order] = await stall.orders()
    shopper = await stall.shopper()
    shopper.complaints.expect("/api/v1/order-lookups")
    await open_finder(shopper, "我的订单")
    await shopper.focus("find").click()
    await expect(shopper.body).to_contain_text("请填写订单号")
    await find(shopper, order.number, "13900000000")
    await expect(shopper.body.get_by_role("alert")).to_contain_text("请核对订单号")
    await expect(shopper.body).not_to_contain_text("SF")


async def test_an_order_that_was_found_goes_when_another_one_is_looked_for(stall: Stall) -> None:
    await (await stall.shopper()).buy()
    [order] = await stall.orders()
    await stall.ship(order)
    shopper = await stall.shopper()
    await open_finder(shopper, "我的订单")
    await find(shopper, order.number, ADDRESS["phone"])
    await expect(shopper.body).to_contain_text("SF139044712086")
    await shopper.page.locator("#shop-find-number").fill("")
    await expect(shopper.body).not_to_contain_text("SF139044712086")


async def test_a_search_that_the_shop_refuses_says_why_and_not_that_nothing_was_found(stall: Stall) -> None:
    shopper = await stall.shopper(PHONE, "en-US")
    shopper.complaints.expect("/api/v1/order-lookups")
    await shopper.page.route("**/api/v1/order-lookups", lambda route: route.fulfill(status=401, body=""))
    await open_finder(shopper, "My orders")
    await find(shopper, "123", ADDRESS["phone"])
    await expect(shopper.body.get_by_role("alert")).to_contain_text("The room had lost you")
