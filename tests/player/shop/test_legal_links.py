"""The shop's legal pages are linked where one buys, as far as they are written."""

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.player.shop.test_shop_layout import check
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen


@pytest.mark.parametrize(
    ("screen", "locale", "title"),
    [
        (PHONE, "zh-CN", "退换货说明"),
        (PHONE_ON_ITS_SIDE, "en-US", "Returns"),
        (Screen(1440, 900), "en-US", "Returns"),
    ],
    ids=lambda value: getattr(value, "width", value),
)
async def test_what_is_written_is_linked_in_list_and_checkout(
    stall: Stall, screen: Screen, locale: str, title: str
) -> None:
    for name in ("returns", "privacy"):
        await stall.write_legal(name, "# 七天\n<b>七天</b>无理由")
    shopper = await stall.shopper(screen, locale)
    await shopper.open_list()
    await expect(shopper.view.locator(".legal a")).to_have_count(2)
    await check(shopper)
    async with shopper.page.context.expect_page() as opened:
        await shopper.view.get_by_role("link", name=title).click()
    page = await opened.value
    await expect(page.locator("h1")).to_have_text(title)
    await expect(page.locator("p")).to_have_text("<b>七天</b>无理由")
    await page.close()
    await shopper.row("明前龙井").get_by_role("button").click()
    await shopper.focus("buy").click()
    await expect(shopper.view.locator(".legal a")).to_have_count(2)
    await check(shopper)


async def test_a_shop_that_wrote_nothing_links_nothing(stall: Stall) -> None:
    shopper = await stall.shopper()
    async with shopper.page.expect_response("**/api/v1/legal-texts"):
        await shopper.open_list()
    await expect(shopper.view.locator(".legal")).to_have_count(0)
