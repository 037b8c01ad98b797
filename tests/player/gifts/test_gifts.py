"""Gifts in real browsers, through the real room."""

from playwright.async_api import Locator, expect

from backend.contract.audience import SetNickname
from backend.contract.base import Role
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.features.actor import Actor
from tests.player.conftest import Viewer, Watch
from tests.support.browser import DESKTOP, PHONE, SMALL_PHONE, Screen
from tests.support.show import Show

NARROW = Screen(360, 740, scale=2, is_phone=True)
GIVER = Actor("guest-giver", Role.VIEWER)
MARKUP = "<img src=x onerror=1>"


def banners(viewer: Viewer) -> Locator:
    return viewer.page.locator(".banner")


async def open_gifts(viewer: Viewer) -> None:
    await viewer.page.locator(".gift-open").click()
    await expect(viewer.page.locator(".gifts li")).to_have_count(10)


async def claim(viewer: Viewer) -> None:
    await open_gifts(viewer)
    await viewer.page.locator(".gifts__claim").click()
    await expect(viewer.page.locator(".gifts__balance")).to_contain_text("3,000")


async def choose_and_send(viewer: Viewer, gift_id: str) -> None:
    await viewer.page.locator(f"[data-gift={gift_id}]").click()
    await viewer.page.locator(".gifts__send").click()


async def give(show: Show, gift_id: str, key: str, count: int = 1) -> None:
    session_id = show.room.snapshot().live.session_id
    await show.do(SendGift(session_id, key, gift_id, count), GIVER)


async def a_giver(show: Show, name: str = "小鹿") -> None:
    await show.do(SetNickname(name), GIVER)
    await show.do(ClaimDemoCoins(), GIVER)


