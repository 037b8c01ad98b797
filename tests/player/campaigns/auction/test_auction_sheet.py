"""The auction's pill and sheet in each state, on every screen, by finger, keyboard and screen reader."""

import os
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
import pytest
from playwright.async_api import expect

from backend.contract.auctions import AuctionOffer, AuctionOutcome, MyBid, ShownBid
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase
from tests.player.campaigns.auction.conftest import Bidder, Salesroom, ToldAuction
from tests.player.shop.test_shop_layout import FAULTS
from tests.support.animations import finish_animations
from tests.support.axe import faults
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen

LOOK = os.environ.get("LIVESTALL_LOOK", "")
WIDE: Final = Screen(1440, 900)
SOON_MS: Final = 4 * 60_000
LOG: Final = [
    ShownBid(1, "jay", 1_000, 30_000, "jay"),
    ShownBid(2, "man", 4_000, 31_000, "man", is_out=True),
    ShownBid(3, "", 9_000, 32_000, ""),
]
LIVE_LOG: Final = [
    ShownBid(19, "man", 80_000, 50_000, "man"),
    ShownBid(20, "jay", 101_000, 52_000, "jay"),
    ShownBid(22, "man", 119_000, 54_000, "jay", has_moved_end=True),
]


async def look(bidder: Bidder, name: str) -> None:
    if LOOK:
        await bidder.page.screenshot(path=f"{LOOK}/{name}.png")


async def bidding(auction: ToldAuction) -> None:
    auction.mine = MyBid("home", 800, max_minor=54_000, is_leading=True)
    for leader, price in (("jay", 48_000), ("man", 50_000), ("jay", 52_000)):
        await auction.tell(price_minor=price, leader_id=leader, bids=22, bidders=2, log=LIVE_LOG)


async def soon(auction: ToldAuction) -> None:
    auction.mine = MyBid()
    await auction.tell(CampaignPhase.PREHEAT, left_ms=12_000)


async def first(auction: ToldAuction) -> None:
    await auction.tell(price_minor=52_000, leader_id="jay", bids=22)


async def leading(auction: ToldAuction) -> None:
    await bidding(auction)
    mine = ShownBid(23, auction.own, 119_500, 54_000, auction.own)
    await auction.tell(price_minor=54_000, leader_id=auction.own, bids=23, log=[*LIVE_LOG, mine])


async def outbid(auction: ToldAuction) -> None:
    await leading(auction)
    auction.mine = msgspec.structs.replace(auction.mine, is_leading=False)
    await auction.tell(
        left_ms=9_000, price_minor=56_000, leader_id="jay", bids=24, extensions=2, has_reserve=True,
        log=LIVE_LOG,
    )  # fmt: skip


async def awarded(auction: ToldAuction, winner_id: str) -> None:
    await auction.tell(
        CampaignPhase.DRAWING, left_ms=0, price_minor=58_000, bids=26, outcome=AuctionOutcome.AWARDED,
        winner_id=winner_id,
    )  # fmt: skip


async def won(auction: ToldAuction) -> None:
    until_ms = int(await auction.bidder.page.evaluate("Date.now()")) + 296_000
    auction.mine = MyBid("home", 800, 60_000, order_id="o1", total_minor=58_800, pay_until_ms=until_ms)
    await awarded(auction, auction.own)


async def deciding(auction: ToldAuction) -> None:
    auction.mine = MyBid("home", 800, 54_000)
    await auction.tell(CampaignPhase.CLOSING, left_ms=0, price_minor=58_000, bids=26, leader_id="jay")


async def asking(auction: ToldAuction) -> None:
    auction.mine = MyBid("home", 800, 40_000)
    await auction.tell(
        CampaignPhase.DRAWING, left_ms=0, price_minor=54_000, bids=26, outcome=AuctionOutcome.OFFERED,
        leader_id="man",
    )  # fmt: skip


async def offered(auction: ToldAuction) -> None:
    until_ms = int(await auction.bidder.page.evaluate("Date.now()")) + SOON_MS
    auction.mine = MyBid("home", 800, 54_000, offer=AuctionOffer(54_000, until_ms))
    await auction.tell(
        CampaignPhase.DRAWING, left_ms=0, price_minor=58_000, bids=26, outcome=AuctionOutcome.OFFERED,
        winner_id=auction.own,
    )  # fmt: skip


async def sold(auction: ToldAuction) -> None:
    auction.mine = MyBid()
    await auction.tell(
        CampaignPhase.ENDED, left_ms=0, price_minor=58_000, bids=26, outcome=AuctionOutcome.SOLD,
        winner_id="jay", log=LOG,
    )  # fmt: skip


async def void(auction: ToldAuction) -> None:
    auction.mine = MyBid()
    await auction.tell(
        CampaignPhase.VOID, left_ms=0, outcome=AuctionOutcome.VOID, reason="杯子碎了", bids=3, log=LOG
    )


States = Callable[[ToldAuction], Awaitable[None]]
STATES: Final[dict[str, States]] = {
    "soon": soon,
    "first": first,
    "leading": leading,
    "outbid": outbid,
    "deciding": deciding,
    "won": won,
    "asking": asking,
    "offered": offered,
    "sold": sold,
    "void": void,
}


