"""The cart in the player: several products are bought by one order."""

from playwright.async_api import expect

from tests.player.shop.conftest import HOODIE, TEA, Stall
from tests.player.shop.test_shop_layout import check
from tests.support.browser import SMALL_PHONE
from tests.support.shopper import Shopper


async def fill(shopper: Shopper, *titles: str) -> None:
    """Put a unit of each product into the cart, and open the cart."""
    await shopper.open_list()
    for title in titles:
        await shopper.row(title).get_by_role("button").click()
        await expect(shopper.view.locator(".shop__name")).to_contain_text(title)
        await shopper.focus("add").click()
        await shopper.page.go_back()
    await shopper.focus("cart").click()
    await expect(shopper.view.locator(".cart__row").first).to_be_visible()


async def test_what_is_chosen_in_the_cart_is_bought_by_one_order(stall: Stall) -> None:
    shopper = await stall.shopper()
    await fill(shopper, "明前龙井", "跑步鞋", "保温杯")
    await expect(shopper.page.locator(".shop-open__count")).to_have_text("3")
    await shopper.view.get_by_role("checkbox", name="选择 316 不锈钢保温杯").uncheck()
    await shopper.focus(f"more {TEA}").click()
    await expect(shopper.focus("check_out")).to_have_text("结算（3）")
    await shopper.focus("check_out").click()
    await shopper.fill_address()
    await shopper.pay()
    await shopper.until_stage("pending")
    [order] = await stall.orders()
    assert {line.sku_id: line.quantity for line in order.lines} == {TEA: 2, "demo-sneakers": 1}
    await expect(shopper.page.locator(".shop-open__count")).to_have_text("1")


async def test_the_cart_survives_a_reload_and_takes_back_a_removal(stall: Stall) -> None:
    shopper = await stall.shopper(SMALL_PHONE)
    await fill(shopper, "明前龙井", "跑步鞋")
    await check(shopper)
    await shopper.page.reload()
    await expect(shopper.view.locator(".cart__row")).to_have_count(2)
    await shopper.view.get_by_role("button", name="删除 明前龙井").click()
    await expect(shopper.view.locator(".cart__row")).to_have_count(1)
    await check(shopper)
    await shopper.focus("undo").click()
    await expect(shopper.view.locator(".cart__row")).to_have_count(2)


async def test_what_cannot_be_bought_is_shown_apart_and_left_out(stall: Stall) -> None:
    await stall.sell_hoodies()
    shopper = await stall.shopper()
    await fill(shopper, "明前龙井", "套头帽衫")
    await stall.restock(f"{HOODIE}-0", 0)
    await shopper.page.reload()
    off = shopper.view.locator(".cart__row--off")
    await expect(off).to_contain_text("已售罄")
    await expect(shopper.focus("check_out")).to_have_text("结算（1）")
    await check(shopper)
    await stall.clear()
    await shopper.page.reload()
    await expect(off).to_have_count(2)
    await expect(off.first).to_contain_text("已下架")
    await shopper.focus("clear").click()
    await expect(shopper.view).to_contain_text("购物车是空的")


async def test_the_carts_prices_are_those_of_the_shop_now(stall: Stall) -> None:
    shopper = await stall.shopper()
    await fill(shopper, "明前龙井")
    await stall.reprice(TEA, 9_900)
    await shopper.page.reload()
    await expect(shopper.view.locator(".cart__sum")).to_contain_text("¥99")
    kept = await shopper.page.evaluate("JSON.stringify(localStorage)")
    assert "16800" not in kept
    assert "9900" not in kept


async def test_the_product_is_opened_from_the_cart_with_what_was_chosen(stall: Stall) -> None:
    await stall.sell_hoodies()
    shopper = await stall.shopper()
    await shopper.open_product("套头帽衫")
    await shopper.focus("尺码=M").click()
    await shopper.focus("add").click()
    await shopper.focus("尺码=S").click()
    await shopper.focus("cart").click()
    await shopper.focus(f"open {HOODIE}-1").click()
    await expect(shopper.focus("尺码=M")).to_have_attribute("aria-checked", "true")
