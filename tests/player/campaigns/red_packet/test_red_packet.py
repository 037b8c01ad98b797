"""A red packet in real browsers: it rains for all at once, and each device checks the split."""

import os

from playwright.async_api import expect

from tests.player.campaigns.red_packet.conftest import PacketRoom, PacketViewer
from tests.support.browser import DESKTOP

LOOK = os.environ.get("LIVESTALL_LOOK", "")


async def look(viewer: PacketViewer, name: str) -> None:
    if LOOK:
        await viewer.page.screenshot(path=f"{LOOK}/{name}.png")


async def test_two_grab_a_packet_of_two_and_the_third_is_told_that_it_is_empty(
    packet_room: PacketRoom,
) -> None:
    viewers = [await packet_room.viewer() for _ in range(3)]
    await packet_room.packet(2, 50, countdown_s=20)
    for viewer in viewers:
        await viewer.be_adult()
    await look(viewers[0], "waiting")
    for viewer in viewers:
        await expect(viewer.rain).to_be_visible(timeout=30_000)
        await expect(viewer.sheet).to_be_hidden()
    await look(viewers[0], "rain")
    await viewers[0].grab.click()
    await expect(viewers[0].sheet).to_contain_text("已存入余额")
    await viewers[1].page.locator(".rain__drop").nth(4).dispatch_event("pointerdown")
    await expect(viewers[1].sheet).to_contain_text("已存入余额")
    await expect(viewers[2].rain).to_be_hidden()
    await viewers[2].open()
    await expect(viewers[2].big).to_have_text("这次抢完了")
    got = [int((await viewer.big.inner_text()).removesuffix("金币")) for viewer in viewers[:2]]
    assert sum(got) == 50
    await expect(viewers[0].sheet.locator(".luck__row")).to_have_count(2)
    await expect(viewers[0].sheet).to_contain_text("手气最佳")
    for viewer in viewers:
        await expect(viewer.sheet).to_contain_text("已在这台设备上核对：金额在开抢前就已分好封存")
    await look(viewers[0], "opened")
    await look(viewers[2], "empty")


async def test_a_packet_is_grabbed_with_the_keyboard_without_rain_for_who_wants_no_motion(
    packet_room: PacketRoom,
) -> None:
    viewer = await packet_room.viewer(DESKTOP, "en-US", motion="reduce")
    await packet_room.packet(3, 9, countdown_s=3)
    await expect(viewer.grab).to_be_focused(timeout=20_000)
    await expect(viewer.rain.locator(".rain__drops")).to_be_hidden()
    await look(viewer, "still-en")
    await viewer.page.keyboard.press("Enter")
    await viewer.page.locator(".age__yes").click()
    await expect(viewer.sheet).to_contain_text("In your balance")
    await expect(viewer.page.locator(".packet__said")).to_contain_text("You got:")
    await look(viewer, "opened-en")


async def test_who_does_not_want_to_take_part_has_the_picture_back_and_may_come_later(
    packet_room: PacketRoom,
) -> None:
    viewer = await packet_room.viewer()
    packet = await packet_room.packet(3, 9, countdown_s=3, needs_follow=True)
    await expect(viewer.rain).to_be_visible(timeout=20_000)
    await viewer.rain.get_by_label("先不抢").click()
    await expect(viewer.rain).to_be_hidden()
    await expect(viewer.pill).to_contain_text("还剩 3 个")
    await viewer.open()
    await expect(viewer.sheet).to_contain_text("关注主播后才能抢")
    await packet_room.call_off(packet, "网络不好，晚点再发")
    await expect(viewer.sheet).to_contain_text("网络不好，晚点再发")


async def test_what_one_got_is_there_again_after_a_reload(packet_room: PacketRoom) -> None:
    viewer = await packet_room.viewer()
    await packet_room.packet(3, 9)
    await viewer.be_adult()
    await expect(viewer.rain).to_be_visible(timeout=20_000)
    await viewer.grab.click()
    await expect(viewer.sheet).to_contain_text("已存入余额")
    mine = await viewer.big.inner_text()
    await viewer.page.reload()
    await expect(viewer.pill).to_contain_text("我的红包")
    await viewer.open()
    await expect(viewer.big).to_have_text(mine.replace("\n", ""))


async def test_a_packets_pill_goes_some_minutes_after_its_end(packet_room: PacketRoom) -> None:
    viewer = await packet_room.viewer()
    packet = await packet_room.packet(3, 9, needs_follow=True)
    await viewer.open()
    await viewer.refuse("too_fast")
    await viewer.sheet.get_by_role("button", name="关注").click()
    await expect(viewer.told).to_be_visible()
    await packet_room.call_off(packet, "改天再发")
    await expect(viewer.big).to_have_text("红包已取消")
    await expect(viewer.told).to_have_count(0)
    await viewer.page.keyboard.press("Escape")
    await expect(viewer.pill).to_be_visible()
    await viewer.pass_time(4 * 60_000)
    await viewer.element.evaluate("(one) => one.apply({ type: 'viewer_changed' })")
    await expect(viewer.pill).to_be_hidden()
