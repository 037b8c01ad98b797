"""The room's profile in real browsers: title, avatar, cover and notice, set while people watch."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from backend.contract.chat import SendDanmu
from backend.contract.profile import MAX_NOTICE, MAX_TITLE, SetRoomProfile
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.pictures.reencoding import reencode
from tests.backend.shop.catalog.pictures.drawing import drawn
from tests.player.conftest import Watch
from tests.player.core.test_layout import as_mapping, overlap
from tests.support.browser import DESKTOP, PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen
from tests.support.show import Show

NOTICE = "今晚 8 点秒杀，全场包邮，下单备注颜色"
NEIGHBOURS = (
    ".viewers",
    ".shop-open",
    ".composer__input",
    ".like",
    ".card",
    ".chat__list",
    ".sound",
    ".host",
)


@pytest.fixture
def picture(tmp_path: Path) -> str:
    """A picture that the shop keeps."""
    return PictureFolder(tmp_path).save(reencode(drawn(size=(90, 160))))


def title(page: Page) -> Locator:
    return page.locator(".host__title")


def notice(page: Page) -> Locator:
    return page.locator(".room-notice")


async def box_of(element: Locator) -> Mapping[str, float]:
    box = await element.bounding_box()
    assert box is not None
    return as_mapping(box)


async def is_drawn(image: Locator) -> None:
    """Wait until a picture is there and can be seen."""
    await expect(image).to_be_visible()
    await image.evaluate("image => image.decode()")


async def test_a_room_without_a_title_is_a_live_room_in_the_viewers_language(
    show: Show, watch: Watch
) -> None:
    chinese, english = await watch(), await watch(PHONE, "en-US")
    await expect(title(chinese.page)).to_have_text("直播间")
    await expect(title(english.page)).to_have_text("Live room")
    await expect(chinese.page).to_have_title("直播间 studio · Livestall")
    await expect(notice(chinese.page)).to_be_hidden()


async def test_a_profile_is_seen_at_once_and_by_who_comes_late(
    show: Show, watch: Watch, picture: str
) -> None:
    early = await watch()
    await expect(title(early.page)).to_have_text("直播间")
    await show.do(SetRoomProfile(1, "青禾生活", NOTICE, picture, picture))
    late = await watch(DESKTOP, "en-US")
    for viewer in (early, late):
        page = viewer.page
        await expect(title(page)).to_have_text("青禾生活")
        await expect(page).to_have_title("青禾生活 · Livestall")
        await expect(notice(page)).to_contain_text(NOTICE)
        await is_drawn(page.locator(".host__avatar img"))
        await is_drawn(page.locator(".stage__cover"))
    await show.do(SetRoomProfile(2))
    for viewer in (early, late):
        page = viewer.page
        await expect(page.locator(".host__avatar img")).to_have_count(0)
        await expect(notice(page)).to_be_hidden()
        await expect(page.locator(".stage__cover")).to_be_hidden()


async def test_the_cover_stands_before_and_after_the_show_and_not_over_its_picture(
    show: Show, watch: Watch, picture: str
) -> None:
    await show.do(SetRoomProfile(1, cover=picture))
    viewer = await watch()
    cover = viewer.page.locator(".stage__cover")
    await is_drawn(cover)
    await show.go_live()
    await viewer.until_slate("none")
    await expect(cover).to_be_hidden()
    await show.end()
    await is_drawn(cover)


async def test_markup_in_title_and_notice_stays_text(show: Show, watch: Watch) -> None:
    markup = "<img src=x onerror=alert(1)>"
    await show.do(SetRoomProfile(1, markup, f"<b>{markup}</b>"))
    viewer = await watch()
    await expect(title(viewer.page)).to_have_text(markup)
    await expect(viewer.page.locator(".room-notice__text")).to_have_text(f"<b>{markup}</b>")
    assert await viewer.page.locator("room-header b, room-notice b, .host__title img").count() == 0


@pytest.mark.parametrize("screen", [PHONE, SMALL_PHONE, PHONE_ON_ITS_SIDE, DESKTOP], ids=str)
async def test_the_longest_profile_covers_nothing_else(show: Show, watch: Watch, screen: Screen) -> None:
    await show.do(SetRoomProfile(1, "长" * MAX_TITLE, "满" * MAX_NOTICE))
    await show.go_live()
    await show.show("tea")
    await show.do(SendDanmu("欢迎"))
    viewer = await watch(screen)
    await expect(viewer.card).to_be_visible()
    await expect(viewer.page.locator("room-notice")).to_be_attached()
    boxes = {}
    for name in (*NEIGHBOURS, ".room-notice"):
        element = viewer.page.locator(name).first
        if await element.is_visible():
            boxes[name] = await box_of(element)
    covered = [
        (one, other)
        for one in (".room-notice", ".host")
        for other in boxes
        if one in boxes and one != other and overlap(boxes[one], boxes[other])
    ]
    assert not covered


async def test_a_tap_opens_a_long_notice_and_another_closes_it(show: Show, watch: Watch) -> None:
    await show.do(SetRoomProfile(1, notice="满" * MAX_NOTICE))
    viewer = await watch()
    line = notice(viewer.page)
    await expect(line).to_have_attribute("aria-expanded", "false")
    low = (await box_of(line))["height"]
    await line.click()
    await expect(line).to_have_attribute("aria-expanded", "true")
    assert (await box_of(line))["height"] > low + 30
    await line.click()
    await expect(line).to_have_attribute("aria-expanded", "false")
