"""Two people bid for one unit in real browsers: the higher maximum wins, and its owner pays."""

import os
from typing import Final

from playwright.async_api import expect

from tests.player.campaigns.auction.conftest import Bidder, Salesroom
from tests.support.shopper import choose_outcome

LOOK = os.environ.get("LIVESTALL_LOOK", "")
END_MS: Final = 120_000


async def look(bidder: Bidder, name: str) -> None:
    if LOOK:
        await bidder.page.screenshot(path=f"{LOOK}/{name}.png")


async def test_the_higher_maximum_wins_the_auction_for_just_as_much_as_it_takes_and_pays(
    salesroom: Salesroom,
) -> None:
    await salesroom.stall.hold_an_auction_licence()
    jay, man = await salesroom.bidder(), await salesroom.bidder()
    await salesroom.stall.announce_auction(start_minor=30_000, countdown_s=20, duration_s=45)
    for bidder in (jay, man):
        await bidder.open()
        await bidder.until_stage("soon")
        await bidder.fill_address()
        await expect(bidder.body).to_contain_text("拍下后 5 分钟内付款")
    await jay.until_stage("first")
    await jay.button("同意并出价 ¥300").click()
    await jay.until_stage("leading")
    await expect(jay.amount).to_have_text("¥300")
    await man.until_stage("first")
    await man.bid_up_to("417")
    await man.until_stage("leading")
    await expect(man.amount).to_have_text("¥310")
    await jay.until_stage("outbid")
    await look(jay, "real-outbid")
    await jay.button("出价 ¥320，重新领先").click()
    # The other's maximum answers at once, and nobody saw it.
    await expect(man.amount).to_have_text("¥330")
    await expect(man.badge).to_have_text("你领先")
    await expect(jay.main).to_have_text("出价 ¥340，重新领先")
    assert "417" not in await jay.sheet.inner_text()
    await expect(man.sheet).to_have_attribute("data-stage", "won", timeout=END_MS)
    await look(man, "real-won")
    await jay.until_stage("sold")
    async with man.page.context.expect_page() as opened:
        await man.main.click()
    await choose_outcome(await opened.value)
    await man.shopper.until_stage("paid")
    # Once it is paid, all bids are there to read.
    await jay.sheet.locator("summary").click()
    await expect(jay.sheet.locator("details li")).to_have_count(3)
    await expect(jay.sheet.locator("details li").nth(0)).to_contain_text("仍领先")
    await look(jay, "real-sold")
    await expect(jay.pill).to_contain_text("¥330 成交")
    [order] = await salesroom.stall.orders()
    assert [line.unit_minor for line in order.lines] == [33_000]


async def test_who_reloads_the_page_still_leads(salesroom: Salesroom) -> None:
    await salesroom.stall.hold_an_auction_licence()
    jay = await salesroom.bidder()
    await salesroom.stall.announce_auction(start_minor=30_000, countdown_s=3, duration_s=300)
    await jay.open()
    await jay.until_stage("first")
    await jay.fill_address()
    await jay.bid_up_to("417")
    await jay.until_stage("leading")
    await jay.page.reload()
    await expect(jay.sheet).to_be_visible()
    await jay.until_stage("leading")
    await expect(jay.max_row).to_contain_text("你的最高价 ¥417，自动跟价")