async def test_a_combo_counts_up_on_both_screens_and_the_purse_is_the_rest(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(DESKTOP, "en-US")
    await expect(second.page.locator(".gift-open")).to_be_visible()
    await claim(first)
    await choose_and_send(first, "bear")
    for _ in range(4):
        await first.page.locator(".combo").click()

    for viewer in (first, second):
        await expect(banners(viewer).locator(".banner__combo")).to_have_text("×5")
    await expect(banners(first)).to_have_attribute("data-own", "")
    await expect(banners(second)).to_contain_text("sent Teddy bear")
    await expect(first.page.locator(".combo__times")).to_have_text("×5")
    await open_gifts(first)
    await expect(first.page.locator(".gifts__balance")).to_have_text("余额 2,740 金币")
    gifts = show.room.snapshot().ranking
    assert (gifts.gifts, gifts.coins) == (5, 260)


async def test_a_large_gift_fills_the_screen_and_the_next_waits_for_it(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    stage = viewer.page.locator("gift-stage")
    await expect(viewer.page.locator(".gift-open")).to_be_visible()
    await a_giver(show)
    await give(show, "rocket", "key-large-1")
    await give(show, "fireworks", "key-large-2")
    await expect(stage).to_have_attribute("data-effect", "rise")
    await expect(stage.locator("p")).to_have_text("小鹿 送出 火箭 ×1")
    await expect(stage.locator("img")).to_have_count(1)
    await expect(stage).to_have_attribute("data-effect", "burst")
    await expect(stage).to_be_empty()
    await expect(viewer.page.locator(".banners__announcement")).to_contain_text("小鹿")


async def test_without_motion_a_large_gift_is_a_still_picture(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.page.emulate_media(reduced_motion="reduce")
    await expect(viewer.page.locator(".gift-open")).to_be_visible()
    await a_giver(show)
    await give(show, "rocket", "key-large-1")
    stage = viewer.page.locator("gift-stage")
    await expect(stage).to_have_attribute("data-effect", "still")
    assert await stage.locator("i").count() == 0
    still = await stage.locator("img").evaluate("(image) => getComputedStyle(image).transform")
    assert still == "none"


async def test_the_ranking_agrees_on_every_screen_and_names_stay_text(show: Show, watch: Watch) -> None:
    await show.go_live()
    await a_giver(show, MARKUP[:20])
    await give(show, "beer", "key-beer-1", 3)
    first, second = await watch(), await watch(DESKTOP, "en-US")
    await claim(first)
    await choose_and_send(first, "rose")
    for viewer in (first, second):
        await expect(viewer.page.locator(".ranking-open .avatar")).to_have_count(2)
        if viewer is first:
            await viewer.page.locator(".ranking-open").click()
        else:
            await viewer.page.locator(".ranking-open").press("Enter")
        await expect(viewer.page.locator(".ranking li")).to_have_count(2)
        await expect(viewer.page.locator(".ranking__name").first).to_have_text(MARKUP[:20])
    await expect(first.page.locator(".ranking__coins")).to_have_text(["30 金币", "1 金币"])
    await expect(first.page.locator(".ranking li[data-own]")).to_have_count(1)
    await expect(first.page.locator(".ranking__you")).to_have_text("我本场送出 1 金币")
    await expect(second.page.locator(".ranking__coins")).to_have_text(["30 coins", "1 coin"])


async def test_a_gift_sent_while_the_line_is_down_goes_once_when_it_is_back(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    viewer.complaints.expect("WebSocket", "ERR_")
    await claim(viewer)
    await viewer.page.locator("[data-gift=crown]").click()
    await viewer.page.context.set_offline(True)
    show.drop_sockets()
    await expect(viewer.page.locator(".connection")).not_to_be_empty()
    await viewer.page.locator(".gifts__send").click()
    told = viewer.page.locator(".gift-told")
    await expect(told).to_have_text("网络断开，连上后自动补发，只扣一次")
    await viewer.page.context.set_offline(False)
    await expect(told).to_have_text("已补发 皇冠 ×1", timeout=20_000)
    ranking = show.room.snapshot().ranking
    assert (ranking.gifts, ranking.coins) == (1, 199)


async def test_words_with_a_gift_stand_out_on_every_screen_and_cost_nothing_when_refused(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(DESKTOP, "en-US")
    await expect(second.page.locator(".gift-open")).to_be_visible()
    await claim(first)
    words = first.page.locator(".gifts__words")
    await words.fill("x" * 101)
    await choose_and_send(first, "bear")
    await expect(first.page.locator(".gift-told")).to_contain_text("最多 100 个字")
    await open_gifts(first)
    await expect(words).to_have_value("x" * 101)
    await expect(first.page.locator(".gifts__balance")).to_have_text("余额 3,000 金币")
    await words.fill(MARKUP)
    await first.page.locator(".gifts__send").click()
    for viewer, price in ((first, "52 金币"), (second, "52 coins")):
        await expect(viewer.page.locator(".danmu[data-paid]")).to_have_text(MARKUP)
        line = viewer.page.locator(".line[data-paid]")
        await expect(line.locator(".line__text")).to_have_text(MARKUP)
        await expect(line.locator(".line__coins")).to_have_text(price)


async def test_what_one_cannot_pay_cannot_be_sent(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(PHONE, "en-US")
    send = viewer.page.locator(".gifts__send")
    await open_gifts(viewer)
    await expect(send).to_have_text("Not enough: buy coins")
    await viewer.page.locator(".gifts__claim").click()
    await expect(send).to_have_text("Send · 1 coin")
    await expect(viewer.page.locator(".gifts__claim")).to_be_hidden()
    await viewer.page.locator("[data-gift=castle]").click()
    await expect(send).to_have_text("Not enough: buy coins")
    await viewer.page.locator("[data-gift=rose]").click()
    await viewer.page.locator('[data-count="66"]').click()
    await expect(send).to_have_text("Send · 66 coins")
    await show.end()
    await expect(send).to_be_disabled()
    await expect(send).to_have_text("Nothing is live now")


async def test_a_gift_is_sent_and_repeated_by_the_keyboard_alone(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(DESKTOP)
    await claim(viewer)
    await viewer.page.locator("[data-gift=light_stick]").press("Enter")
    await viewer.page.locator(".gifts__send").press("Enter")
    await expect(viewer.page.locator(".combo")).to_be_focused()
    await viewer.page.keyboard.press("Enter")
    await expect(banners(viewer).locator(".banner__combo")).to_have_text("×2")


async def test_what_is_told_goes_by_itself(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(DESKTOP, "en-US")
    await claim(viewer)
    told = viewer.page.locator(".gift-told")
    await expect(told).to_have_text("The demo coins are yours")
    await expect(told).to_be_empty()


async def test_everything_fits_a_narrow_phone(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.show("tea")
    viewer = await watch(SMALL_PHONE)
    await claim(viewer)
    for locator in (".gifts__send", ".gifts [data-gift=castle]"):
        box = await viewer.page.locator(locator).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 640
    await choose_and_send(viewer, "rose")
    await expect(banners(viewer)).to_be_visible()
    await banners(viewer).evaluate("(one) => Promise.all(one.getAnimations().map((a) => a.finished))")
    for locator in (".banner", ".combo", ".gift-open", ".composer__line", ".ranking-open"):
        await expect(viewer.page.locator(locator)).to_be_visible()
        box = await viewer.page.locator(locator).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
