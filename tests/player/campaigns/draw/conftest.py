"""A room on air that draws, with a real backend behind it and viewers in real browsers."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from backend.contract.campaigns import Campaign
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from tests.backend.http.api.shopping import Buyer, answer
from tests.backend.running import RunningBackend, running_backend
from tests.support.browser import PHONE, Screen, new_viewer
from tests.support.shopper import Shopper


class DrawViewer:
    """A viewer's page, and the parts of the draw on it."""

    def __init__(self, shopper: Shopper) -> None:
        self.page = shopper.page
        self.complaints = shopper.complaints
        self.pill = self.page.locator(".draw-pill")
        self.sheet = self.page.locator("dialog.draw")
        self.title = self.sheet.locator("h2")
        self.main = self.sheet.locator(".draw__main")

    async def open(self) -> None:
        """Tap the pill."""
        await self.pill.click()
        await expect(self.sheet).to_be_visible()

    def condition(self, text: str) -> Locator:
        """The condition with these words."""
        return self.sheet.locator(".draw__condition", has_text=text)

    async def enter(self) -> None:
        """Take part, and confirm the age where it is asked for."""
        await self.open()
        await self.main.click()
        await self.page.locator(".age__yes").click()
        await expect(self.title).to_have_text("已参加")


class DrawRoom:
    """What the host does."""

    def __init__(self, backend: RunningBackend, browser: Browser) -> None:
        self._backend = backend
        self._browser = browser
        self._host = Buyer(backend, backend.signer.host("main"), "host")
        self._viewers: list[DrawViewer] = []

    async def viewer(self, screen: Screen = PHONE, locale: str = "zh-CN") -> DrawViewer:
        """Let somebody in."""
        context = await new_viewer(self._browser, screen, locale)
        shopper = Shopper(await context.new_page(), f"http://{self._backend.address}/r/main")
        await shopper.enter()
        await shopper.see_live()
        viewer = DrawViewer(shopper)
        self._viewers.append(viewer)
        return viewer

    async def draw(self, title: str = "", **terms: object) -> Campaign:
        """Open a draw."""
        chosen: Mapping[str, object] = {"kind": "draw", "prize": "钛钢保温杯 500ml 送杯刷", **terms}
        response = await self._host.post("campaigns", {"terms": chosen, "title": title})
        return answer(Campaign, response, 201)

    async def close(self, draw: Campaign) -> None:
        """Bring the result forward."""
        answer(Campaign, await self._host.post(f"campaigns/{draw.campaign_id}/close", {}))

    async def call_off(self, draw: Campaign, reason: str) -> None:
        """Call it off."""
        answer(Campaign, await self._host.post(f"campaigns/{draw.campaign_id}/stop", {"reason": reason}))

    async def go_live(self) -> None:
        """Go live."""
        async with self._backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)

    def check(self) -> None:
        """No page may have complained."""
        for viewer in self._viewers:
            assert viewer.complaints.unexpected() == []


@pytest_asyncio.fixture(loop_scope="session")
async def draw_room(tmp_path: Path, browser: Browser) -> AsyncIterator[DrawRoom]:
    """See `DrawRoom`."""
    async with running_backend(tmp_path) as backend:
        room = DrawRoom(backend, browser)
        await room.go_live()
        yield room
        room.check()
