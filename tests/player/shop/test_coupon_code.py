"""A coupon by its code, typed in the checkout."""

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.player.shop.test_shop_layout import check
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen


@pytest.mark.parametrize(
    ("screen", "locale", "words"),
    [
        (PHONE, "zh-CN", "已使用：开播券"),
        (PHONE_ON_ITS_SIDE, "en-US", "It counts: 开播券"),
        (Screen(1440, 900), "en-US", "It counts: 开播券"),
    ],
    ids=lambda value: getattr(value, "width", value),
)
async def test_a_code_that_is_typed_in_the_checkout_counts_at_once(
    stall: Stall, screen: Screen, locale: str, words: str
) -> None:
    await stall.make_coupon("开播券", "LIVE-2026", 2_000)
    shopper = await stall.shopper(screen, locale)
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await check(shopper)
    await shopper.page.locator("#shop-coupon-code").fill("live-2026")
    await shopper.focus("coupon_claim").click()
    await expect(shopper.body).to_contain_text(words)
    await expect(shopper.focus("pay")).to_contain_text("148.00")
    await check(shopper)
    await (await shopper.pay()).close()
    [order] = await stall.orders()
    assert (order.total_minor, order.discount_minor) == (14_800, 2_000)


async def test_a_coupon_that_was_claimed_when_the_page_was_left_counts_after_a_reload(stall: Stall) -> None:
    await stall.make_coupon("开播券", "LIVE-2026", 2_000)
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    async with shopper.losing_answers("**/api/v1/my-coupons"):
        await shopper.page.locator("#shop-coupon-code").fill("live-2026")
        await shopper.focus("coupon_claim").click()
    await shopper.page.reload()
    await expect(shopper.body).to_contain_text("已使用：开播券")
    await expect(shopper.focus("pay")).to_contain_text("148.00")
    shopper.complaints.expect("/api/v1/my-coupons")
    await shopper.page.locator("#shop-coupon-code").fill("live-2026")
    await shopper.focus("coupon_claim").click()
    await expect(shopper.body).to_contain_text("已经领过了")
