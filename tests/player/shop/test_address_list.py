"""The address book in the player: what is offered first, and what is deleted."""

from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.player.shop.test_shop_layout import check
from tests.support.shopper import ADDRESS, Shopper


async def with_two_addresses(stall: Stall) -> Shopper:
    """A buyer at the book with two addresses, the second one the default."""
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.focus("address").click()
    await shopper.view.get_by_role("button", name="新建收货地址").click()
    for name, value in {**ADDRESS, "name": "王小明"}.items():
        await shopper.page.locator(f"#shop-address-{name}").fill(value)
    await shopper.focus("save").click()
    await expect(shopper.focus("address")).to_contain_text("王小明")
    await shopper.focus("address").click()
    await expect(shopper.view.locator("li.box")).to_have_count(2)
    return shopper


async def test_another_address_becomes_the_default(stall: Stall) -> None:
    shopper = await with_two_addresses(stall)
    await check(shopper)
    await shopper.view.get_by_role("button", name="设为默认").click()
    await expect(shopper.view.locator("li.box").first).to_contain_text("林悦")
    await expect(shopper.view.locator("li.box").first).to_contain_text("默认")
    await expect(shopper.view.get_by_role("button", name="设为默认")).to_have_count(1)


async def test_an_address_is_deleted_after_a_second_question(stall: Stall) -> None:
    shopper = await with_two_addresses(stall)
    row = shopper.view.locator("li.box").filter(has_text="王小明")
    await row.get_by_role("button", name="删除").click()
    await expect(row.get_by_role("button", name="不删除")).to_be_focused()
    await check(shopper)
    await row.get_by_role("button", name="不删除").click()
    await row.get_by_role("button", name="删除").click()
    await row.get_by_role("button", name="删除地址").click()
    await expect(shopper.view.locator("li.box")).to_have_count(1)
    await shopper.page.go_back()
    await expect(shopper.focus("address")).to_contain_text("林悦")


async def test_a_deleted_address_is_gone_from_the_browser_too(stall: Stall) -> None:
    shopper = await with_two_addresses(stall)
    for _ in range(2):
        rows = await shopper.view.locator("li.box").count()
        await shopper.view.get_by_role("button", name="删除").first.click()
        await shopper.view.get_by_role("button", name="删除地址").click()
        await expect(shopper.view.locator("li.box")).to_have_count(rows - 1)
    await expect(shopper.view).to_contain_text("还没有收货地址")
    await shopper.page.go_back()
    await expect(shopper.focus("address")).to_contain_text("填写收货地址")
