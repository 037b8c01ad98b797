"""Which layer a viewer gets: told in the badge, chosen in its figures, kept in their browser."""

import pytest
from playwright.async_api import Locator, expect

from backend.contract.stream import ChosenLayer, ViewerLayer
from tests.player.conftest import Viewer, Watch
from tests.support.browser import DESKTOP, PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen
from tests.support.show import Show

# The film of these tests has 360 x 640 pixels.
HELD_DOWN = ViewerLayer([720, 360, 180], 360, None, is_held_down=True)
WELL = ViewerLayer([360, 180], 360, None, is_held_down=False)


def radio(viewer: Viewer, name: str) -> Locator:
    """The choice of this name; the badge's button says a height, too."""
    return viewer.page.get_by_role("radio", name=name)


async def until_chosen(viewer: Viewer, show: Show, *heights: int | None) -> None:
    """Wait until the server has heard of these choices, and of no others."""
    while len(show.whep.chosen) < len(heights):
        await viewer.page.wait_for_timeout(20)
    assert show.whep.chosen == [ChosenLayer(height) for height in heights]


async def test_a_viewer_whose_line_is_the_cause_of_a_lower_layer_reads_so(show: Show, watch: Watch) -> None:
    show.whep.layer = HELD_DOWN
    await show.go_live()
    viewer = await watch(PHONE)
    await viewer.until_slate("none")
    await expect(viewer.page.locator(".quality__latency")).to_have_text("线路弱 · 360p")
    await expect(viewer.page.get_by_role("status").filter(has_text="360p")).to_have_text(
        "线路变弱，画面已降为 360p"
    )
    await viewer.page.locator(".quality__button").click()
    await expect(viewer.page.locator(".quality__line")).to_contain_text("你的线路较弱：360p")
    show.whep.layer = WELL
    await viewer.page.keyboard.press("Escape")
    await viewer.page.locator(".quality__button").click()
    await expect(viewer.page.locator(".quality__line")).to_be_hidden()


async def test_the_badge_tells_the_layer_where_there_are_several_and_nothing_where_there_is_one(
    show: Show, watch: Watch
) -> None:
    show.whep.layer = WELL
    await show.go_live()
    viewer = await watch(DESKTOP, "en-US")
    await expect(viewer.page.locator(".quality__latency")).to_contain_text("360p")
    await expect(viewer.page.locator(".quality__notice")).to_be_hidden()
    show.whep.layer = ViewerLayer([], 0, None, is_held_down=False)
    await viewer.page.locator(".quality__button").click()
    await expect(viewer.page.locator(".quality__layers")).to_be_hidden()
    await expect(viewer.page.locator(".quality__latency")).not_to_contain_text("360p")


async def test_a_viewer_chooses_a_height_by_keyboard_and_the_next_visit_begins_with_it(
    show: Show, watch: Watch
) -> None:
    show.whep.layer = ViewerLayer([720, 360, 180], 720, None, is_held_down=False)
    await show.go_live()
    viewer = await watch(DESKTOP, "en-US")
    await viewer.page.locator(".quality__button").click()
    await expect(radio(viewer, "Auto")).to_be_checked()
    await radio(viewer, "Auto").focus()
    await viewer.page.keyboard.press("ArrowRight")
    await expect(radio(viewer, "720p")).to_be_checked()
    await viewer.page.keyboard.press("ArrowRight")
    await expect(radio(viewer, "360p")).to_be_checked()
    await until_chosen(viewer, show, 720, 360)
    show.whep.chosen.clear()
    await viewer.page.reload()
    await expect(viewer.page.locator(".quality__latency")).to_contain_text("360p")
    await until_chosen(viewer, show, 360)
    await viewer.page.locator(".quality__button").click()
    await expect(radio(viewer, "360p")).to_be_checked()
    await viewer.page.get_by_text("Auto", exact=True).click()
    await expect(radio(viewer, "Auto")).to_be_checked()
    await until_chosen(viewer, show, 360, None)


@pytest.mark.parametrize("screen", [SMALL_PHONE, PHONE_ON_ITS_SIDE, DESKTOP])
async def test_the_choice_of_layers_can_be_reached_on_every_screen(
    show: Show, watch: Watch, screen: Screen
) -> None:
    show.whep.layer = HELD_DOWN
    await show.go_live()
    viewer = await watch(screen, "en-US")
    await expect(viewer.page.locator(".quality__latency")).to_have_text("Weak line · 360p")
    await viewer.page.locator(".quality__button").click()
    for name in ("Auto", "720p", "360p", "180p"):
        label = viewer.page.locator(".quality__layers label").filter(has_text=name)
        await label.scroll_into_view_if_needed()
        await label.click()
        await expect(radio(viewer, name)).to_be_checked()
