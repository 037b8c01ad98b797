"""A machine's rules of accessibility, and the keyboard alone, in every view of the shop."""

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.support.animations import finish_animations
from tests.support.axe import faults_at_all_sizes
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import ADDRESS, Shopper

WIDE = Screen(1440, 900)
RESIZED = Screen(390, 844)
SCREENS = pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (PHONE_ON_ITS_SIDE, "en-US"), (WIDE, "zh-CN")],
    ids=lambda value: getattr(value, "width", value),
)


async def check(shopper: Shopper) -> None:
    """Axe finds nothing in the view that is shown, once it has come."""
    assert await faults_at_all_sizes(shopper.page, "dialog.shop") == []


async def test_axe_finds_nothing_before_a_purchase(stall: Stall) -> None:
    await stall.sell_hoodies()
    shopper = await stall.shopper(RESIZED, "zh-CN")
    await shopper.open_list()
    await check(shopper)
    await shopper.row("套头帽衫").get_by_role("button").click()
    await expect(shopper.view.locator(".size").first).to_be_visible()
    await shopper.focus("add").click()
    await check(shopper)
    await shopper.focus("cart").click()
    await expect(shopper.view.locator(".cart__row")).to_be_visible()
    await check(shopper)
    await shopper.view.locator(".cart__remove").click()
    await check(shopper)
    await shopper.focus("undo").click()
    await shopper.focus("check_out").click()
    await expect(shopper.view.locator(".total")).to_be_visible()
    await check(shopper)
    await shopper.focus("address").click()
    await shopper.focus("save").click()
    await check(shopper)
    await shopper.page.go_back()
    await shopper.fill_address()
    await shopper.focus("address").click()
    await shopper.view.locator("[data-focus^='address_delete ']").click()
    await check(shopper)


async def test_axe_finds_nothing_after_a_purchase(stall: Stall) -> None:
    shopper = await stall.shopper(RESIZED, "en-US")
    await shopper.go_to_checkout()
    await shopper.fill_address()
    cashier = await shopper.pay()
    await shopper.until_stage("pending")
    await check(shopper)
    await cashier.locator(".foot button").first.click()
    await cashier.close()
    await shopper.until_stage("paid")
    await check(shopper)
    await shopper.focus("order").click()
    await expect(shopper.body.locator(".axes")).to_be_visible()
    await check(shopper)
    [order] = await stall.orders()
    await stall.ship(order)
    await shopper.focus("case_open").click()
    await shopper.focus("case-kind=return").check()
    await shopper.focus("send").click()
    await check(shopper)
    await shopper.focus("case-why=wrong").check()
    await shopper.focus("send").click()
    await expect(shopper.view.locator(".steps")).to_be_visible()
    await check(shopper)
    await stall.answer_case("approve")
    await expect(shopper.page.locator("#shop-case-tracking")).to_be_visible()
    await check(shopper)
    await shopper.view.locator(".shop__close").click()
    await shopper.open_list()
    await shopper.focus("coupons").click()
    await check(shopper)
    await shopper.page.go_back()
    await shopper.focus("orders").click()
    await expect(shopper.view.locator("li.box")).to_be_visible()
    await check(shopper)
    for name in ("find_order", "my_data"):
        await shopper.focus(name).click()
        await expect(shopper.view.locator(".box").first).to_be_visible()
        await check(shopper)
        await shopper.page.go_back()


async def test_axe_finds_nothing_where_coins_are_bought(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper(RESIZED, "zh-CN")
    await shopper.page.locator(".gift-open").click()
    await shopper.page.locator("[data-gift=bear]").click()
    await shopper.page.locator(".gifts__send").click()
    await expect(shopper.view.locator(".coins__package")).to_have_count(6)
    await check(shopper)
    await shopper.pay_button.click()
    await finish_animations(shopper.page.locator("dialog.age"))
    assert await faults_at_all_sizes(shopper.page, "dialog.age") == []


async def tab_to(shopper: Shopper, name: str) -> None:
    """Press Tab until the element of this name has the focus."""
    for _ in range(60):
        focused = await shopper.page.evaluate(
            "document.activeElement?.dataset.focus ?? document.activeElement?.id"
        )
        if focused == name:
            return
        await shopper.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


@SCREENS
async def test_the_keyboard_alone_buys_from_the_cart(stall: Stall, screen: Screen, locale: str) -> None:
    shopper = await stall.shopper(screen, locale)
    press = shopper.page.keyboard.press
    await shopper.page.locator(".shop-open").focus()
    await press("Enter")
    await expect(shopper.view.locator("li.goods").first).to_be_visible()
    await tab_to(shopper, "demo-tea")
    await press("Enter")
    await tab_to(shopper, "add")
    await press("Enter")
    await press("Shift+Tab")
    await press("Enter")
    await tab_to(shopper, "check_out")
    await press("Enter")
    await tab_to(shopper, "address")
    await press("Enter")
    for name, value in ADDRESS.items():
        await tab_to(shopper, f"shop-address-{name}")
        await shopper.page.keyboard.type(value)
    await press("Enter")
    await expect(shopper.pay_button).to_be_enabled()
    await tab_to(shopper, "pay")
    async with shopper.page.context.expect_page() as opened:
        await press("Enter")
    await (await opened.value).close()
    await shopper.until_stage("pending")
    await press("Escape")
    await expect(shopper.dialog).to_be_hidden()
