"""Sheets and the browser's history: the way back closes a sheet, and nothing of it stays behind."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, expect

from tests.player.conftest import Viewer, Watch
from tests.support.browser import DESKTOP
from tests.support.show import Show


def sheet_of(viewer: Viewer, element: str) -> Locator:
    return viewer.page.locator(f"{element} dialog")


async def enter_from_elsewhere(show: Show, watch: Watch) -> Viewer:
    """Open the room after another page, so that there is a way back out of it."""
    viewer = await watch(DESKTOP)
    await viewer.page.goto(f"{show.url}?from=link")
    await expect(viewer.page.locator(".more")).to_be_visible()
    return viewer


def is_in_room(viewer: Viewer) -> bool:
    return viewer.page.url.endswith("?from=link")


async def test_the_way_back_closes_a_sheet_and_then_leaves_the_room(show: Show, watch: Watch) -> None:
    viewer = await enter_from_elsewhere(show, watch)
    for opener, element in ((".more", "more-sheet"), (".gift-open", "gift-sheet"), (".share", "share-sheet")):
        await viewer.page.locator(opener).click()
        await expect(sheet_of(viewer, element)).to_be_visible()
        await viewer.page.go_back()
        await expect(sheet_of(viewer, element)).to_be_hidden()
        assert is_in_room(viewer)
    await viewer.page.go_back()
    await expect(viewer.page).not_to_have_url(re.compile("from=link"))


async def test_sheets_that_were_closed_otherwise_leave_nothing_in_the_history(
    show: Show, watch: Watch
) -> None:
    viewer = await enter_from_elsewhere(show, watch)
    sheet = sheet_of(viewer, "more-sheet")
    ways: list[Callable[[], Awaitable[None]]] = [
        lambda: sheet.locator(".sheet__close").click(),
        lambda: viewer.page.keyboard.press("Escape"),
        lambda: viewer.page.mouse.click(20, 20),
    ]
    for close in ways:
        await viewer.page.locator(".more").click()
        await expect(sheet).to_be_visible()
        await close()
        await expect(sheet).to_be_hidden()
        await viewer.page.wait_for_function("() => history.state === null")
    await viewer.page.go_back()
    await expect(viewer.page).not_to_have_url(re.compile("from=link"))


async def test_a_sheet_that_opens_another_shares_its_entry(show: Show, watch: Watch) -> None:
    viewer = await enter_from_elsewhere(show, watch)
    await viewer.page.locator(".more").click()
    await viewer.page.locator(".account-open").click()
    account = sheet_of(viewer, "account-sheet")
    await expect(account).to_be_visible()
    await viewer.page.go_back()
    await expect(account).to_be_hidden()
    await expect(sheet_of(viewer, "more-sheet")).to_be_hidden()
    await viewer.page.go_back()
    await expect(viewer.page).not_to_have_url(re.compile("from=link"))


async def test_a_sheet_opened_as_another_closes_stays_open(show: Show, watch: Watch) -> None:
    viewer = await enter_from_elsewhere(show, watch)
    await viewer.page.locator(".more").click()
    # The browser goes back over the first one's entry while the second opens.
    await viewer.page.evaluate(
        """() => {
          const more = document.querySelector("more-sheet dialog");
          more.addEventListener("close", () => document.querySelector(".share").click(), { once: true });
          more.close();
        }"""
    )
    share = sheet_of(viewer, "share-sheet")
    await expect(share).to_be_visible()
    await viewer.page.wait_for_function("() => history.state?.isSheet")
    await viewer.page.go_back()
    await expect(share).to_be_hidden()
    assert is_in_room(viewer)


async def test_neither_a_reload_nor_the_way_forward_leaves_an_entry_without_its_sheet(
    show: Show, watch: Watch
) -> None:
    viewer = await enter_from_elsewhere(show, watch)
    await viewer.page.locator(".more").click()
    await viewer.page.reload()
    await expect(viewer.page.locator(".more")).to_be_visible()
    await viewer.page.wait_for_function("() => history.state === null")
    await viewer.page.go_forward()
    await viewer.page.wait_for_function("() => history.state === null")
    await viewer.page.go_back()
    await expect(viewer.page).not_to_have_url(re.compile("from=link"))
