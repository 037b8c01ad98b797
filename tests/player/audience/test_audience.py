"""Likes, polls, requests and sharing in real browsers, through the real room."""

import asyncio

import pytest
from playwright.async_api import expect

from backend.contract.audience import SendLikes
from backend.contract.base import Role
from backend.contract.polls import ClosePoll, OpenPoll, ReopenPoll
from backend.features.actor import Actor
from tests.player.chat.test_chat import lines, say
from tests.player.conftest import Viewer, Watch
from tests.support.animations import finish_animations
from tests.support.browser import DESKTOP, SMALL_PHONE, Screen
from tests.support.show import Show

# Do the card and the unfolded poll lie over each other?
OVERLAP = """() => {
  const [card, poll] = [".card", ".poll"].map((name) => document.querySelector(name).getBoundingClientRect());
  return card.right > poll.left;
}"""


async def test_likes_are_counted_exactly_by_tap_and_by_hold(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch(DESKTOP)
    button = first.page.locator(".like")
    for _ in range(7):
        await button.click()
    for _ in range(3):
        await second.page.locator(".like").click()
    for viewer in (first, second):
        await expect(viewer.page.locator(".like")).to_have_attribute("data-likes", "10")
    await button.hover()
    await first.page.mouse.down()
    await expect(first.page.locator(".hearts i").nth(2)).to_be_attached()
    await first.page.mouse.up()
    async with asyncio.timeout(10):
        while (likes := show.room.snapshot().likes) <= 10 or not await agree(second, likes):
            await first.page.wait_for_timeout(100)


async def test_a_milestone_of_likes_is_told_to_everybody(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await expect(viewer.page.locator(".like")).to_be_visible()
    for number in range(2):
        await show.do(SendLikes(60), Actor(f"guest-{number}", Role.VIEWER))
    await expect(viewer.page.locator(".milestone")).to_have_text("点赞突破 100")
    await expect(viewer.page.locator(".hearts i")).not_to_have_count(0)
    await expect(viewer.page.locator(".like")).to_have_attribute("data-likes", "120")
    await expect(viewer.page.locator(".milestone")).to_be_empty()


async def agree(viewer: Viewer, likes: int) -> bool:
    shown = await viewer.page.locator(".like").get_attribute("data-likes")
    return shown == str(likes)


async def test_a_poll_takes_one_vote_and_shows_how_all_chose(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch(DESKTOP, "en-US")
    await expect(second.page.locator(".chat__list")).to_be_attached()
    await show.do(OpenPoll("下一个讲哪款？", ["龙井", "<b>普洱</b>"], 60))
    await first.page.locator(".poll__options button").nth(0).click()
    await expect(first.page.locator(".poll__options button").nth(0)).to_contain_text("1 · 100%")
    await second.page.locator(".poll__options button").nth(1).click()
    for viewer in (first, second):
        await expect(viewer.page.locator(".poll__options button")).to_contain_text(["1 · 50%", "1 · 50%"])
    assert await second.page.locator(".poll__options b").count() == 0


async def test_a_poll_that_takes_votes_again_keeps_the_viewers_vote(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch(DESKTOP)
    await expect(second.page.locator(".chat__list")).to_be_attached()
    await show.do(OpenPoll("下一个讲哪款？", ["龙井", "普洱"], 600))
    await first.page.locator(".poll__options button").nth(0).click()
    await expect(first.page.locator(".poll__options button").nth(0)).to_contain_text("1 · 100%")
    await show.do(ClosePoll(1))
    await expect(first.page.locator(".poll__state")).to_have_text("投票结束")
    late = await watch(DESKTOP)
    await show.do(ReopenPoll(1))

    await expect(first.page.locator(".poll__options button").nth(0)).to_be_disabled()
    await expect(first.page.locator(".poll__options button[data-chosen=true]")).to_contain_text("龙井")
    for viewer in (second, late):
        await viewer.page.locator(".poll__options button").nth(1).click()
    await expect(late.page.locator(".poll__options button")).to_contain_text(["1 · 33%", "2 · 67%"])


async def test_a_poll_leaves_the_host_in_sight_on_a_flat_screen(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.show("tea")
    await show.do(OpenPoll("下一个讲哪款？", ["龙井", "普洱"], 0))
    viewer = await watch(Screen(568, 320, is_phone=True))
    page, answer = viewer.page, viewer.page.locator(".poll__options button").first
    await expect(viewer.card).to_be_visible()
    poll, fold = page.locator(".poll"), page.locator(".poll__fold")
    await expect(poll).to_be_visible()
    await expect(answer).to_be_hidden()
    await finish_animations(viewer.card)
    for part in (viewer.card, poll):
        box = await part.bounding_box()
        assert box is not None
        assert box["y"] >= 320 * 0.48, part
    await fold.click()
    await answer.click()
    await expect(answer).to_contain_text("1 · 100%")
    assert await page.evaluate(OVERLAP) is False
    await fold.click()
    await expect(answer).to_be_hidden()


async def test_the_name_can_be_changed_and_a_viewer_checks_in_once(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.page.locator(".more").click()
    await viewer.page.locator(".nickname__input").fill("喝茶的人")
    await viewer.page.get_by_role("button", name="保存").click()
    await expect(viewer.page.locator(".more__told")).to_have_text("昵称已保存")
    await viewer.page.get_by_role("button", name="签到").click()
    await expect(viewer.page.locator(".check-in")).to_have_text("已签到")
    await viewer.page.locator("more-sheet .sheet__close").click()
    await say(viewer, "我改名了")
    await expect(lines(viewer).locator(".line__name")).to_have_text("喝茶的人")


async def test_the_link_is_copied_with_where_its_guests_come_from(show: Show, watch: Watch) -> None:
    viewer = await watch(DESKTOP)
    await viewer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await viewer.page.locator(".share").click()
    await viewer.page.get_by_role("button", name="复制链接").click()
    await expect(viewer.page.locator("share-sheet .share__told")).to_have_text("链接已复制")
    assert await viewer.page.evaluate("navigator.clipboard.readText()") == f"{show.url}?from=link"
    code = viewer.page.locator(".share__qr")
    assert await code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.parametrize(("screen", "locale"), [(SMALL_PHONE, "zh-CN"), (DESKTOP, "en-US")])
async def test_an_invitation_opened_in_a_browser_says_where_it_belongs(
    show: Show, watch: Watch, screen: Screen, locale: str
) -> None:
    link = f"{show.url}#assist=7KQ2M-04XRT"
    viewer = await watch(screen, locale, link)
    sheet = viewer.page.locator("assist-note dialog")
    await expect(sheet).to_be_visible()
    await expect(sheet.locator(".share__link")).to_have_value(link)
    await expect(viewer.page).to_have_url(show.url)
    await viewer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await sheet.locator(".share__copy").click()
    await expect(sheet.locator(".share__told")).to_have_text(
        "链接已复制" if locale == "zh-CN" else "Link copied"
    )
    await viewer.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
