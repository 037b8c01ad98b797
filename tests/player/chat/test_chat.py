"""The chat and the danmu, seen by all in real browsers, through the real room."""

from playwright.async_api import Locator, expect

from backend.contract.base import Author, Role
from backend.contract.chat import (
    BlockUser,
    Danmu,
    DanmuSent,
    DeleteDanmu,
    MuteUser,
    PinDanmu,
    RoomRules,
    SendDanmu,
    SetBlockedWords,
    SetRoomRules,
    UnmuteUser,
)
from backend.contract.polls import OpenPoll
from backend.contract.protocol import Sampled
from tests.player.conftest import Viewer, Watch
from tests.player.core.test_socket import ScriptedRoom, open_page, snapshot
from tests.support.browser import DESKTOP, PHONE, PHONE_ON_ITS_SIDE
from tests.support.show import Show

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
CALM_CHAT = 120


def lines(viewer: Viewer) -> Locator:
    return viewer.page.locator(".line")


def notice(viewer: Viewer) -> Locator:
    return viewer.page.locator(".composer__notice")


async def say(viewer: Viewer, text: str) -> None:
    field = viewer.page.locator(".composer__input")
    await field.fill(text)
    await field.press("Enter")


async def test_an_empty_chat_invites_to_write_where_it_has_a_column(show: Show, watch: Watch) -> None:
    await show.go_live()
    desktop, phone = await watch(DESKTOP, "en-US"), await watch()
    await expect(desktop.page.locator(".chat__empty")).to_have_text(
        "Nobody has said anything yet. Say hello!"
    )
    await expect(desktop.page.locator(".chat__empty")).to_be_visible()
    await expect(phone.page.locator(".chat__empty")).to_be_hidden()
    await say(phone, "hi")
    await expect(desktop.page.locator(".chat__empty")).to_be_hidden()


