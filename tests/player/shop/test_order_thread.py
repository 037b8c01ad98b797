"""The thread of an order: written, answered at once, told of where it was not read."""

import asyncio

from playwright.async_api import Route, expect

from backend.contract.order_messages import OrderMessage
from backend.contract.orders import Order
from tests.backend.http.api.shopping import answer
from tests.player.shop.conftest import MARKUP, Stall
from tests.player.shop.test_orders import open_orders, place_order
from tests.support.shopper import Shopper


async def say(stall: Stall, order: Order, text: str) -> None:
    """The shop writes to the buyer."""
    path = f"orders/{order.order_id}/messages"
    answer(OrderMessage, await stall._host.post(path, {"text": text}), 201)


async def open_thread(shopper: Shopper) -> None:
    await open_orders(shopper)
    await shopper.view.locator("li.box button").first.click()
    await shopper.focus("talk").click()
    await expect(shopper.view.locator(".thread__field")).to_be_enabled()


async def test_a_buyer_writes_by_the_keyboard_and_sees_the_answer_at_once(stall: Stall) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await open_thread(shopper)
    field, rows = shopper.view.locator(".thread__field"), shopper.view.locator(".thread__row")
    await field.fill(MARKUP)
    await field.press("Enter")
    await expect(rows).to_have_count(1)
    await expect(rows.locator(".thread__text")).to_have_text(MARKUP)
    await expect(field).to_have_value("")
    [order] = await stall.orders()
    assert order.unread == 1
    await say(stall, order, "可以的")
    await expect(rows).to_have_count(2)
    await expect(rows.last).to_contain_text("商家")


async def test_what_the_shop_wrote_is_marked_until_it_is_read(stall: Stall) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await shopper.open_list()
    [order] = await stall.orders()
    await say(stall, order, "在吗")
    await expect(shopper.focus("orders")).to_have_accessible_name("我的订单，有新留言")
    await shopper.focus("orders").click()
    await expect(shopper.view.locator("li.box")).to_contain_text("1 条新留言")
    await shopper.view.locator("li.box button").first.click()
    await expect(shopper.focus("talk")).to_have_accessible_name("联系商家，1 条未读")
    await shopper.focus("talk").click()
    await expect(shopper.view.locator(".thread__row")).to_have_count(1)
    await shopper.page.go_back()
    await expect(shopper.focus("talk")).to_have_accessible_name("联系商家")
    await shopper.page.go_back()
    await expect(shopper.view.locator("li.box")).not_to_contain_text("新留言")


async def test_who_writes_too_much_is_told_and_keeps_the_words(stall: Stall) -> None:
    shopper = await stall.shopper(locale="en-GB")
    await place_order(shopper)
    await shopper.open_list()
    await shopper.focus("orders").click()
    await shopper.view.locator("li.box button").first.click()
    await shopper.focus("talk").click()
    field, rows = shopper.view.locator(".thread__field"), shopper.view.locator(".thread__row")
    for number in range(10):
        await field.fill(str(number))
        await field.press("Enter")
        await expect(rows).to_have_count(number + 1)
        await expect(field).to_have_value("")
    shopper.complaints.expect("429")
    await field.fill("one more")
    await field.press("Enter")
    await expect(shopper.body.locator(".note")).to_contain_text("Wait a moment")
    await expect(field).to_have_value("one more")


async def test_an_answer_that_comes_late_leaves_the_thread_of_another_order_alone(stall: Stall) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await shopper.go_to_checkout()
    await (await shopper.pay()).close()
    await shopper.until_stage("pending")
    await shopper.view.locator(".shop__close").click()
    let_go = asyncio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == "POST":
            await let_go.wait()
        await route.continue_()

    await open_thread(shopper)
    await shopper.page.route("**/messages", hold)
    field, rows = shopper.view.locator(".thread__field"), shopper.view.locator(".thread__row")
    await field.fill("给第一单")
    await field.press("Enter")
    await shopper.page.go_back()
    await shopper.page.go_back()
    await shopper.view.locator("li.box").nth(1).locator("button").first.click()
    await shopper.focus("talk").click()
    await expect(field).to_be_enabled()
    await field.fill("还没发出")
    async with shopper.page.expect_response(lambda answer: answer.request.method == "POST"):
        let_go.set()
    await expect(rows).to_have_count(0)
    await expect(field).to_have_value("还没发出")


async def test_what_the_shop_wrote_is_marked_at_the_bag_after_a_reload_too_until_it_is_read(
    stall: Stall,
) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    news, bag = shopper.page.locator(".shop-open__news"), shopper.page.locator(".shop-open")
    await expect(news).to_be_hidden()
    [order] = await stall.orders()
    await say(stall, order, "在吗")
    await expect(news).to_be_visible()
    await expect(bag).to_have_accessible_name("商品袋，商家有 1 条新留言")
    await shopper.page.reload()
    await expect(news).to_be_visible()
    await open_thread(shopper)
    await expect(shopper.view.locator(".thread__row")).to_have_count(1)
    await expect(news).to_be_hidden()
