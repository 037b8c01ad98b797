"""A spin wheel in real browsers: spun by finger and by keyboard, and checked on the viewer's device."""

import os

from playwright.async_api import Route, expect

from tests.player.campaigns.wheel.conftest import CUP, WheelRoom, WheelViewer
from tests.support.browser import DESKTOP

LOOK = os.environ.get("LIVESTALL_LOOK", "")


async def look(viewer: WheelViewer, name: str) -> None:
    if LOOK:
        await viewer.page.screenshot(path=f"{LOOK}/{name}.png")


async def test_a_viewer_spins_wins_coins_and_their_device_checks_the_slots(wheel_room: WheelRoom) -> None:
    viewer = await wheel_room.viewer()
    wheel = await wheel_room.wheel(
        [{"name": "一等奖", "stock": 2, "coins": 500}, {"name": "二等奖", "stock": 2, "coins": 500}],
        spins_each=2,
    )
    await viewer.open()
    await expect(viewer.line).to_contain_text("后开始")
    await look(viewer, "preheat")
    await expect(viewer.line).to_contain_text("你还能转 2 次")
    await viewer.main.click()
    await viewer.page.locator(".age__yes").click()
    await expect(viewer.main).to_have_text("转盘转动中…")
    await look(viewer, "turning")
    await expect(viewer.told).to_contain_text("恭喜，转到", timeout=15_000)
    await expect(viewer.told).to_contain_text("500 金币 已存入余额")
    won = await viewer.told.inner_text()
    await expect(viewer.sheet.get_by_text("第 1 转")).to_be_visible()
    await look(viewer, "won")
    # The sector under the pointer is what was won.
    angle = float((await viewer.disc.evaluate("(disc) => disc.style.rotate")).removesuffix("deg"))
    assert ("一等奖" if (-angle) % 360 < 180 else "二等奖") in won
    await expect(viewer.line).to_contain_text("你还能转 1 次")
    await wheel_room.call_off(wheel, "提前结束")
    await expect(viewer.sheet).to_contain_text("已在这台设备上核对")
    await expect(viewer.sheet).to_contain_text("与开始前的封存一致")
    await expect(viewer.sheet).to_contain_text("你的 1 次结果就是那几格")
    await look(viewer, "checked")


async def test_a_wheel_is_spun_with_the_keyboard_and_shows_at_once_what_came_of_it(
    wheel_room: WheelRoom,
) -> None:
    viewer = await wheel_room.viewer(DESKTOP, "en-US", motion="reduce")
    await wheel_room.wheel([CUP])
    await expect(viewer.pill).to_be_visible()
    await viewer.pill.focus()
    await viewer.page.keyboard.press("Enter")
    await expect(viewer.line).to_contain_text("1 spin left for you")
    await viewer.main.focus()
    await viewer.page.keyboard.press("Enter")
    await expect(viewer.told).to_contain_text("You won: 钛钢保温杯 500ml")
    assert await viewer.disc.evaluate("(disc) => disc.getAnimations().length") == 0
    await expect(viewer.told).to_have_attribute("role", "status")
    await expect(viewer.main).to_be_focused()
    # It was the last slot.
    await expect(viewer.line).to_have_text("The wheel is over")
    await expect(viewer.sheet).to_contain_text("Checked on this device")
    await look(viewer, "desktop-en")
    await viewer.page.keyboard.press("Escape")
    await expect(viewer.sheet).to_be_hidden()


async def test_a_spin_whose_answer_was_lost_is_found_again(wheel_room: WheelRoom) -> None:
    viewer = await wheel_room.viewer(motion="reduce")
    await wheel_room.wheel([{**CUP, "stock": 3}], spins_each=2)
    await viewer.open()
    await expect(viewer.line).to_contain_text("你还能转 2 次")

    async def lose(route: Route) -> None:
        await route.abort()

    await viewer.page.route("**/my-part", lose)
    viewer.complaints.expect("/my-part")
    await viewer.main.click()
    await expect(viewer.main).to_have_text("转一次")
    await viewer.page.unroute("**/my-part")
    await viewer.main.click()
    await expect(viewer.told).to_contain_text("恭喜，转到")
    # The key was the same: one spin was made, not two.
    await expect(viewer.line).to_contain_text("你还能转 1 次")


async def test_what_a_wheel_asks_for_is_said_before_one_spins(wheel_room: WheelRoom) -> None:
    viewer = await wheel_room.viewer(motion="reduce")
    prizes = [
        {**CUP, "name": "<b>杯</b>"},
        *[{"name": f"第 {n} 种奖品很长", "stock": n} for n in range(2, 9)],
    ]
    wheel = await wheel_room.wheel(prizes, 1, needs_follow=True)
    await viewer.open()
    await expect(viewer.line).to_contain_text("你还能转 1 次")
    await look(viewer, "conditions")
    await viewer.page.set_viewport_size({"width": 844, "height": 390})
    await look(viewer, "flat")
    await viewer.page.set_viewport_size({"width": 390, "height": 844})
    await expect(viewer.sheet.locator(".wheel__list").first).to_contain_text("<b>杯</b>")
    await viewer.main.click()
    await expect(viewer.told).to_have_text("请先关注主播")
    await viewer.sheet.get_by_role("button", name="关注").click()
    await expect(viewer.sheet.locator(".wheel__condition")).to_have_count(0)
    await viewer.main.click()
    await expect(viewer.sheet.get_by_text("第 1 转")).to_be_visible()
    await wheel_room.call_off(wheel, "")


async def test_a_wheels_sheet_keeps_a_press_while_it_counts_down_and_says_why_one_cannot_follow(
    wheel_room: WheelRoom,
) -> None:
    viewer = await wheel_room.viewer(motion="reduce")
    wheel = await wheel_room.wheel([CUP], needs_follow=True)
    await viewer.open()
    await expect(viewer.line).to_contain_text("你还能转 1 次")
    follow = viewer.sheet.get_by_role("button", name="关注")
    await follow.focus()
    seen = await viewer.line.inner_text()
    await expect(viewer.line).not_to_have_text(seen)
    await expect(follow).to_be_focused()
    await viewer.refuse("too_fast")
    await viewer.press_over_a_second(follow, viewer.line)
    await expect(viewer.told).to_have_text("太快了，请稍等一下")
    await wheel_room.call_off(wheel, "")
    await expect(viewer.told).to_have_text("")
