"""Gifts: one viewer gives a combo and a large gift; the other viewer and the host see them, and all agree."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browser import DESKTOP, new_viewer
from tests.support.desktop import Desktop
from tests.support.programs import run_studio
from tests.support.watching import Watcher

AMBER = np.array([36, 178, 255])  # the theme's `warn`, as OpenCV reads it: blue, green, red
NEAR = 40
CHAT_TOP = np.s_[525:570, 1115:1515]  # where the chat's dock shows the newest gift


async def amber(desktop: Desktop, path: Path) -> int:
    """How many pixels above the chat have the colour of a gift's mark."""
    await desktop.screenshot(path)
    picture = cv2.imread(str(path))
    assert picture is not None
    far = np.abs(picture[CHAT_TOP].astype(int) - AMBER).max(axis=2)
    return int((far < NEAR).sum())


async def ranking(page: Page) -> list[str]:
    """What the sheet says of who gave how much."""
    await page.locator(".ranking-open").click()
    await expect(page.locator(".ranking__coins")).to_have_count(1)
    told = await page.locator(".ranking__coins").all_inner_texts()
    await page.locator("gift-ranking .sheet__close").click()
    return told


@pytest.mark.journey
async def test_a_combo_and_a_large_gift_reach_the_other_viewer_and_the_host(
    desktop: Desktop, browser: Browser, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, "--port", "0", "--demo", "--go-live") as studio:
        contexts = [await new_viewer(browser), await new_viewer(browser, DESKTOP, "en-US")]
        viewers = [await Watcher.open(context, studio.ready.viewer_url) for context in contexts]
        giver, other = (viewer.page for viewer in viewers)
        for page in (giver, other):
            await expect(page.locator("video-stage")).to_have_attribute("data-slate", "none", timeout=20_000)
            await expect(page.locator(".gift-open")).to_be_visible()
        before = await amber(desktop, tmp_path / "before.png")

        await giver.locator(".gift-open").click()
        await giver.locator(".gifts__claim").click()
        await expect(giver.locator(".gifts__balance")).to_have_text("余额 3,000 金币")
        await giver.locator("[data-gift=rose]").click()
        await giver.locator(".gifts__send").click()
        await giver.locator(".age__yes").click()
        for _tap in range(4):
            await giver.locator(".combo").click()
        await expect(other.locator(".banner__combo")).to_have_text("×5")

        await giver.locator(".gift-open").click()
        await giver.locator("[data-gift=rocket]").click()
        await giver.locator(".gifts__send").click()
        await expect(other.locator("gift-stage")).to_have_attribute("data-gift", "rocket")
        assert await amber(desktop, tmp_path / "studio.png") > before + 60

        await expect(other.locator("gift-stage")).to_be_empty()
        assert await ranking(giver) == ["1,005 金币"]
        assert await ranking(other) == ["1,005 coins"]
        await giver.locator(".gift-open").click()
        await expect(giver.locator(".gifts__balance")).to_have_text("余额 1,995 金币")
        assert [viewer.errors for viewer in viewers] == [[], []]
