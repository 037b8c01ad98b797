"""The list of the shop's products, long ones too."""

from playwright.async_api import expect

from tests.player.shop.conftest import Stall


async def test_a_long_list_shows_all_products_in_the_hosts_order(stall: Stall) -> None:
    await stall.sell_many(60)
    shopper = await stall.shopper()
    await shopper.open_list()
    cups = shopper.view.locator("li.goods").filter(has_text="杯子")
    await expect(cups).to_have_count(60, timeout=60_000)
    titles = await cups.locator(".goods__title").all_text_contents()
    assert titles == [f"杯子 {number}" for number in range(1, 61)]


async def test_rows_that_show_the_same_are_not_made_again(stall: Stall) -> None:
    await stall.sell_many(30)
    shopper = await stall.shopper()
    await shopper.open_list()
    await expect(shopper.row("杯子 30")).to_be_visible(timeout=60_000)
    row = await shopper.row("杯子 30").element_handle()
    search = shopper.view.locator(".shop__search")
    await search.fill("杯子 30")
    await expect(shopper.view.locator("li.goods")).to_have_count(1)
    await search.fill("")
    await expect(shopper.row("杯子 30")).to_be_visible(timeout=60_000)
    assert row is not None
    assert await row.evaluate("row => row.isConnected")
