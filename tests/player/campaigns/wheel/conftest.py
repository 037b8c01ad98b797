"""A room on air that spins wheels, with a real backend behind it and viewers in real browsers."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar, Final

import pytest_asyncio
from playwright.async_api import Browser

from backend.contract.campaigns import Campaign
from tests.player.campaigns.campaign_room import CampaignRoom, CampaignViewer, on_air
from tests.support.shopper import Shopper

CUP: Final = {"name": "钛钢保温杯 500ml", "stock": 1}


class WheelViewer(CampaignViewer):
    """A viewer's page, and the parts of the wheel on it."""

    name: ClassVar = "wheel"
    element_name: ClassVar = "spin-wheel"

    def __init__(self, shopper: Shopper) -> None:
        super().__init__(shopper)
        self.line = self.sheet.locator(".wheel__line-left")
        self.disc = self.sheet.locator(".wheel__disc")


class WheelRoom(CampaignRoom[WheelViewer]):
    """What the host does."""

    viewer_type = WheelViewer

    async def wheel(self, prizes: list[dict[str, object]], blanks: int = 0, **terms: object) -> Campaign:
        """Announce a wheel."""
        chosen = {"kind": "wheel", "prizes": prizes, "blanks": blanks, "countdown_s": 3, **terms}
        return await self.announce(chosen, "开播转盘")


@pytest_asyncio.fixture(loop_scope="session")
async def wheel_room(tmp_path: Path, browser: Browser) -> AsyncIterator[WheelRoom]:
    """See `WheelRoom`."""
    async with on_air(WheelRoom, tmp_path, browser) as room:
        yield room