@pytest.mark.parametrize(
    ("screen", "locale", "scheme"),
    [
        (PHONE, "zh-CN", "light"),
        (SMALL_PHONE, "en-US", "dark"),
        (PHONE_ON_ITS_SIDE, "en-US", "light"),
        (WIDE, "zh-CN", "light"),
    ],
    ids=lambda value: getattr(value, "width", value),
)
async def test_each_state_of_an_auction_fits_the_screen_and_axe_finds_nothing(
    salesroom: Salesroom, screen: Screen, locale: str, scheme: str
) -> None:
    auction = await salesroom.told(screen, locale, scheme)
    bidder = auction.bidder
    for name, tell in STATES.items():
        await tell(auction)
        await expect(bidder.pill).to_have_attribute("data-stage", name)
        await look(bidder, f"{screen.width}-{name}-pill")
        await bidder.open()
        await bidder.until_stage(name)
        await finish_animations(bidder.dialog)
        await look(bidder, f"{screen.width}-{name}")
        assert await bidder.page.evaluate(FAULTS) == [], name
        assert await faults(bidder.page, "dialog.shop") == [], name
        await bidder.page.keyboard.press("Escape")
        await expect(bidder.dialog).to_be_hidden()


async def test_while_it_runs_the_last_bids_are_told_the_newest_first(salesroom: Salesroom) -> None:
    auction = await salesroom.told()
    rows = auction.bidder.sheet.locator(".auction__bids li")
    await auction.tell(price_minor=30_000)
    await auction.bidder.open()
    await expect(auction.bidder.sheet.locator(".auction__bids")).to_have_count(0)
    await auction.tell(price_minor=54_000, leader_id="jay", bids=22, log=LIVE_LOG)
    await expect(rows).to_have_count(3)
    await expect(rows.nth(0)).to_contain_text("小满")
    await expect(rows.nth(0)).to_contain_text("¥540")
    await expect(rows.nth(0).locator(".tag")).to_have_text(["延长 10 秒", "阿杰 仍领先"])
    await expect(rows.nth(1).locator(".tag")).to_have_count(0)
    name = rows.nth(0).locator(".auction__who > .one").first
    assert await name.evaluate("(name) => name.scrollWidth <= name.clientWidth"), "the tags push the name out"


async def test_a_first_bid_accepts_address_and_shipping(salesroom: Salesroom) -> None:
    auction = await salesroom.told()
    bidder = auction.bidder
    await first(auction)
    await bidder.open()
    await expect(bidder.main).to_have_text("填写收货地址")
    await bidder.fill_address()
    await expect(bidder.body).to_contain_text("运费 ¥8，拍下后 5 分钟内付款")
    await expect(bidder.body).to_contain_text("林悦，杭州市西湖区")
    assert [act for act, _ in auction.written] == ["register"]
    await look(bidder, "first-address")
    auction.mine = msgspec.structs.replace(auction.mine, max_minor=53_000, is_leading=True)
    await bidder.button("同意并出价 ¥530").click()
    await bidder.until_stage("leading")
    assert [command["max_minor"] for command in auction.asked] == [53_000]


async def test_who_may_bid_is_said_before_the_first_bid(salesroom: Salesroom) -> None:
    auction = await salesroom.told()
    await auction.tell(needs_follow=True, account_minutes=30, per_network=3, one_a_phone=True)
    await auction.bidder.open()
    rules = auction.bidder.sheet.locator(".auction__cond")
    for text in ("关注主播后才能出价", "账号须注册满 30 分钟", "每个手机号一次", "同一网络最多 3 人"):
        await expect(rules.filter(has_text=text)).to_be_visible()
    done = auction.bidder.sheet.locator(".auction__cond--done")
    await expect(done).to_have_count(0)
    await auction.bidder.page.locator(".follow").evaluate("(button) => button.click()")
    await expect(done).to_have_text(["关注主播后才能出价"])


async def test_a_new_price_changes_the_texts_and_not_the_buttons(salesroom: Salesroom) -> None:
    auction = await salesroom.told()
    bidder = auction.bidder
    await outbid(auction)
    await bidder.open()
    await bidder.main.evaluate("(button) => (button.dataset.mark = 'same')")
    await bidder.clock.evaluate("(clock) => (clock.dataset.mark = 'same')")
    await bidder.max_row.click()
    await bidder.max_field.fill("7")
    await auction.tell(price_minor=60_000, leader_id="man", bids=25, extensions=2)
    await expect(bidder.main).to_have_text("出价 ¥610，重新领先")
    await expect(bidder.main).to_have_attribute("data-mark", "same")
    await expect(bidder.clock).to_have_attribute("data-mark", "same")
    await expect(bidder.max_field).to_have_value("7")
    await expect(bidder.max_field).to_be_focused()