async def test_two_viewers_and_the_host_see_each_others_messages(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch(DESKTOP, "en-US")
    await say(first, "这个有货吗")
    await expect(lines(second)).to_contain_text(["这个有货吗"])
    await expect(lines(first)).to_have_attribute("data-state", "sent")
    await show.do(SendDanmu("有的"))
    for viewer in (first, second):
        await expect(lines(viewer)).to_contain_text(["这个有货吗", "有的"])
    await expect(lines(first).last.locator(".badge")).to_have_text("主播")
    await expect(lines(second).last.locator(".badge")).to_have_text("Host")
    await expect(second.page.locator(".chat__total")).to_have_text("2")


async def test_a_tap_on_a_message_answers_it_by_name(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch()
    await say(first, "多少钱")
    await lines(second).click()
    await expect(second.page.locator(".composer__reply")).to_contain_text("回复")
    await expect(second.page.locator(".composer__input")).to_be_focused()
    await say(second, "168")
    await expect(lines(first).last.locator(".line__reply")).to_contain_text("@")
    await expect(second.page.locator(".composer__reply")).to_be_hidden()


async def test_markup_stays_text_in_list_and_picture(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch(DESKTOP)
    await expect(second.page.locator(".chat__list")).to_be_visible()
    await say(first, MARKUP)
    await expect(lines(second).locator(".line__text")).to_have_text(MARKUP)
    await expect(second.page.locator(".danmu")).to_have_text(MARKUP)
    assert await second.page.locator("img[onerror], .line script, .danmu *").count() == 0


async def test_who_comes_later_sees_what_was_said_and_no_old_danmu_flies(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.do(SendDanmu("第一句"))
    await show.do(SendDanmu("第二句"))
    viewer = await watch()
    await expect(lines(viewer).locator(".line__text")).to_have_text(["第一句", "第二句"])
    assert await viewer.page.locator(".danmu").count() == 0


async def test_a_deleted_message_vanishes_and_a_muted_viewer_reads_why(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch()
    await say(first, "坏话")
    await say(second, "好话")
    await expect(lines(first)).to_have_count(2)
    bad = next(one for one in show.room.snapshot().danmu if one.text == "坏话")
    await show.do(DeleteDanmu(bad.danmu_id))
    for viewer in (first, second):
        await expect(lines(viewer).locator(".line__text")).to_have_text(["好话"])
    await show.do(MuteUser(bad.author.user_id, 600))
    await expect(notice(first)).to_contain_text("你已被禁言，还有 ")
    await expect(first.page.locator(".composer__input")).to_be_disabled()
    await expect(second.page.locator(".composer__input")).to_be_enabled()
    await show.do(UnmuteUser(bad.author.user_id))
    await expect(first.page.locator(".composer__input")).to_be_enabled()
    await expect(notice(first)).to_be_empty()


async def test_a_refused_message_stays_with_its_reason_and_may_be_sent_again(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    await show.do(SetBlockedWords(["加微信"]))
    viewer, other = await watch(), await watch()
    await expect(other.page.locator(".chat__list")).to_be_attached()
    await say(viewer, "加 微 信")
    await expect(lines(viewer)).to_have_attribute("data-state", "failed")
    await expect(lines(viewer)).to_contain_text("含有屏蔽词")
    await show.do(SetBlockedWords([]))
    await viewer.page.get_by_role("button", name="重发").click()
    await expect(lines(viewer)).to_have_attribute("data-state", "sent")
    await expect(lines(other)).to_contain_text(["加 微 信"])


async def test_slow_mode_counts_down_and_a_pause_closes_the_field(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.do(SetRoomRules(RoomRules(30, followers_only=False, links_off=True, is_chat_paused=False)))
    viewer = await watch(PHONE, "en-US")
    await expect(notice(viewer)).to_have_text("Slow mode: one message every 30 s")
    await say(viewer, "one")
    await expect(lines(viewer)).to_have_attribute("data-state", "sent")
    await say(viewer, "two")
    await expect(lines(viewer).last).to_have_attribute("data-state", "failed")
    await expect(notice(viewer)).to_contain_text("Slow mode: wait a moment (")
    await show.do(SetRoomRules(RoomRules(0, followers_only=False, links_off=False, is_chat_paused=True)))
    await expect(notice(viewer)).to_have_text("The host paused the chat")
    await expect(viewer.page.locator(".composer__input")).to_be_disabled()
    await show.do(SetRoomRules(RoomRules(0, followers_only=True, links_off=False, is_chat_paused=False)))
    await expect(notice(viewer)).to_have_text("Only followers may write")
    await viewer.page.get_by_role("button", name="Follow").click()
    await expect(viewer.page.locator(".follow")).to_have_attribute("aria-pressed", "true")
    await expect(viewer.page.locator(".composer__input")).to_be_enabled()


async def test_a_blocked_viewer_is_told_and_does_not_knock_again(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await say(viewer, "再见")
    await expect(lines(viewer)).to_have_attribute("data-state", "sent")
    await show.do(BlockUser(show.room.snapshot().danmu[-1].author.user_id))
    await viewer.until_slate("blocked")
    await expect(viewer.stage).to_contain_text("你已被移出直播间")
    assert (await viewer.stats())["connection"] == "blocked"


async def test_the_pinned_message_stands_until_its_time_is_over(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.do(SendDanmu("今晚八点抽奖"))
    await show.do(PinDanmu(show.room.snapshot().danmu[-1].danmu_id, 5))
    viewer = await watch()
    await expect(viewer.page.locator(".pinned")).to_contain_text("今晚八点抽奖")
    await expect(viewer.page.locator(".pinned")).to_be_hidden()


async def test_a_reconnect_doubles_no_message_and_loses_none_that_was_kept(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    viewer.complaints.expect("WebSocket", "ERR_INTERNET_DISCONNECTED")
    await say(viewer, "断线之前")
    await show.do(SendDanmu("主播说"))
    await expect(lines(viewer)).to_have_count(2)
    await viewer.page.context.set_offline(True)
    show.drop_sockets()
    await expect(viewer.page.locator(".connection")).not_to_be_empty()
    await say(viewer, "断线之中")
    await expect(lines(viewer).last).to_contain_text("网络断开，没有发出")
    await show.do(SendDanmu("你错过的"))
    await viewer.page.context.set_offline(False)
    await expect(lines(viewer).locator(".line__text")).to_have_text(
        ["断线之前", "主播说", "你错过的", "断线之中"]
    )
    await viewer.page.get_by_role("button", name="重发").click()
    await expect(lines(viewer).locator(".line__text")).to_have_text(
        ["断线之前", "主播说", "你错过的", "断线之中"]
    )
    await expect(lines(viewer).last).to_have_attribute("data-state", "sent")


async def test_how_danmu_look_is_kept_in_the_browser(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(DESKTOP)
    await viewer.page.locator(".more").click()
    await viewer.page.locator("[name=size][value=large]").check()
    await viewer.page.locator("[name=is_on]").uncheck()
    await viewer.page.reload()
    await viewer.page.locator(".more").click()
    await expect(viewer.page.locator("[name=size][value=large]")).to_be_checked()
    await expect(viewer.page.locator("[name=is_on]")).not_to_be_checked()
    await show.do(SendDanmu("看不见的弹幕"))
    await expect(lines(viewer)).to_contain_text(["看不见的弹幕"])
    assert await viewer.page.locator(".danmu").count() == 0


async def test_upright_danmu_fly_once_they_are_chosen_and_on_the_side_at_once(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    upright, lying = await watch(PHONE), await watch(PHONE_ON_ITS_SIDE)
    for viewer in (upright, lying):
        await expect(viewer.page.locator(".composer__input")).to_be_visible()
    await show.do(SendDanmu("一"))
    await expect(lying.page.locator(".danmu")).to_have_text(["一"])
    await expect(lines(upright)).to_contain_text(["一"])
    assert await upright.page.locator(".danmu").count() == 0
    await upright.page.locator(".more").click()
    # Another size is no wish for them to fly, nor one for them not to on the side.
    await upright.page.locator("[name=size][value=large]").check()
    await show.do(SendDanmu("又一"))
    await expect(lines(upright)).to_contain_text(["一", "又一"])
    assert await upright.page.locator(".danmu").count() == 0
    assert await upright.page.evaluate("JSON.parse(localStorage['livestall.danmu']).is_chosen") is False
    await upright.page.locator("[name=is_on]").check()
    await upright.page.keyboard.press("Escape")
    await show.do(SendDanmu("二"))
    await expect(upright.page.locator(".danmu")).to_have_text(["二"])


async def test_who_wants_less_motion_reads_the_list_alone(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.page.emulate_media(reduced_motion="reduce")
    await viewer.page.locator(".like").click()
    await show.do(SendDanmu("不飞"))
    await expect(lines(viewer)).to_contain_text(["不飞"])
    assert await viewer.page.locator(".danmu, .hearts i").count() == 0


def crowd(danmu_id: int) -> Danmu:
    author = Author(f"guest-{danmu_id % 50}", f"观众{danmu_id % 50}", Role.VIEWER, is_follower=False)
    return Danmu(danmu_id, author, f"冲冲冲 {danmu_id}", 0, None)


async def test_a_flood_leaves_the_page_bounded_and_the_last_on_top(show: Show, watch: Watch) -> None:
    room = ScriptedRoom()
    room.answers = [snapshot(1)]
    viewer = await open_page(room, watch)
    await viewer.page.goto(show.url)
    await expect(viewer.page.locator(".chat__list")).to_be_attached()
    nodes = "document.querySelectorAll('*').length"
    before = await viewer.page.evaluate(nodes)
    for first in range(1, 4_001, 20):
        room.say(Sampled([DanmuSent([crowd(one) for one in range(first, first + 20)], first + 19)]))
    await expect(lines(viewer).last).to_contain_text("冲冲冲 4000")
    await expect(viewer.page.locator(".chat__total")).to_have_text("4000")
    assert await lines(viewer).count() == CALM_CHAT
    # A line is four elements, and few danmu fly at once.
    assert await viewer.page.evaluate(nodes) - before < CALM_CHAT * 4 + 60
    await expect(viewer.page.locator(".chat__announcement")).to_contain_text("冲冲冲")


async def test_the_end_stays_in_sight_until_one_scrolls_back(show: Show, watch: Watch) -> None:
    await show.go_live()
    for number in range(30):
        await show.do(SendDanmu(f"第 {number} 句"))
    viewer = await watch()
    await expect(lines(viewer)).to_have_count(30)
    await expect(lines(viewer).last).to_be_in_viewport()
    newer = viewer.page.get_by_role("button", name="有新消息")
    await show.do(OpenPoll("谁小了？", ["列表", "卡片"], 60))
    await expect(viewer.page.locator(".poll")).to_be_visible()
    await show.do(SendDanmu("看得见"))
    await expect(lines(viewer).last).to_be_in_viewport(ratio=0.9)
    await expect(newer).to_be_hidden()
    await viewer.page.locator(".chat__list").evaluate("(list) => { list.scrollTop = 0; }")
    await show.do(SendDanmu("看不见"))
    await newer.click()
    await expect(lines(viewer).last).to_be_in_viewport(ratio=0.9)
    await expect(newer).to_be_hidden()


async def test_a_chat_is_read_and_written_by_keyboard_alone(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.do(SendDanmu("一"))
    await show.do(SendDanmu("二"))
    viewer = await watch(DESKTOP)
    await expect(lines(viewer)).to_have_count(2)
    await viewer.page.locator(".chat__list").focus()
    for key in ("ArrowUp", "ArrowUp", "Enter"):
        await viewer.page.keyboard.press(key)
    await expect(viewer.page.locator(".composer__input")).to_be_focused()
    await viewer.page.keyboard.type("答一")
    await viewer.page.keyboard.press("Enter")
    await expect(lines(viewer)).to_have_count(3)
    assert show.room.snapshot().danmu[-1].reply_to is not None
