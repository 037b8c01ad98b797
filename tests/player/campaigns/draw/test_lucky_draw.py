"""A draw in real browsers: conditions ticked off, entered, drawn, and checked on the viewer's device."""

import json
import os
import subprocess
import sys
from pathlib import Path

from playwright.async_api import Route, expect

from backend.fairness import verify_draw
from backend.fairness.digests import canonical
from tests.player.campaigns.draw.conftest import DrawRoom, DrawViewer
from tests.support.browser import DESKTOP

LOOK = os.environ.get("LIVESTALL_LOOK", "")


async def look(viewer: DrawViewer, name: str) -> None:
    if LOOK:
        await viewer.page.screenshot(path=f"{LOOK}/{name}.png")


async def test_conditions_are_ticked_off_as_they_are_met(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer()
    await draw_room.draw(word="青禾 好茶", needs_follow=True, needs_presence=True, winners=3)
    await viewer.open()
    await expect(viewer.title).to_have_text("福袋 · 3 份")
    await expect(viewer.main).to_have_text("还差 2 项")
    await expect(viewer.main).to_be_disabled()
    await look(viewer, "open")
    await viewer.condition("关注主播").get_by_role("button").click()
    await expect(viewer.condition("关注主播")).to_have_attribute("data-met", "true")
    await viewer.condition("青禾 好茶").get_by_role("button").click()
    await expect(viewer.condition("青禾 好茶")).to_have_attribute("data-met", "true")
    await expect(viewer.main).to_have_text("参加抽奖")
    await viewer.page.reload()
    await viewer.open()
    await expect(viewer.main).to_have_text("参加抽奖")


async def test_a_draw_says_its_rules_and_that_the_word_does_for_who_buys_nothing(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer()
    await draw_room.draw(
        word="好茶", bought_or_word=True, account_minutes=30, per_network=3, one_a_phone=True
    )
    await viewer.open()
    for text in ("账号须注册满 30 分钟", "每个手机号一次：地址簿里要有手机号", "同一网络最多 3 人"):
        await expect(viewer.sheet.locator(".draw__small", has_text=text)).to_be_visible()
    word = viewer.condition("发评论「好茶」，或在本场下过单")
    await expect(word).to_contain_text("发评论不用花钱")
    await look(viewer, "rules")
    await word.get_by_role("button").click()
    await expect(word).to_have_attribute("data-met", "true")
    await viewer.main.click()
    await viewer.page.locator(".age__yes").click()
    # A guest has no account.
    await expect(viewer.sheet.locator(".draw__told")).to_contain_text("请登录或注册")
    await viewer.page.keyboard.press("Escape")
    await expect(viewer.page.locator("account-notice").get_by_role("button", name="登录")).to_be_visible()


async def test_two_viewers_enter_a_draw_one_wins_and_both_devices_check_it(
    draw_room: DrawRoom, tmp_path: Path
) -> None:
    anna, bert = await draw_room.viewer(), await draw_room.viewer()
    draw = await draw_room.draw(title="<b>开播福袋</b>")
    for viewer in (anna, bert):
        await viewer.enter()
    await expect(bert.sheet).to_contain_text("你的编号 0002")
    await look(bert, "joined")
    await draw_room.close(draw)
    await expect(bert.title).to_have_text("正在开奖")
    await expect(bert.sheet).to_contain_text("名单指纹已公布")
    await look(bert, "drawing")
    for viewer in (anna, bert):
        await expect(viewer.sheet).to_contain_text("已在这台设备上核对")
        await expect(viewer.sheet).to_contain_text("种子与开始前公布的一致")
        await expect(viewer.sheet).to_contain_text("混入了 2 份观众的随机数，0 份没有公布")
        await expect(viewer.sheet).to_contain_text("你的编号和随机数在里面")
    titles = {await viewer.title.inner_text() for viewer in (anna, bert)}
    assert titles == {"恭喜，你中奖了", "这次没有中奖"}
    await look(anna, "result-a")
    await look(bert, "result-b")

    files = []
    for name in ("保存数据", "保存核对程序"):
        async with anna.page.expect_download() as saved:
            await anna.sheet.get_by_role("button", name=name).click()
        path = tmp_path / (await saved.value).suggested_filename
        await (await saved.value).save_as(path)
        files.append(path)
    command = [sys.executable, "-I", str(files[1]), str(files[0])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: ASYNC221 - it is short
    assert done.returncode == 0, done.stdout + done.stderr
    assert files[1].name == Path(verify_draw.__file__).name


async def test_a_result_that_was_changed_does_not_pass_on_the_viewers_device(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer()
    draw = await draw_room.draw()

    async def forge(route: Route) -> None:
        response = await route.fetch()
        bundle = json.loads(await response.text())
        bundle["secret"] = "00" * 32
        await route.fulfill(body=canonical(bundle) + "\n")

    await viewer.page.route("**/bundle", forge)
    await viewer.enter()
    await draw_room.close(draw)
    await expect(viewer.sheet).to_contain_text("核对没有通过")
    await expect(viewer.sheet).to_contain_text("种子和封存的不一致")


async def test_a_draw_that_is_called_off_says_why_as_plain_text(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer(DESKTOP, "en-US")
    draw = await draw_room.draw(prize="<i>cup</i>")
    await viewer.open()
    await expect(viewer.sheet.locator(".draw__prize")).to_contain_text("<i>cup</i>")
    await look(viewer, "open-desktop-en")
    await draw_room.call_off(draw, "<b>broken</b> in the post")
    await expect(viewer.title).to_have_text("This draw was called off")
    await expect(viewer.sheet.locator(".draw__reason")).to_have_text("<b>broken</b> in the post")
    await look(viewer, "void-desktop-en")


async def test_a_draws_sheet_keeps_the_focus_and_a_press_while_it_counts_down(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer()
    # The time watched changes the sheet each second.
    await draw_room.draw(word="青禾", needs_follow=True, watched_s=120, duration_s=300)
    await viewer.open()
    say = viewer.condition("青禾").get_by_role("button")
    await say.focus()
    seen = await viewer.clock.inner_text()
    await expect(viewer.clock).not_to_have_text(seen)
    await expect(say).to_be_focused()
    await viewer.press_over_a_second(viewer.condition("关注主播").get_by_role("button"), viewer.clock)
    await expect(viewer.condition("关注主播")).to_have_attribute("data-met", "true")


async def test_why_a_viewer_of_a_draw_could_not_follow_is_said_until_it_is_drawn(draw_room: DrawRoom) -> None:
    viewer = await draw_room.viewer()
    draw = await draw_room.draw(needs_follow=True)
    await viewer.open()
    await viewer.refuse("too_fast")
    await viewer.condition("关注主播").get_by_role("button").click()
    await expect(viewer.told).to_be_visible()
    await draw_room.close(draw)
    await expect(viewer.title).to_have_text("没有人参加")
    await expect(viewer.told).to_have_count(0)


async def test_who_won_a_draw_is_congratulated_once_and_finds_it_behind_the_pill_for_a_while(
    draw_room: DrawRoom,
) -> None:
    viewer = await draw_room.viewer()
    draw = await draw_room.draw()
    await viewer.enter()
    await draw_room.close(draw)
    await expect(viewer.title).to_have_text("恭喜，你中奖了")
    await viewer.page.reload()
    await expect(viewer.pill).to_have_text("你中奖了")
    # The part that says so came: the sheet would stand open by now.
    await expect(viewer.sheet).to_be_hidden()
    for minutes, is_there in ((14, True), (2, False)):
        await viewer.pass_time(minutes * 60_000)
        await viewer.element.evaluate(
            "(one) => one.apply({ type: 'campaign_changed', campaign: one.shown.campaign })"
        )
        await expect(viewer.pill).to_be_visible(visible=is_there)
