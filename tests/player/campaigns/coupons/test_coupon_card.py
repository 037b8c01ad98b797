"""A coupon in the room, from the card to the checkout, in real browsers."""

import pytest
from playwright.async_api import Locator, expect

from backend.contract.coupons import ClaimCondition
from tests.player.campaigns.coupons.conftest import Stall
from tests.support.axe import faults
from tests.support.browser import DESKTOP, PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen
from tests.support.shopper import Shopper


def part(shopper: Shopper, name: str) -> Locator:
    return shopper.page.locator(f".voucher__{name}")


def card_of(shopper: Shopper) -> Locator:
    return shopper.page.locator(".voucher")


async def test_a_viewer_follows_claims_and_buys_with_the_coupon(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper()
    await stall.show_coupon(await stall.make_coupon("<b>关注礼</b>", condition=ClaimCondition.FOLLOW))
    await expect(part(shopper, "title")).to_have_text("<b>关注礼</b>")
    await expect(part(shopper, "worth")).to_contain_text("¥20")
    await expect(part(shopper, "note")).to_contain_text("关注后领取")
    await part(shopper, "claim").click()
    await expect(part(shopper, "claim")).to_have_text("已领取")
    await expect(part(shopper, "announcement")).to_have_text("已领取「<b>关注礼</b>」")
    await expect(shopper.page.locator(".follow")).to_have_text("已关注")
    await expect(card_of(shopper)).to_be_hidden()

    await shopper.go_to_checkout()
    await shopper.fill_address()
    await expect(shopper.body).to_contain_text("<b>关注礼</b>")
    await expect(shopper.focus("pay")).to_contain_text("148.00")
    await (await shopper.pay()).close()
    [order] = await stall.orders()
    assert (order.total_minor, order.discount_minor) == (14_800, 2_000)


async def test_who_comes_late_or_again_sees_what_is_given_out_and_what_they_have(stall: Stall) -> None:
    await stall.go_live()
    await stall.show_coupon(await stall.make_coupon("满减", minimum_minor=10_000))
    late = await stall.shopper(DESKTOP, "en-US")
    await expect(part(late, "worth")).to_contain_text("From ¥100")
    await expect(part(late, "note")).to_have_text("10+ left")
    await part(late, "claim").click()
    await expect(part(late, "claim")).to_have_text("Claimed")
    await late.page.reload()
    await late.page.locator(".shop-open").click()
    await late.focus("coupons").click()
    await expect(late.body.locator(".ticket").first).to_contain_text("Claimed")
    await expect(card_of(late)).to_be_hidden()


async def test_a_coupon_for_watching_ticks_until_it_can_be_claimed(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper()
    await stall.show_coupon(await stall.make_coupon("看播礼", condition=ClaimCondition.WATCH, watch_s=8))
    await expect(part(shopper, "note")).to_have_text("看满 8 秒领取")
    await expect(part(shopper, "claim")).to_be_disabled()
    await expect(part(shopper, "bar")).to_be_visible()
    await expect(part(shopper, "claim")).to_have_text("领取")
    await expect(part(shopper, "claim")).to_be_enabled()
    await part(shopper, "claim").click()
    await expect(part(shopper, "claim")).to_have_text("已领取")


async def test_the_last_coupon_is_another_viewers_and_a_stopped_one_goes(stall: Stall) -> None:
    await stall.go_live()
    first, second = await stall.shopper(), await stall.shopper(PHONE, "en-US")
    coupon_id = await stall.make_coupon("最后一张", quota=1)
    await stall.show_coupon(coupon_id)
    await part(first, "claim").click()
    await expect(part(first, "claim")).to_have_text("已领取")
    await expect(part(second, "claim")).to_have_text("Gone")
    await expect(part(second, "claim")).to_be_disabled()
    await stall.stop_coupon(coupon_id)
    await expect(card_of(second)).to_be_hidden()


async def test_a_coupon_for_accounts_leads_a_guest_to_sign_in(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper()
    await stall.show_coupon(await stall.make_coupon("会员券", accounts_only=True))
    await expect(part(shopper, "claim")).to_have_text("登录后领")
    await part(shopper, "claim").click()
    await expect(shopper.page.locator("account-notice")).to_contain_text("账号")


async def test_a_coupon_is_put_away_and_another_stands_in_its_place(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper()
    for title in ("一", "二"):
        await stall.show_coupon(await stall.make_coupon(title))
    await expect(part(shopper, "title")).to_have_text("二")
    await expect(part(shopper, "all")).to_have_text("全部优惠券（2）")
    await part(shopper, "close").click()
    await expect(part(shopper, "title")).to_have_text("一")
    await part(shopper, "all").click()
    await expect(shopper.body.locator(".ticket")).to_have_count(2)


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (SMALL_PHONE, "en-US"), (PHONE_ON_ITS_SIDE, "en-US"), (DESKTOP, "zh-CN")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_a_coupons_card_can_be_read_reached_and_has_its_place(
    stall: Stall, screen: Screen, locale: str
) -> None:
    await stall.go_live()
    await stall.show_card("demo-tea")
    shopper = await stall.shopper(screen, locale)
    await stall.show_coupon(
        await stall.make_coupon(
            "新客专享优惠券很长的名字", condition=ClaimCondition.FOLLOW, minimum_minor=99_900
        )
    )
    await expect(card_of(shopper)).to_be_visible()
    await shopper.see_live()
    assert await faults(shopper.page, ".voucher") == []
    card = await card_of(shopper).bounding_box()
    assert card is not None
    for name in (".host", ".viewers", ".card", ".composer__input", ".shop-open", ".like"):
        box = await shopper.page.locator(name).first.bounding_box()
        if box is None:
            continue
        is_apart = (
            card["x"] + card["width"] <= box["x"]
            or box["x"] + box["width"] <= card["x"]
            or card["y"] + card["height"] <= box["y"]
            or box["y"] + box["height"] <= card["y"]
        )
        assert is_apart, f"{name} is covered"
    await part(shopper, "claim").focus()
    await shopper.page.keyboard.press("Enter")
    await expect(card_of(shopper)).to_have_attribute("data-standing", "claimed")
