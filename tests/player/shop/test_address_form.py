"""An address that is typed, whatever becomes of the answer."""

from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.support.shopper import ADDRESS


async def test_an_address_that_was_saved_when_the_page_was_left_is_there_after_a_reload(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.focus("address").click()
    for name, value in ADDRESS.items():
        await shopper.page.locator(f"#shop-address-{name}").fill(value)
    async with shopper.losing_answers("**/api/v1/addresses"):
        await shopper.focus("save").click()
    await shopper.page.reload()
    await expect(shopper.body).to_contain_text(ADDRESS["street"])
    await expect(shopper.pay_button).to_be_enabled()
