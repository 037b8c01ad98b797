"""A flash sale as buyers see it: one start for all, two units for three people, and the price afterwards."""

import asyncio

from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.support.shopper import Shopper

# Longer than three browsers take to get ready on a busy machine.
COUNTDOWN_S = 60
OPENS_MS = 90_000


async def ready(shopper: Shopper, number: int) -> None:
    """Stand at the checkout with an address of one's own, before the start."""
    await shopper.go_to_checkout()
    await shopper.focus("address").click()
    values = {
        "name": f"买家{number}",
        "phone": f"1380013800{number}",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "street": f"文三路 {number} 号",
    }
    for name, value in values.items():
        await shopper.page.locator(f"#shop-address-{name}").fill(value)
    await shopper.focus("save").click()
    await expect(shopper.pay_button).to_contain_text("后开抢")


async def test_three_race_for_two_units_and_the_third_is_told_why(stall: Stall) -> None:
    await stall.go_live()
    shoppers = [await stall.shopper() for _ in range(3)]
    campaign = await stall.announce_flash_sale(9_900, 2, countdown_s=COUNTDOWN_S)
    await asyncio.gather(*(ready(shopper, n) for n, shopper in enumerate(shoppers)))
    for shopper in shoppers:
        await expect(shopper.pay_button).to_be_disabled()
        shopper.complaints.expect("409")
    # The button opens by itself, at the server's instant.
    await asyncio.gather(*(expect(one.pay_button).to_be_enabled(timeout=OPENS_MS) for one in shoppers))
    await asyncio.gather(*(one.pay_button.click() for one in shoppers))
    told = [one.view.locator(".note--bad", has_text="被抢完了") for one in shoppers]
    got = [one.result for one in shoppers]
    await asyncio.gather(*(expect(a.or_(b).first).to_be_visible() for a, b in zip(told, got, strict=True)))
    assert sorted([await one.count() for one in told]) == [0, 0, 1]
    orders = await stall.orders()
    assert [one.lines[0].unit_minor for one in orders] == [9_900, 9_900]
    assert all(one.lines[0].campaign_id == campaign.campaign_id for one in orders)
    report = await stall.report_of(campaign)
    assert {one.outcome: one.count for one in report.outcomes} == {"accepted": 2, "none_left": 1}
    [third] = [one for one, note in zip(shoppers, told, strict=True) if await note.count()]
    await expect(third.body).to_contain_text("没有扣款")
    await expect(third.view.locator(".total")).to_contain_text("168")


async def test_the_card_and_the_page_of_a_product_count_down_and_show_the_price(stall: Stall) -> None:
    await stall.go_live()
    await stall.show_card("demo-tea")
    shopper = await stall.shopper()
    card = shopper.page.locator(".card")
    await expect(card.locator(".card__price")).to_have_text("¥168")
    campaign = await stall.announce_flash_sale(9_900, 5)
    await expect(card.locator(".flash")).to_contain_text("距开抢")
    await expect(card.locator(".card__price")).to_have_text("¥99")
    await expect(card.locator(".card__buy")).to_have_text("准备")
    await expect(shopper.page.locator(".card__announcement")).to_contain_text("秒后开抢")
    await card.locator(".card__buy").click()
    await expect(shopper.body.locator(".price--l")).to_contain_text("99")
    await expect(shopper.focus("buy")).to_have_text("准备抢购 ¥99")
    await expect(shopper.body.locator(".flash")).to_contain_text("距结束", timeout=OPENS_MS)
    await expect(shopper.focus("buy")).to_have_text("立即抢购 ¥99")
    await stall.stop_campaign(campaign)
    await expect(shopper.body.locator(".price--l")).to_contain_text("168")
    await expect(shopper.focus("buy")).to_contain_text("立即购买")
    await expect(card.locator(".card__price")).to_have_text("¥168")
    await expect(card.locator(".flash")).to_be_hidden()


async def test_a_checkout_goes_back_to_the_usual_price_with_the_end_of_the_sale(stall: Stall) -> None:
    await stall.go_live()
    shopper = await stall.shopper(locale="en-US")
    campaign = await stall.announce_flash_sale(9_900, 5)
    await shopper.go_to_checkout()
    await expect(shopper.view.locator(".total")).to_contain_text("99")
    await expect(shopper.body).to_contain_text("kept for you for 5 minutes")
    await stall.stop_campaign(campaign)
    await expect(shopper.view.locator(".total")).to_contain_text("168")
