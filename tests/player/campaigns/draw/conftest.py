"""A room on air that draws, with a real backend behind it and viewers in real browsers."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar

import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from backend.contract.campaigns import Campaign
from tests.player.campaigns.campaign_room import CampaignRoom, CampaignViewer, on_air
from tests.support.shopper import Shopper


class DrawViewer(CampaignViewer):
    """A viewer's page, and the parts of the draw on it."""

    name: ClassVar = "draw"
    element_name: ClassVar = "lucky-draw"

    def __init__(self, shopper: Shopper) -> None:
        super().__init__(shopper)
        self.title = self.sheet.locator("h2")
        self.clock = self.sheet.locator(".draw__clock")

    def condition(self, text: str) -> Locator:
        """The condition with these words."""
        return self.sheet.locator(".draw__condition", has_text=text)

    async def enter(self) -> None:
        """Take part, and confirm the age where it is asked for."""
        await self.open()
        await self.main.click()
        await self.page.locator(".age__yes").click()
        await expect(self.title).to_have_text("已参加")


class DrawRoom(CampaignRoom[DrawViewer]):
    """What the host does."""

    viewer_type = DrawViewer

    async def draw(self, title: str = "", **terms: object) -> Campaign:
        """Open a draw."""
        return await self.announce({"kind": "draw", "prize": "钛钢保温杯 500ml 送杯刷", **terms}, title)


@pytest_asyncio.fixture(loop_scope="session")
async def draw_room(tmp_path: Path, browser: Browser) -> AsyncIterator[DrawRoom]:
    """See `DrawRoom`."""
    async with on_air(DrawRoom, tmp_path, browser) as room:
        yield room
