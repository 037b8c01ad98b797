"""The shop's views on every screen, in both languages: nothing is cut off, and fingers find every button."""

import re

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.support.animations import finish_animations
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen
from tests.support.shopper import Shopper, choose_outcome

# What of the view that is shown is too small for a finger, or wider than its place.
FAULTS = """() => {
  const view = document.querySelector(".shop__view:not([hidden])");
  const faults = [];
  for (const part of view.querySelectorAll(".shop__head, .shop__body, .shop__foot")) {
    if (part.scrollWidth > part.clientWidth + 1) faults.push(`${part.className} is too wide`);
    const place = part.getBoundingClientRect();
    const isOutside = place.left < 0 || place.right > innerWidth;
    if (isOutside) faults.push(`${part.className} is outside`);
    for (const button of part.querySelectorAll("button")) {
      const { left, top, width, height } = button.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (y - 22 < place.top || y + 22 > place.bottom) continue;
      const name = button.ariaLabel || button.textContent;
      const hasHalo = getComputedStyle(button, "::after").content !== "none";
      if (!hasHalo && button.scrollWidth > button.clientWidth + 1) faults.push(`${name} is cut off`);
      for (const dy of [-19, 19]) {
        const found = document.elementFromPoint(x, y + dy);
        if (found !== button && !button.contains(found)) faults.push(`${name} is too small for a finger`);
      }
    }
  }
  return faults;
}"""


async def check(shopper: Shopper) -> None:
    """The view that is shown has no fault, at its top and at its bottom."""
    await finish_animations(shopper.dialog)
    assert await shopper.page.evaluate(FAULTS) == []
    await shopper.body.evaluate("(one) => one.scrollTo(0, one.scrollHeight)")
    assert await shopper.page.evaluate(FAULTS) == []


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (SMALL_PHONE, "en-US"), (PHONE_ON_ITS_SIDE, "en-US"), (Screen(1440, 900), "zh-CN")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_everything_in_the_shop_has_its_place(stall: Stall, screen: Screen, locale: str) -> None:
    await stall.sell_hoodies()
    shopper = await stall.shopper(screen, locale)
    await shopper.open_list()
    await check(shopper)
    await shopper.row("套头帽衫").get_by_role("button").click()
    await expect(shopper.view.locator(".size").first).to_be_visible()
    await check(shopper)
    await shopper.focus("buy").click()
    await expect(shopper.view.locator(".total")).to_be_visible()
    await check(shopper)
    await shopper.focus("address").click()
    await check(shopper)
    await shopper.page.go_back()
    await shopper.fill_address()
    cashier = await shopper.pay()
    await shopper.until_stage("pending")
    await check(shopper)
    await choose_outcome(cashier, 1)
    await shopper.until_stage("unpaid")
    await check(shopper)
    await shopper.focus("order").click()
    await expect(shopper.view.locator(".axes")).to_be_visible()
    await check(shopper)
    await shopper.view.locator(".shop__close").click()
    await shopper.open_list()
    await shopper.view.get_by_role("button", name=re.compile("^(我的订单|My orders)$")).click()
    await expect(shopper.view.locator("li.box")).to_be_visible()
    await check(shopper)
