"""The countdown in real browsers, through the real room and on a clock of the test's own."""

import re
from collections.abc import Mapping

import pytest
from playwright.async_api import Locator, Page, expect

from backend.contract.chat import SendDanmu
from backend.contract.countdown import MAX_TITLE, ResumeCountdown, StartCountdown, StopCountdown
from tests.player.chat.test_chat import lines
from tests.player.conftest import Viewer, Watch
from tests.player.core.test_layout import as_mapping, overlap
from tests.support.browser import DESKTOP, PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen
from tests.support.show import Show

MINUTES = re.compile(r"^[345]:\d\d$")
FIVE_MINUTES = re.compile(r"^(5:00|4:5\d)$")
NEIGHBOURS = (
    ".host",
    ".viewers",
    ".shop-open",
    ".composer__input",
    ".like",
    ".card",
    ".chat__list",
    ".sound",
)


def pill(viewer: Viewer) -> Locator:
    return viewer.page.locator(".countdown")


def time(viewer: Viewer) -> Locator:
    return viewer.page.locator(".countdown__time")


async def test_everyone_sees_a_countdown_until_it_is_stopped_and_again_when_it_goes_on(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    early = await watch()
    await expect(early.page.locator("countdown-card")).to_be_attached()
    await show.do(StartCountdown("<b>距开奖</b>", 300))
    late = await watch(DESKTOP, "en-US")
    for viewer in (early, late):
        await expect(viewer.page.locator(".countdown__title")).to_have_text("<b>距开奖</b>")
        await expect(time(viewer)).to_have_text(FIVE_MINUTES)
        assert await pill(viewer).locator("b").count() == 0
    await expect(early.page.get_by_role("timer", name="倒计时")).to_be_visible()
    await expect(late.page.get_by_role("timer", name="Countdown")).to_be_visible()

    await show.do(StopCountdown(1))
    for viewer in (early, late):
        await expect(pill(viewer)).to_be_hidden()
    await show.do(ResumeCountdown(1))
    for viewer in (early, late):
        await expect(time(viewer)).to_have_text(MINUTES)


async def set_clock(page: Page, now_ms: int) -> None:
    """Give the element a clock that stands still until it is set again."""
    script = "now => { document.querySelector('countdown-card').tools = { clock: { now: () => now } }; }"
    await page.evaluate(script, now_ms)


async def change(page: Page, countdown: Mapping[str, object] | None) -> None:
    event = {"type": "countdown_changed", "countdown": countdown}
    await page.evaluate("event => document.querySelector('countdown-card').apply(event)", event)


@pytest.mark.parametrize(
    ("locale", "left", "over"),
    [("zh-CN", "上新：还剩 {} 秒", "时间到"), ("en-US", "上新: {} s left", "Time's up")],
)
async def test_a_countdown_follows_the_servers_clock_to_its_end(
    show: Show, watch: Watch, locale: str, left: str, over: str
) -> None:
    viewer = await watch(PHONE, locale)
    await expect(viewer.page.locator("countdown-card")).to_be_attached()
    said = viewer.page.locator(".countdown__announcement")
    await set_clock(viewer.page, 1_000_000)
    await change(viewer.page, {"countdown_id": 1, "title": "上新", "ends_at_ms": 1_064_001})
    await expect(time(viewer)).to_have_text("1:05")
    await expect(said).to_have_text(left.format(65))
    await set_clock(viewer.page, 1_004_100)
    await expect(time(viewer)).to_have_text("1:00")
    await expect(said).to_have_text(left.format(60))
    await set_clock(viewer.page, 1_064_001 + 4_900)
    await change(viewer.page, None)
    await expect(time(viewer)).to_have_text(over)
    await expect(said).to_have_text(f"上新 · {over}")
    await set_clock(viewer.page, 1_064_001 + 5_000)
    await expect(pill(viewer)).to_be_hidden()


async def test_a_countdown_waits_for_the_servers_time(show: Show, watch: Watch) -> None:
    viewer = await watch()
    await expect(viewer.page.locator("countdown-card")).to_be_attached()
    await viewer.page.evaluate(
        "document.querySelector('countdown-card').tools = { clock: { now: () => null } }"
    )
    await change(viewer.page, {"countdown_id": 1, "title": "上新", "ends_at_ms": 1_030_000})
    await expect(pill(viewer)).to_be_hidden()
    await set_clock(viewer.page, 1_000_000)
    await expect(time(viewer)).to_have_text("0:30")


async def places(viewer: Viewer) -> dict[str, Mapping[str, float]]:
    found = {name: await viewer.page.locator(name).bounding_box() for name in NEIGHBOURS}
    return {name: as_mapping(box) for name, box in found.items() if box is not None}


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (SMALL_PHONE, "en-US"), (PHONE_ON_ITS_SIDE, "zh-CN"), (DESKTOP, "en-US")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_a_countdown_moves_nothing_and_covers_neither_face_nor_chat_nor_card(
    show: Show, watch: Watch, screen: Screen, locale: str
) -> None:
    await show.go_live()
    for number in range(8):
        await show.do(SendDanmu(f"很长的一句话，说给大家听 {number}"))
    viewer = await watch(screen, locale)
    await show.show("tea")
    await expect(viewer.card).to_be_visible()
    await expect(lines(viewer)).to_have_count(8)
    await expect(viewer.page.locator(".entry")).to_be_empty()
    await viewer.card.evaluate("card => Promise.all(card.getAnimations().map(one => one.finished))")
    before = await places(viewer)
    await show.do(StartCountdown("满" * MAX_TITLE, 3600))
    await expect(pill(viewer)).to_be_visible()

    assert await places(viewer) == before
    box, frame = await pill(viewer).bounding_box(), await viewer.page.locator(".frame").bounding_box()
    assert box is not None
    assert frame is not None
    assert not [name for name, other in before.items() if overlap(as_mapping(box), other)]
    assert frame["x"] <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    # A face stands below the bars at the top.
    assert box["y"] + box["height"] <= frame["y"] + 130
