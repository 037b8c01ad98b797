"""The coupon wallet in real browsers."""

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import HOODIE, Stall
from tests.player.shop.test_shop_layout import check
from tests.support.axe import faults
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import Shopper


async def open_wallet(shopper: Shopper) -> None:
    await shopper.open_list()
    await shopper.focus("coupons").click()
    await expect(shopper.body.locator(".tabs")).to_be_visible()


async def type_code(shopper: Shopper, code: str) -> None:
    await shopper.page.locator("#shop-coupon-code-wallet").fill(code)
    await shopper.focus("coupon_claim").click()


async def test_a_code_that_is_typed_in_the_wallet_gives_its_coupon(stall: Stall) -> None:
    await stall.make_coupon("<b>口令券</b>", "LIVE-2026")
    shopper = await stall.shopper()
    await open_wallet(shopper)
    await expect(shopper.body).to_contain_text("还没有优惠券")
    await type_code(shopper, "live-2026")
    await expect(shopper.body.locator(".ticket")).to_contain_text("<b>口令券</b>")
    await expect(shopper.focus("tab usable")).to_have_text("可用 1")
    shopper.complaints.expect("/api/v1/my-coupons")
    await type_code(shopper, "live-2026")
    await expect(shopper.body).to_contain_text("已经领过了")


async def test_a_coupon_leads_to_what_it_is_for(stall: Stall) -> None:
    await stall.sell_hoodies()
    await stall.make_coupon("茶券", "TEA-2026", spu_ids=["demo-tea"])
    await stall.make_coupon("两件", "TWO-2026", spu_ids=["demo-tea", HOODIE])
    shopper = await stall.shopper(PHONE, "en-US")
    await open_wallet(shopper)
    for code in ("TEA-2026", "TWO-2026"):
        await type_code(shopper, code)
        await expect(shopper.page.locator("#shop-coupon-code-wallet")).to_have_value("")
    tea, two = (shopper.body.locator(".ticket").filter(has_text=title) for title in ("茶券", "两件"))
    await expect(two).to_contain_text("For 2 products")
    await two.get_by_role("button").click()
    await expect(shopper.view.locator("li.goods")).to_have_count(2)
    await expect(shopper.body).to_contain_text("What 两件 is for")
    await shopper.focus("all products").click()
    await expect(shopper.body).not_to_contain_text("What 两件 is for")
    await shopper.page.go_back()
    await tea.get_by_role("button").click()
    await expect(shopper.view.locator(".shop__name")).to_contain_text("龙井")


async def test_a_coupon_that_an_order_has_is_among_the_used_ones(stall: Stall) -> None:
    await stall.make_coupon("用掉", "USED-2026")
    shopper = await stall.shopper()
    await open_wallet(shopper)
    await type_code(shopper, "USED-2026")
    await expect(shopper.focus("tab usable")).to_have_text("可用 1")
    await shopper.page.go_back()
    await shopper.row("明前龙井").get_by_role("button").click()
    await shopper.focus("buy").click()
    await shopper.fill_address()
    await (await shopper.pay()).close()
    await shopper.view.locator(".shop__close").click()
    await open_wallet(shopper)
    await shopper.focus("tab used").click()
    await expect(shopper.body.locator(".ticket")).to_contain_text("已用于订单")


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (PHONE_ON_ITS_SIDE, "en-US"), (Screen(1440, 900), "en-US")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_the_wallet_can_be_read_and_has_its_place(stall: Stall, screen: Screen, locale: str) -> None:
    await stall.go_live()
    await stall.make_coupon("开播券", "LIVE-2026", minimum_minor=10_000)
    await stall.show_coupon(await stall.make_coupon("全店通用"))
    shopper = await stall.shopper(screen, locale)
    await open_wallet(shopper)
    await type_code(shopper, "LIVE-2026")
    await expect(shopper.body.locator(".ticket")).to_have_count(2)
    await check(shopper)
    assert await faults(shopper.page, "dialog.shop") == []
