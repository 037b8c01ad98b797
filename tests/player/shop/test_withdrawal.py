"""The EU's rules in the player: the duty to pay on the button, and the withdrawal in two steps."""

import pytest
from playwright.async_api import expect

from backend.contract.cases import CaseKind
from tests.player.shop.conftest import Stall
from tests.player.shop.test_shop_layout import check
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (PHONE_ON_ITS_SIDE, "en-US"), (Screen(1440, 900), "en-US")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_a_contract_is_withdrawn_from_in_two_steps_with_a_receipt(
    stall: Stall, screen: Screen, locale: str
) -> None:
    await stall.follow_the_eu()
    shopper = await stall.shopper(screen, locale)
    await shopper.buy()
    [order] = await stall.orders()
    await stall.ship(order)
    await expect(shopper.body).to_contain_text("SF139044712086")
    await shopper.focus("withdrawal").click()
    await check(shopper)
    await shopper.focus("withdrawal_next").click()
    assert await stall.cases() == []
    await check(shopper)
    await shopper.focus("withdrawal_do").click()
    await expect(shopper.view.locator(".note--ok")).to_be_visible()
    [case] = await stall.cases()
    assert (case.kind, case.goods_minor) == (CaseKind.RETURN, order.goods_minor)
    await check(shopper)
    await expect(shopper.focus("print")).to_be_visible()


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "付款义务"), ("en-US", "obligation to pay")])
async def test_in_the_eu_the_button_names_the_duty_to_pay(stall: Stall, locale: str, words: str) -> None:
    await stall.follow_the_eu()
    shopper = await stall.shopper(PHONE, locale)
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await expect(shopper.focus("pay")).to_contain_text(words)
    await check(shopper)


async def test_elsewhere_nobody_is_asked_to_withdraw_from_a_contract(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.buy()
    await expect(shopper.focus("case_open")).to_be_visible()
    await expect(shopper.focus("withdrawal")).to_have_count(0)
