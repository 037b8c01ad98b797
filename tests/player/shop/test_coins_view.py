"""Coins in a real browser: a gift that is too dear, coins for it, and the gift given after all."""

from playwright.async_api import Page, expect

from tests.player.shop.conftest import Stall
from tests.support.browser import DESKTOP, PHONE
from tests.support.shopper import Shopper, choose_outcome

WORDS = "辛苦了"


async def choose_bear(shopper: Shopper) -> None:
    """Choose a gift that costs 52 coins, with words; the viewer has none."""
    page = shopper.page
    await page.locator(".gift-open").click()
    await page.locator("[data-gift=bear]").click()
    await page.locator(".gifts__words").fill(WORDS)


async def confirm_age(page: Page) -> None:
    await page.locator(".age__yes").click()
    await expect(page.locator("dialog.age")).to_have_count(0)


async def pay_coins(shopper: Shopper) -> Page:
    """Tap the button that pays, say one's age, and give the cashier's page that opens."""
    await expect(shopper.pay_button).to_be_enabled()
    async with shopper.page.context.expect_page() as opened:
        await shopper.pay_button.click()
        await confirm_age(shopper.page)
    return await opened.value


async def test_a_gift_that_is_too_dear_is_given_after_coins_were_bought(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper()
    page = shopper.page
    await choose_bear(shopper)
    send = page.locator(".gifts__send")
    await expect(send).to_have_text("金币不够，去充值")
    await send.click()
    await expect(shopper.view.locator(".note").first).to_contain_text("还差 52 金币")
    await page.reload()
    await expect(shopper.view.locator(".note").first).to_contain_text("还差 52 金币")
    await expect(shopper.view.locator(".coins__package[aria-pressed=true]")).to_contain_text("60 金币")
    cashier = await pay_coins(shopper)
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
    await expect(shopper.result).to_contain_text("60 金币已到账")
    await shopper.focus("gift").click()
    await expect(page.locator("[data-gift=bear]")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator(".gifts__words")).to_have_value(WORDS)
    await expect(page.locator(".gifts__balance")).to_have_text("余额 60 金币")
    await send.click()
    await expect(page.locator(".banner")).to_contain_text("抱抱熊")
    await expect(page.locator(".danmu[data-paid]")).to_have_text(WORDS)
    [order] = await stall.orders()
    assert (order.coins, order.state, order.payment_state) == (60, "completed", "paid")


async def test_who_is_too_young_buys_nothing_and_is_told_why(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper(DESKTOP, "en-US")
    shopper.complaints.expect("403")
    page = shopper.page
    await page.locator(".gift-open").click()
    await page.locator(".gifts__top-up").click()
    await expect(shopper.view.locator(".coins__package")).to_have_count(6)
    await expect(shopper.body).to_contain_text("You have no account")
    await shopper.pay_button.click()
    await page.locator(".age__no").click()
    await expect(page.locator(".age__told")).to_contain_text("neither buy coins nor give gifts")
    await page.locator("dialog.age .sheet__close").click()
    await expect(shopper.view.locator(".note").first).to_contain_text("18 or older")
    assert await stall.orders() == []


async def test_a_gift_waits_for_the_age_and_is_given_once_it_is_confirmed(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper(PHONE)
    await stall.grant_coins(60)
    page = shopper.page
    await choose_bear(shopper)
    await expect(page.locator(".gifts__balance")).to_have_text("余额 60 金币", timeout=10_000)
    await page.locator(".gifts__send").click()
    await confirm_age(page)
    await expect(page.locator(".banner")).to_contain_text("抱抱熊")


async def test_coins_whose_answer_was_lost_are_ordered_once_after_a_reload(stall: Stall) -> None:
    shopper = await stall.shopper()
    page = shopper.page
    await page.evaluate("() => document.dispatchEvent(new CustomEvent('coins-wanted', { detail: null }))")
    await expect(shopper.pay_button).to_be_enabled()
    async with shopper.losing_answers("**/coin-orders"):
        await shopper.pay_button.click()
        await confirm_age(page)
    await page.reload()
    await shopper.until_stage("pending")
    await shopper.focus("live").click()
    assert len(await stall.orders()) == 1
    await page.evaluate("() => document.dispatchEvent(new CustomEvent('coins-wanted', { detail: null }))")
    await expect(shopper.view.locator(".coins__wallet")).to_contain_text("0")
