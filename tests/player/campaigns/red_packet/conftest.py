"""A room on air that gives red packets, with a real backend behind it and viewers in real browsers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, expect

from backend.contract.campaigns import Campaign
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from tests.backend.http.api.shopping import Buyer, answer
from tests.backend.running import RunningBackend, running_backend
from tests.support.browser import PHONE, Screen, new_viewer
from tests.support.shopper import Shopper


class PacketViewer:
    """A viewer's page, and the parts of the packet on it."""

    def __init__(self, shopper: Shopper) -> None:
        self.page = shopper.page
        self.complaints = shopper.complaints
        self.pill = self.page.locator(".packet-pill")
        self.rain = self.page.locator(".rain")
        self.grab = self.rain.locator(".rain__grab")
        self.sheet = self.page.locator("dialog.packet")
        self.big = self.sheet.locator(".packet__big")

    async def open(self) -> None:
        """Tap the pill."""
        await self.pill.click()
        await expect(self.sheet).to_be_visible()

    async def be_adult(self) -> None:
        """Confirm the age before it matters."""
        await self.open()
        await self.sheet.get_by_role("button", name="确认").click()
        await self.page.locator(".age__yes").click()
        await expect(self.sheet.get_by_text("已确认年龄")).to_be_visible()


class PacketRoom:
    """What the host does."""

    def __init__(self, backend: RunningBackend, browser: Browser) -> None:
        self._backend = backend
        self._browser = browser
        self._host = Buyer(backend, backend.signer.host("main"), "host")
        self._viewers: list[PacketViewer] = []

    async def viewer(
        self, screen: Screen = PHONE, locale: str = "zh-CN", *, motion: str = ""
    ) -> PacketViewer:
        """Let somebody in; `motion`: what they prefer."""
        context = await new_viewer(self._browser, screen, locale)
        page = await context.new_page()
        if motion == "reduce":
            await page.emulate_media(reduced_motion="reduce")
        shopper = Shopper(page, f"http://{self._backend.address}/r/main")
        await shopper.enter()
        await shopper.see_live()
        viewer = PacketViewer(shopper)
        self._viewers.append(viewer)
        return viewer

    async def packet(self, shares: int, coins: int, **terms: object) -> Campaign:
        """Announce a packet."""
        chosen = {"kind": "red_packet", "shares": shares, "coins": coins, "countdown_s": 8, **terms}
        return answer(
            Campaign, await self._host.post("campaigns", {"terms": chosen, "title": "开播红包"}), 201
        )

    async def call_off(self, packet: Campaign, reason: str) -> None:
        """Stop it."""
        answer(Campaign, await self._host.post(f"campaigns/{packet.campaign_id}/stop", {"reason": reason}))

    async def go_live(self) -> None:
        """Go live."""
        async with self._backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)

    def check(self) -> None:
        """No page may have complained."""
        for viewer in self._viewers:
            assert viewer.complaints.unexpected() == []


@pytest_asyncio.fixture(loop_scope="session")
async def packet_room(tmp_path: Path, browser: Browser) -> AsyncIterator[PacketRoom]:
    """See `PacketRoom`."""
    async with running_backend(tmp_path) as backend:
        room = PacketRoom(backend, browser)
        await room.go_live()
        yield room
        room.check()
