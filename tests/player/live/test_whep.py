"""One WHEP session for as long as anything comes: sound alone, a picture that comes late or stops.

Publisher, backend and relay are real here.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import aioice.ice
import httpx
import pytest
from playwright.async_api import Browser, Page, Request, expect

from tests.support.aiortc_peers import SIZE, publishing, sounding
from tests.support.browser import new_viewer
from tests.support.clip import FilmTrack
from tests.support.programs import run_backend

# 8 s of the tone: twice as long as a silent session would be waited for.
LATE_PACKETS = 400
# How much was played so far; 0 where nothing can be heard.
PLAYED_S = """
(({ paused, muted, currentTime }) => (paused || muted ? 0 : currentTime))(document.querySelector("video"))
"""


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, aioice offers every address but this one."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: ["127.0.0.1"])


class Guest:
    """A phone that watches; the sessions it asked for are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sessions = 0
        page.on("request", self._count)

    def _count(self, request: Request) -> None:
        self.sessions += request.method == "POST" and "/whep/" in request.url

    async def until_slate(self, slate: str) -> None:
        """See `Viewer.until_slate`."""
        await expect(self.page.locator("video-stage")).to_have_attribute("data-slate", slate, timeout=20_000)

    async def sound_packets(self) -> int:
        """How many packets of sound this session has got."""
        packets: int = await self.page.evaluate(
            "livestall.stats().then(({ audio }) => audio?.packets_received ?? 0)"
        )
        return packets

    async def until_more_sound(self, packets: int) -> None:
        """Wait until so many more packets of sound have come, in one session."""
        before = await self.sound_packets()
        async with asyncio.timeout(30):
            while await self.sound_packets() < before + packets:
                await self.page.wait_for_timeout(200)


class Room:
    """A room with its backend, and how to publish there."""

    def __init__(self, name: str, client: httpx.AsyncClient) -> None:
        self._name = name
        self._client = client

    def publishing(self, film: FilmTrack) -> AbstractAsyncContextManager[object]:
        """See `aiortc_peers.publishing`."""
        return publishing(self._client, self._name, film)


@asynccontextmanager
async def watched(browser: Browser, data: Path, film: FilmTrack | None) -> AsyncIterator[tuple[Guest, Room]]:
    """A guest of a room that is live with a tone and this film; the tone alone is offered without one."""
    async with run_backend(data, "--port", "0", "--demo") as backend:
        headers = {"Authorization": f"Bearer {backend.ready.host_token}"}
        async with (
            httpx.AsyncClient(base_url=backend.ready.url, headers=headers) as client,
            AsyncExitStack() as stack,
        ):
            name = backend.ready.room
            await stack.enter_async_context(
                publishing(client, name, film) if film else sounding(client, name)
            )
            context = await new_viewer(browser)
            guest = Guest(await context.new_page())
            await guest.page.goto(backend.ready.viewer_url)
            yield guest, Room(name, client)
            await context.close()


async def test_a_picture_that_comes_eight_seconds_late_comes_in_the_session_that_had_the_sound(
    browser: Browser, tmp_path: Path
) -> None:
    film = FilmTrack(*SIZE)
    film.flows.clear()
    async with watched(browser, tmp_path, film) as (guest, _):
        await guest.until_slate("sound")
        await expect(guest.page.locator(".slate__title")).to_have_text("只有声音")
        await guest.page.get_by_role("button", name="点击开启声音").click()
        played = await guest.page.evaluate(PLAYED_S)
        await guest.until_more_sound(LATE_PACKETS)
        assert await guest.page.evaluate(PLAYED_S) > played
        film.flows.set()
        await guest.until_slate("none")
        assert guest.sessions == 1


async def test_a_picture_that_stops_leaves_the_sound_and_comes_back_by_itself(
    browser: Browser, tmp_path: Path
) -> None:
    film = FilmTrack(*SIZE)
    async with watched(browser, tmp_path, film) as (guest, _):
        await guest.until_slate("none")
        film.flows.clear()
        await guest.until_slate("sound")
        await guest.until_more_sound(LATE_PACKETS)
        film.flows.set()
        await guest.until_slate("none")
        assert guest.sessions == 1


async def test_a_publisher_that_offers_no_picture_is_heard_and_followed_by_one_that_does(
    browser: Browser, tmp_path: Path
) -> None:
    async with watched(browser, tmp_path, None) as (guest, room):
        await guest.until_slate("sound")
        await expect(guest.page.locator(".slate__title")).to_have_text("只有声音")
        await guest.page.get_by_role("button", name="点击开启声音").click()
        played = await guest.page.evaluate(PLAYED_S)
        await guest.until_more_sound(LATE_PACKETS)
        assert await guest.page.evaluate(PLAYED_S) > played
        async with room.publishing(FilmTrack(*SIZE)):
            await guest.until_slate("none")
        assert guest.sessions == 1
