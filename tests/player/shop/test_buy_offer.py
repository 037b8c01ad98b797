"""A danmu that asks for a product: its writer, and nobody else, is offered it."""

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import TEA, Stall
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import Shopper


async def say(shopper: Shopper, text: str) -> None:
    field = shopper.page.locator(".composer__input")
    await field.fill(text)
    await field.press("Enter")
    await expect(shopper.page.locator(".line__text").last).to_contain_text(text)


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (PHONE_ON_ITS_SIDE, "en-US"), (Screen(1440, 900), "zh-CN")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_what_was_asked_for_is_opened_with_its_choice(
    stall: Stall, screen: Screen, locale: str
) -> None:
    await stall.sell_hoodies()
    writer, other = await stall.shopper(screen, locale), await stall.shopper()
    await stall.show_card(TEA)
    await expect(writer.page.locator(".card")).to_be_visible()
    await say(writer, "6 m 2件")
    offer = writer.page.locator(".offer__buy")
    words = {"zh-CN": "购买 6号，燕麦 / M × 2？ ¥518"}.get(locale, "Buy no. 6, 燕麦 / M × 2? ¥518")
    await expect(offer).to_have_text(words)
    await offer.click()
    await expect(writer.focus("尺码=M")).to_have_attribute("aria-checked", "true")
    await expect(writer.focus("buy")).to_contain_text("¥518")
    await expect(offer).to_be_hidden()
    await expect(other.page.locator(".offer")).to_be_hidden()


async def test_an_offer_goes_with_the_next_danmu_or_its_cross(stall: Stall) -> None:
    shopper = await stall.shopper()
    offer = shopper.page.locator(".offer")
    await say(shopper, "1号")
    await expect(offer).to_be_visible()
    await say(shopper, "2 好看")
    await expect(offer).to_be_hidden()
    await say(shopper, "3号")
    await shopper.page.locator(".offer__close").click()
    await expect(offer).to_be_hidden()
