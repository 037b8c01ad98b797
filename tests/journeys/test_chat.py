"""The room's people: two viewers and the host read each other, and the host keeps order by the keyboard."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browser import new_viewer
from tests.support.desktop import Desktop
from tests.support.programs import run_studio
from tests.support.watching import Watcher

MENU_ROW_MUTE_LONG = 6  # reply, copy, pin, delete, one minute, ten minutes


async def say(page: Page, text: str) -> None:
    """Write in the player's chat."""
    await page.locator(".composer__input").fill(text)
    await page.locator(".composer__input").press("Enter")


@pytest.mark.journey
async def test_viewers_and_the_host_talk_and_the_host_keeps_order(
    desktop: Desktop, browser: Browser, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, "--port", "0", "--demo", "--go-live") as studio:
        viewers = [
            await Watcher.open(await new_viewer(browser), studio.ready.viewer_url) for _number in range(2)
        ]
        first, second = (viewer.page for viewer in viewers)
        lists = [page.locator(".chat__list") for page in (first, second)]
        await expect(first.locator("video-stage")).to_have_attribute("data-slate", "none", timeout=20_000)

        await say(first, "hello from the first")
        await expect(lists[1]).to_contain_text("hello from the first")
        await desktop.press("ctrl+t")
        await desktop.write("welcome everybody")
        await desktop.press("Return")
        for shown in lists:
            await expect(shown).to_contain_text("welcome everybody")

        await say(second, "buy followers here")
        await expect(lists[0]).to_contain_text("buy followers here")
        await desktop.press("ctrl+t")
        await desktop.press("Up")
        await desktop.press("Delete")
        for shown in lists:
            await expect(shown).not_to_contain_text("buy followers here")

        await say(second, "then I write it again")
        await expect(lists[0]).to_contain_text("then I write it again")
        await desktop.press("ctrl+t")
        await desktop.press("Up")
        await desktop.press("m")
        await desktop.press(" ".join(["Down"] * MENU_ROW_MUTE_LONG))
        await desktop.press("Return")
        await expect(lists[0]).not_to_contain_text("then I write it again")
        await expect(second.locator(".composer__input")).to_be_disabled()
        await say(first, "thank you")
        await expect(lists[1]).to_contain_text("thank you")
        await desktop.screenshot(tmp_path / "studio.png")
        assert [viewer.errors for viewer in viewers] == [[], []]