async def test_a_maximum_is_typed_with_the_keyboard_and_one_that_is_too_low_is_told(
    salesroom: Salesroom,
) -> None:
    auction = await salesroom.told(WIDE, "en-US")
    bidder = auction.bidder
    await outbid(auction)
    await bidder.pill.focus()
    await bidder.page.keyboard.press("Enter")
    await bidder.until_stage("outbid")
    await bidder.max_row.focus()
    await bidder.page.keyboard.press("Enter")
    await bidder.page.keyboard.type("100")
    await bidder.page.keyboard.press("Enter")
    await expect(bidder.sheet.locator("#auction-max-fault")).to_have_text("Write an amount, at least ¥570")
    assert auction.asked == []
    await bidder.max_field.fill("８００.5")
    auction.mine = msgspec.structs.replace(auction.mine, max_minor=80_050, is_leading=True)
    await bidder.page.keyboard.press("Enter")
    await expect(bidder.max_row).to_contain_text("Bids for you up to ¥800.50")
    assert [command["max_minor"] for command in auction.asked] == [80_050]
    await expect(bidder.max_field).to_be_hidden()


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (RejectReason.BID_TOO_LOW, "已经有人出得更高，现在最低出 ¥570"),
        (RejectReason.EXPIRED, "已经结束，晚了一步"),
        (RejectReason.IS_STAFF, "主播和助理不能出价"),
        (RejectReason.BARRED, "你有两次拍下没有付款，不能再参加拍卖"),
        (RejectReason.NOT_FOLLOWING, ""),
        (RejectReason.NOT_ELIGIBLE, ""),
    ],
)
async def test_a_refused_bid_says_why(salesroom: Salesroom, reason: RejectReason, text: str) -> None:
    auction = await salesroom.told()
    await outbid(auction)
    await auction.bidder.open()
    auction.refuse(reason)
    await auction.bidder.main.click()
    told = auction.bidder.sheet.get_by_role("alert").filter(visible=True)
    await expect(told).to_contain_text(text)
    await expect(told).not_to_have_text("")


async def test_a_screen_reader_hears_what_changes_for_the_bidder_and_no_price_after_price(
    salesroom: Salesroom,
) -> None:
    auction = await salesroom.told()
    said = auction.bidder.said
    await auction.tell(bids=0)
    await expect(said).to_have_text("拍卖开始了：手作粗陶马克杯，¥300 起拍")
    await auction.tell(price_minor=31_000, leader_id="jay", bids=1)
    await expect(auction.bidder.pill).to_contain_text("¥310 · 阿杰 领先")
    await expect(said).to_have_text("拍卖开始了：手作粗陶马克杯，¥300 起拍")
    await leading(auction)
    await expect(said).to_have_text("你领先，¥540")
    await outbid(auction)
    await expect(said).to_have_text("你被超过了，现在 ¥560")
    await won(auction)
    await expect(said).to_have_text("你拍下了，请在 5 分钟内付款")


async def test_from_the_close_to_the_payment_a_bidder_reads_what_is_happening(
    salesroom: Salesroom,
) -> None:
    auction = await salesroom.told(locale="en-US")
    bidder = auction.bidder
    await deciding(auction)
    await bidder.open()
    await expect(bidder.body).to_contain_text("no bid is taken any more")
    # The room's word is there before one's own order: that is no other's win.
    await awarded(auction, auction.own)
    await bidder.until_stage("deciding")
    await won(auction)
    await expect(bidder.body).to_contain_text("You won. Pay within 5 minutes")
    await expect(bidder.pill).to_contain_text("Pay within 4:5")
    seen = await bidder.pill.inner_text()
    await expect(bidder.pill).not_to_have_text(seen)
    auction.mine = MyBid("home", 800, 54_000)
    await awarded(auction, "jay")
    await bidder.until_stage("sold")
    await expect(bidder.body).to_contain_text("阿杰 won at ¥580 and has 5 minutes to pay")
    await asking(auction)
    await expect(bidder.body).to_contain_text("The next bidder is asked now")


async def test_who_is_offered_the_unit_may_decline_it(salesroom: Salesroom) -> None:
    auction = await salesroom.told()
    bidder = auction.bidder
    await offered(auction)
    await bidder.open()
    await expect(bidder.main).to_have_text("要，¥540 买下")
    auction.mine = msgspec.structs.replace(auction.mine, offer=None, is_out=True)
    await bidder.button("不要了").click()
    await bidder.until_stage("out")
    await expect(bidder.body).to_contain_text("你没有要，不算违约")
    assert auction.written[-1] == ("offer", {"answer": "decline"})


async def test_all_bids_are_read_after_the_end_and_an_erased_bidder_has_no_name(
    salesroom: Salesroom,
) -> None:
    auction = await salesroom.told()
    bidder = auction.bidder
    await sold(auction)
    await bidder.open()
    await bidder.sheet.locator("summary").click()
    rows = bidder.sheet.locator("details li")
    await expect(rows).to_have_count(3)
    await expect(rows.nth(0)).to_contain_text("¥320")
    await expect(rows.nth(1)).to_contain_text("作废")
    await expect(rows.nth(2)).to_contain_text("阿杰")
    await look(bidder, "log")
