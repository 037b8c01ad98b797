"""A coupon, a countdown and all campaigns at once: each has a place of its own on every screen."""

import pytest
from playwright.async_api import expect

from backend.contract.coupons import ClaimCondition
from tests.player.campaigns.coupons.conftest import Stall
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen

CAMPAIGNS = (
    {"kind": "draw", "prize": "钛钢保温杯 500ml", "duration_s": 600},
    {"kind": "wheel", "prizes": [{"name": "杯", "stock": 3}], "countdown_s": 60},
    {"kind": "red_packet", "shares": 20, "coins": 200, "countdown_s": 300},
)
PILLS = (".draw-pill", ".wheel-pill", ".packet-pill")
# A ranking as if gifts had come, and the notice of a line that is lost.
FILL = """() => {
  const names = [["a", "阿花"], ["b", "小明"], ["c", "老王"]];
  const authors = names.map(([user_id, name]) => ({ user_id, name, role: "viewer" }));
  const ranking = { contributors: authors.map((author) => ({ author, coins: 9 })), gifts: 3, coins: 27 };
  document.querySelector("gift-ranking").apply({ type: "ranking_changed", ranking });
  document.querySelector("room-header").apply({ type: "connection_changed", state: "lost" });
}"""
OVERLAPS = """(names) => {
  const boxes = names.map((name) => [name, document.querySelector(name).getBoundingClientRect()]);
  const isMissing = ([, box]) => box.width === 0 || box.right > innerWidth || box.bottom > innerHeight;
  const missing = boxes.filter(isMissing);
  const pairs = boxes.flatMap(([a, one], at) => boxes.slice(at + 1).filter(([, other]) =>
    one.left < other.right && other.left < one.right &&
    one.top < other.bottom && other.top < one.bottom,
  ).map(([b]) => `${a} and ${b}`));
  return [...missing.map(([name]) => name), ...pairs];
}"""
NAMES = [
    ".host",
    ".viewers",
    ".ranking-open",
    ".countdown",
    ".voucher",
    ".card",
    ".controls",
    ".connection",
    ".bar",
    ".unmute",
]


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
async def test_a_coupon_and_all_campaigns_at_once_cover_nothing(stall: Stall, locale: str) -> None:
    await stall.go_live()
    shopper = await stall.shopper(PHONE, locale)
    await shopper.see_live()
    await stall.show_card("demo-tea")
    await stall.announce_flash_sale(9_900, 20, countdown_s=300)
    for terms in CAMPAIGNS:
        await stall.announce(terms)
    await stall.count_down("开奖倒计时准备好", 300)
    coupon = await stall.make_coupon("新人礼", condition=ClaimCondition.FOLLOW, minimum_minor=9_900)
    await stall.show_coupon(coupon)
    for name in (".voucher", ".flash", ".countdown", *PILLS):
        await expect(shopper.page.locator(name).first).to_be_visible()
    await shopper.page.evaluate(FILL)
    for screen in (PHONE, SMALL_PHONE, PHONE_ON_ITS_SIDE, Screen(1440, 900)):
        await shopper.page.set_viewport_size({"width": screen.width, "height": screen.height})
        found = await shopper.page.evaluate(OVERLAPS, [*NAMES, *PILLS])
        assert found == [], f"{screen.width}x{screen.height}"
