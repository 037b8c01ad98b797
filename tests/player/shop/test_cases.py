"""After the sale: a case is opened, followed, sent back and withdrawn in the player."""

import pytest
from playwright.async_api import expect

from backend.contract.cases import CaseKind, CaseState
from tests.player.shop.conftest import MARKUP, Stall
from tests.player.shop.test_shop_layout import check
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import Shopper


async def open_case(shopper: Shopper, kind: str = "refund_only", why: str = "broken") -> None:
    """From the order, ask for something of all its units."""
    await shopper.focus("case_open").click()
    await shopper.focus(f"case-kind={kind}").check()
    await shopper.focus(f"case-why={why}").check()
    await shopper.focus("send").click()
    await expect(shopper.view.locator(".steps")).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (PHONE_ON_ITS_SIDE, "en-US"), (Screen(1440, 900), "en-US")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_a_return_is_followed_from_the_request_to_the_money(
    stall: Stall, screen: Screen, locale: str
) -> None:
    shopper = await stall.shopper(screen, locale)
    await shopper.buy()
    [order] = await stall.orders()
    await stall.ship(order)
    await expect(shopper.body).to_contain_text("SF139044712086")
    await shopper.focus("case_open").click()
    await shopper.focus("case-kind=return").check()
    await check(shopper)
    await shopper.focus("case-why=broken").check()
    await shopper.page.locator("#shop-case-note").fill("盒子压坏了")
    await shopper.focus("send").click()
    await expect(shopper.view.locator(".steps .now")).to_have_text(
        {"zh-CN": "待处理"}.get(locale, "In review")
    )
    [case] = await stall.cases()
    assert (case.kind, case.goods_minor, len(case.lines)) == (CaseKind.RETURN, 16_800, 1)
    assert case.reason.endswith("盒子压坏了")
    await check(shopper)
    await stall.answer_case("approve", reason="请寄到嘉兴")
    await expect(shopper.body).to_contain_text("请寄到嘉兴")
    await check(shopper)
    await shopper.page.locator("#shop-case-tracking").fill("SF77")
    await shopper.focus("case_send_back").click()
    await expect(shopper.page.locator("#shop-case-tracking")).to_be_hidden()
    await stall.answer_case("receive")
    await stall.answer_case("refund")
    await expect(shopper.view.locator(".shop__now")).to_have_text({"zh-CN": "已退款"}.get(locale, "Refunded"))
    await check(shopper)
    await shopper.page.go_back()
    await expect(shopper.body).to_contain_text("已退款" if locale == "zh-CN" else "Refunded")
    await expect(shopper.focus("case_open")).to_have_count(0)


async def test_what_was_not_sent_can_only_be_refunded(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.buy()
    await shopper.focus("case_open").click()
    await expect(shopper.focus("case-kind=return")).to_be_disabled()
    await expect(shopper.focus("case-kind=exchange")).to_be_disabled()
    await shopper.focus("send").click()
    await expect(shopper.view.get_by_role("alert")).to_have_text("请选择原因")
    assert await stall.cases() == []


async def test_a_case_is_withdrawn_after_a_second_question(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.buy()
    await open_case(shopper)
    await shopper.focus("case_withdraw").click()
    await shopper.focus("case_withdraw_not").click()
    assert [case.state for case in await stall.cases()] == [CaseState.REQUESTED]
    await shopper.focus("case_withdraw").click()
    await shopper.focus("case_withdraw_do").click()
    await expect(shopper.view.locator(".shop__now")).to_have_text("已撤回申请")
    await expect(shopper.view.locator(".shop__foot")).to_be_hidden()


async def test_a_reload_finds_the_case_and_what_was_filled_in(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.buy()
    await shopper.focus("case_open").click()
    await shopper.focus("case-why=other").check()
    await shopper.page.locator("#shop-case-note").fill("等太久了")
    await shopper.page.reload()
    await expect(shopper.page.locator("#shop-case-note")).to_have_value("等太久了")
    await shopper.focus("send").click()
    await expect(shopper.view.locator(".steps")).to_be_visible()
    await shopper.page.reload()
    await expect(shopper.body).to_contain_text("等太久了")
    [case] = await stall.cases()
    assert case.reason == "等太久了"


async def test_the_shops_words_are_shown_as_text(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.buy()
    await open_case(shopper)
    await stall.answer_case("decline", reason=MARKUP)
    await expect(shopper.view.locator(".shop__now")).to_have_text("商家没有同意")
    await expect(shopper.body).to_contain_text(MARKUP)


async def test_a_shop_that_was_faster_is_shown_as_it_decided(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("409")
    await shopper.buy()
    await open_case(shopper)
    await shopper.focus("case_withdraw").click()
    await stall.answer_case("decline", reason="已拆封")
    await shopper.focus("case_withdraw_do").dispatch_event("click")
    await expect(shopper.view.locator(".shop__now")).to_have_text("商家没有同意")
