"""The buyer's orders: seen, paid later, called off, followed."""

import re

from playwright.async_api import expect

from backend.contract.orders import OrderState, PaymentState
from tests.player.shop.conftest import Stall
from tests.support.browser import Screen
from tests.support.shopper import Shopper, choose_outcome


async def place_order(shopper: Shopper, title: str = "明前龙井") -> None:
    """Place an order, and leave the cashier without paying."""
    await shopper.go_to_checkout(title)
    await shopper.fill_address()
    await (await shopper.pay()).close()
    await shopper.until_stage("pending")
    await shopper.view.locator(".shop__close").click()
    await expect(shopper.dialog).to_be_hidden()


async def open_orders(shopper: Shopper) -> None:
    await shopper.open_list()
    await shopper.view.get_by_role("button", name="我的订单").click()
    await expect(shopper.view.locator("li.box").first).to_be_visible()


async def test_an_order_that_was_left_is_paid_later(stall: Stall) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await open_orders(shopper)
    async with shopper.page.context.expect_page() as opened:
        await shopper.view.get_by_role("button", name=re.compile(r"付款 1[45]:\d\d")).click()
    cashier = await opened.value
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
    [order] = await stall.orders()
    assert order.payment_state is PaymentState.PAID
    await shopper.page.go_back()
    await expect(shopper.view.locator("li.box")).to_contain_text("已付款，备货中")


async def test_an_unpaid_order_is_cancelled_after_a_second_question(stall: Stall) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await open_orders(shopper)
    await shopper.view.get_by_role("button", name=re.compile("^查看")).click()
    await shopper.focus("order_cancel").click()
    await expect(shopper.body).to_contain_text("没有扣过款")
    await shopper.focus("order_cancel_not").click()
    assert [order.state for order in await stall.orders()] == [OrderState.OPEN]
    await shopper.focus("order_cancel").click()
    await shopper.focus("order_cancel_do").click()
    await expect(shopper.body.locator(".shop__now")).to_have_text("已取消")
    assert [order.state for order in await stall.orders()] == [OrderState.CANCELLED]
    await expect(shopper.view.locator(".shop__foot")).to_be_hidden()


async def test_an_open_order_shows_what_the_shop_does_with_it(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    cashier = await shopper.pay()
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
    await shopper.focus("order").click()
    await expect(shopper.body).to_contain_text("已付款，备货中")
    [order] = await stall.orders()
    await stall.ship(order)
    await expect(shopper.body).to_contain_text("SF139044712086")
    await expect(shopper.body.locator(".shop__now")).to_have_text("包裹在路上")


async def test_an_open_list_shows_what_others_leave(stall: Stall) -> None:
    await stall.sell_hoodies()
    first, second = await stall.shopper(), await stall.shopper()
    await second.open_product("套头帽衫")
    await expect(second.focus("尺码=S")).to_contain_text("剩 3")
    await first.go_to_checkout("套头帽衫")
    await first.fill_address()
    await first.pay()
    await expect(second.focus("尺码=S")).to_contain_text("剩 2")


async def test_nothing_of_one_viewer_is_shown_to_the_next(stall: Stall) -> None:
    shopper = await stall.shopper(Screen(1440, 900))
    shopper.complaints.expect("401", "403")
    await place_order(shopper)
    await shopper.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    await shopper.page.reload()
    await shopper.open_list()
    await shopper.view.get_by_role("button", name="我的订单").click()
    await expect(shopper.view).to_contain_text("还没有订单")


async def test_a_shop_that_does_not_answer_is_asked_again_by_a_tap(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("503")
    await shopper.page.route("**/api/v1/rooms/*/products", lambda route: route.fulfill(status=503))
    await shopper.page.locator(".shop-open").click()
    await expect(shopper.view).to_contain_text("没有加载出来")
    await shopper.page.unroute("**/api/v1/rooms/*/products")
    await shopper.view.get_by_role("button", name="再试一次").click()
    await expect(shopper.row("明前龙井")).to_be_visible()


async def test_an_empty_shop_says_so(stall: Stall) -> None:
    await stall.clear()
    shopper = await stall.shopper()
    await shopper.page.locator(".shop-open").click()
    await expect(shopper.view).to_contain_text("还没有上架商品")


async def test_many_products_are_found_by_number_and_by_word(stall: Stall) -> None:
    await stall.sell_many(12)
    shopper = await stall.shopper()
    await shopper.open_list()
    search = shopper.view.get_by_role("searchbox")
    await search.fill("3")
    await expect(shopper.view.locator("li.goods").first).to_contain_text("3号")
    await search.fill("杯子 7")
    await expect(shopper.view.locator("li.goods .goods__title")).to_have_text(["杯子 7"])
    await search.fill("没有的东西")
    await expect(shopper.view).to_contain_text("没有找到")


async def test_a_product_can_be_asked_for_once(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.open_product("跑步鞋")
    await shopper.focus("ask").click()
    await expect(shopper.focus("ask")).to_have_text("已求讲解")
    await expect(shopper.focus("ask")).to_be_disabled()
    await shopper.page.go_back()
    await expect(shopper.row("跑步鞋")).to_contain_text("1 人求讲解")
