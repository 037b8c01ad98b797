"""A payment that is begun, whatever becomes of the answer."""

from playwright.async_api import expect

from tests.player.shop.conftest import Stall


async def test_a_payment_that_was_begun_when_the_page_was_left_can_be_opened_after_a_reload(
    stall: Stall,
) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    async with shopper.losing_answers("**/attempts"):
        await shopper.pay_button.click()
    await shopper.page.reload()
    await shopper.until_stage("pending")
    await expect(shopper.pay_button).to_be_enabled()
