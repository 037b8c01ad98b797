"""The first whole path: a host goes live with the demo source, viewers see, hear, and get the card."""

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, expect

from tests.support.desktop import Desktop
from tests.support.programs import run_studio
from tests.support.watching import Watcher


@pytest.mark.journey
async def test_a_host_goes_live_and_shows_a_card(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, "--port", "0", "--demo", "--go-live") as studio:
        viewer = await Watcher.open(phone, studio.ready.viewer_url)
        await viewer.until_frames_beyond(60)
        await viewer.unmute()
        reception = await viewer.receive(10)
        assert reception.video_codec == "video/H264"
        assert reception.audio_codec == "audio/opus"
        assert (reception.width, reception.height) == (720, 1280)
        assert reception.fps >= 25
        assert reception.freezes == 0
        assert reception.audio_energy > 0

        await expect(viewer.page.locator("product-card")).to_be_hidden()
        await desktop.press("ctrl+1")
        await expect(viewer.page.locator("product-card")).to_contain_text("1号")

        latecomer = await Watcher.open(phone, studio.ready.viewer_url)
        await expect(latecomer.page.locator("product-card")).to_contain_text("1号")

        await desktop.press("ctrl+1")
        await expect(viewer.page.locator("product-card")).to_be_hidden()
        await expect(latecomer.page.locator("product-card")).to_be_hidden()
        assert viewer.errors == latecomer.errors == []
