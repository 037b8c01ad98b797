"""A room on air that spins wheels, with a real backend behind it and viewers in real browsers."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest_asyncio
from playwright.async_api import Browser, expect

from backend.contract.campaigns import Campaign
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from tests.backend.http.api.shopping import Buyer, answer
from tests.backend.running import RunningBackend, running_backend
from tests.support.browser import PHONE, Screen, new_viewer
from tests.support.shopper import Shopper

CUP: Final = {"name": "钛钢保温杯 500ml", "stock": 1}


class WheelViewer:
    """A viewer's page, and the parts of the wheel on it."""

    def __init__(self, shopper: Shopper) -> None:
        self.page = shopper.page
        self.complaints = shopper.complaints
        self.pill = self.page.locator(".wheel-pill")
        self.sheet = self.page.locator("dialog.wheel")
        self.line = self.sheet.locator(".wheel__line-left")
        self.told = self.sheet.locator(".wheel__told")
        self.main = self.sheet.locator(".wheel__main")
        self.disc = self.sheet.locator(".wheel__disc")

    async def open(self) -> None:
        """Tap the pill."""
        await self.pill.click()
        await expect(self.sheet).to_be_visible()


class WheelRoom:
    """What the host does."""

    def __init__(self, backend: RunningBackend, browser: Browser) -> None:
        self._backend = backend
        self._browser = browser
        self._host = Buyer(backend, backend.signer.host("main"), "host")
        self._viewers: list[WheelViewer] = []

    async def viewer(self, screen: Screen = PHONE, locale: str = "zh-CN", *, motion: str = "") -> WheelViewer:
        """Let somebody in; `motion`: what they prefer."""
        context = await new_viewer(self._browser, screen, locale)
        page = await context.new_page()
        if motion == "reduce":
            await page.emulate_media(reduced_motion="reduce")
        shopper = Shopper(page, f"http://{self._backend.address}/r/main")
        await shopper.enter()
        await shopper.see_live()
        viewer = WheelViewer(shopper)
        self._viewers.append(viewer)
        return viewer

    async def wheel(self, prizes: list[dict[str, object]], blanks: int = 0, **terms: object) -> Campaign:
        """Announce a wheel."""
        chosen = {"kind": "wheel", "prizes": prizes, "blanks": blanks, "countdown_s": 3, **terms}
        return answer(
            Campaign, await self._host.post("campaigns", {"terms": chosen, "title": "开播转盘"}), 201
        )

    async def call_off(self, wheel: Campaign, reason: str) -> None:
        """Stop it."""
        answer(Campaign, await self._host.post(f"campaigns/{wheel.campaign_id}/stop", {"reason": reason}))

    async def go_live(self) -> None:
        """Go live."""
        async with self._backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)

    def check(self) -> None:
        """No page may have complained."""
        for viewer in self._viewers:
            assert viewer.complaints.unexpected() == []


@pytest_asyncio.fixture(loop_scope="session")
async def wheel_room(tmp_path: Path, browser: Browser) -> AsyncIterator[WheelRoom]:
    """See `WheelRoom`."""
    async with running_backend(tmp_path) as backend:
        room = WheelRoom(backend, browser)
        await room.go_live()
        yield room
        room.check()
