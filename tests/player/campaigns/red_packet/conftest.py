"""A room on air that gives red packets, with a real backend behind it and viewers in real browsers."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar

import pytest_asyncio
from playwright.async_api import Browser, expect

from backend.contract.campaigns import Campaign
from tests.player.campaigns.campaign_room import CampaignRoom, CampaignViewer, on_air
from tests.support.shopper import Shopper


class PacketViewer(CampaignViewer):
    """A viewer's page, and the parts of the packet on it."""

    name: ClassVar = "packet"
    element_name: ClassVar = "red-packet"

    def __init__(self, shopper: Shopper) -> None:
        super().__init__(shopper)
        self.rain = self.page.locator(".rain")
        self.grab = self.rain.locator(".rain__grab")
        self.big = self.sheet.locator(".packet__big")

    async def be_adult(self) -> None:
        """Confirm the age before it matters."""
        await self.open()
        await self.sheet.get_by_role("button", name="确认").click()
        await self.page.locator(".age__yes").click()
        await expect(self.sheet.get_by_text("已确认年龄")).to_be_visible()


class PacketRoom(CampaignRoom[PacketViewer]):
    """What the host does."""

    viewer_type = PacketViewer

    async def packet(self, shares: int, coins: int, **terms: object) -> Campaign:
        """Announce a packet."""
        chosen = {"kind": "red_packet", "shares": shares, "coins": coins, "countdown_s": 8, **terms}
        return await self.announce(chosen, "开播红包")


@pytest_asyncio.fixture(loop_scope="session")
async def packet_room(tmp_path: Path, browser: Browser) -> AsyncIterator[PacketRoom]:
    """See `PacketRoom`."""
    async with on_air(PacketRoom, tmp_path, browser) as room:
        yield room
