"""An order on paper: the receipt, and nothing of the room around it."""

from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.player.shop.test_orders import open_orders, place_order


async def test_a_paid_order_is_printed_as_a_receipt_alone(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.page.evaluate("() => { window.printed = 0; window.print = () => window.printed++; }")
    await shopper.buy()
    await shopper.focus("print").click()
    assert await shopper.page.evaluate("window.printed") == 1
    receipt = shopper.view.locator(".receipt")
    await expect(receipt).to_be_hidden()
    await shopper.page.emulate_media(media="print")
    [order] = await stall.orders()
    await expect(receipt).to_contain_text("收据")
    await expect(receipt).to_contain_text(order.number[6:11])
    await expect(shopper.view.locator(".total")).to_contain_text("168.00")
    for part in (".frame", ".side", ".shop__head", ".shop__foot", ".shop__now"):
        await expect(shopper.page.locator(f"{part}:visible")).to_have_count(0)
    height = await shopper.body.evaluate("(one) => one.scrollHeight - one.clientHeight")
    assert height == 0


async def test_an_unpaid_order_has_no_receipt_to_print(stall: Stall) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await shopper.open_list()
    await shopper.view.get_by_role("button", name="我的订单").click()
    await shopper.view.locator("li.box button").first.click()
    await expect(shopper.body.locator(".axes")).to_be_visible()
    await expect(shopper.focus("print")).to_have_count(0)


async def test_an_order_that_was_called_off_when_the_page_was_left_is_off_after_a_reload(
    stall: Stall,
) -> None:
    shopper = await stall.shopper()
    await place_order(shopper)
    await open_orders(shopper)
    await shopper.view.locator("li.box button").first.click()
    await shopper.focus("order_cancel").click()
    async with shopper.losing_answers("**/cancel"):
        await shopper.focus("order_cancel_do").click()
    await shopper.page.reload()
    await expect(shopper.body.locator(".shop__now")).to_have_text("已取消")
    pending = "JSON.stringify(Object.entries(sessionStorage).filter(([key]) => key.includes('pending')))"
    await shopper.page.wait_for_function(f"!({pending}).includes('cancel')")
