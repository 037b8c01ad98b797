"""A viewer whose network lets no UDP through: the picture comes, and WebRTC is tried again later."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aioice.ice
import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.player.conftest import Viewer, Watch
from tests.support.aiortc_peers import SIZE, publishing
from tests.support.browser import DESKTOP, PHONE, SHELL, Screen, new_viewer, open_browser
from tests.support.clip import FilmTrack
from tests.support.programs import run_backend
from tests.support.show import Show

# What a browser does in a network that lets only TCP out.
NO_UDP = "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"
WITHOUT_WEBRTC = "delete window.RTCPeerConnection;"
# A Firefox on Windows plays H.264, and its WebRTC has not loaded the plugin for it yet.
WITHOUT_H264_IN_WEBRTC = "RTCRtpReceiver.getCapabilities = () => ({ codecs: [], headerExtensions: [] });"
# The relay answers, and none of its addresses does, as long as `isBlocked`.
BLOCKED = """
(() => {
  window.isBlocked = true;
  window.peersMade = 0;
  const [ask, Native] = [fetch, RTCPeerConnection];
  window.fetch = async (url, options) => {
    if (!window.isBlocked || !String(url).includes("/whep/")) return ask(url, options);
    return new Response("v=0", { status: options.method === "POST" ? 201 : 200 });
  };
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given);
      window.peersMade += 1;
      this.isBlocked = window.isBlocked;
    }
    get iceConnectionState() { return this.isBlocked ? "checking" : super.iceConnectionState; }
    get connectionState() { return this.isBlocked ? "connecting" : super.connectionState; }
    async setRemoteDescription(answer) { if (!this.isBlocked) await super.setRemoteDescription(answer); }
  };
})();
"""


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def walled_in() -> AsyncIterator[Browser]:
    """A Chromium behind a wall that lets no UDP through."""
    async with open_browser(SHELL, arguments=[NO_UDP]) as browser:
        yield browser


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, aioice offers every address but this one."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: ["127.0.0.1"])


@dataclass(frozen=True)
class Blocked:
    """Opens pages that WebRTC brings nothing."""

    browser: Browser
    show: Show

    async def viewer(self, script: str = BLOCKED, screen: Screen = PHONE, locale: str = "zh-CN") -> Viewer:
        """Somebody who sees the live over TCP."""
        await self.show.go_live()
        viewer = Viewer(await (await new_viewer(self.browser, screen, locale)).new_page())
        await viewer.page.add_init_script(script)
        await viewer.page.clock.install()
        await viewer.page.goto(self.show.url)
        await until_seen_over_tcp(viewer)
        return viewer


@pytest_asyncio.fixture(loop_scope="session")
async def blocked(browser: Browser, show: Show) -> Blocked:
    """See `Blocked`."""
    return Blocked(browser, show)


async def until_seen_over_tcp(viewer: Viewer) -> None:
    await viewer.until_slate("none")
    await until_transport(viewer, "tcp")


async def until_transport(viewer: Viewer, transport: str) -> None:
    async with asyncio.timeout(30):
        while (await viewer.stats())["transport"] != transport:
            await viewer.page.wait_for_timeout(50)


async def until_close_behind(viewer: Viewer) -> None:
    """Wait until it plays at most 1.5 s behind, by the host's own clock."""
    async with asyncio.timeout(30):
        while not is_close_behind(await viewer.stats()):
            await viewer.page.wait_for_timeout(500)


def is_close_behind(stats: dict[str, Any]) -> bool:
    if stats["latency_source"] != "measured":
        return False
    return float(stats["latency_ms"]) <= 1500 and float(stats["video"]["fps"]) > 10


async def test_without_udp_the_picture_comes_over_tcp_close_behind_the_host(
    walled_in: Browser, tmp_path: Path
) -> None:
    async with run_backend(tmp_path, "--port", "0", "--demo") as backend:
        headers = {"Authorization": f"Bearer {backend.ready.host_token}"}
        async with (
            httpx.AsyncClient(base_url=backend.ready.url, headers=headers) as client,
            publishing(client, backend.ready.room, FilmTrack(*SIZE)),
        ):
            context = await new_viewer(walled_in, PHONE)
            viewer = Viewer(await context.new_page())
            viewer.complaints.expect("WebSocket connection to")
            await viewer.page.goto(backend.ready.viewer_url)
            await viewer.until_slate("none")
            stats = await viewer.stats()
            assert stats["transport"] == "tcp"
            assert (stats["video"]["width"], stats["video"]["height"]) == SIZE
            await viewer.page.get_by_role("button", name="点击开启声音").click()
            await viewer.page.wait_for_function("() => !document.querySelector('video').muted")
            # The rest of the room is as ever.
            await viewer.page.locator(".composer__input").fill("看得到")
            await viewer.page.keyboard.press("Enter")
            await expect(viewer.page.locator(".line[data-own]")).to_have_attribute("data-state", "sent")
            await until_close_behind(viewer)
            assert viewer.complaints.unexpected() == []
            await context.close()


async def test_the_badge_says_that_another_line_is_used_and_why(blocked: Blocked) -> None:
    viewer = await blocked.viewer(screen=DESKTOP, locale="en-US")
    badge = viewer.page.get_by_role("button", name="Playback quality: Backup line")
    await expect(badge).to_be_visible()
    await expect(viewer.page.get_by_role("status").filter(has_text="blocks UDP")).to_be_visible()
    await badge.click()
    await expect(viewer.page.locator(".quality__details")).to_contain_text("over TCP")
    assert viewer.complaints.unexpected() == []


async def test_who_connects_by_udp_asks_for_no_other_way(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    assert (await viewer.stats())["transport"] == "udp"
    await viewer.page.wait_for_timeout(2500)
    assert show.canned.begun == 0


async def test_webrtc_is_tried_again_after_a_minute_and_takes_over(blocked: Blocked) -> None:
    viewer = await blocked.viewer()
    before = await viewer.page.evaluate("peersMade")
    await viewer.page.evaluate("isBlocked = false")
    await viewer.page.clock.fast_forward(61_000)
    await until_transport(viewer, "udp")
    await viewer.until_slate("none")
    assert await viewer.page.evaluate("peersMade") == before + 1
    assert await viewer.page.evaluate("document.querySelector('video').playbackRate") == 1


async def test_tries_that_fail_get_rarer_and_disturb_no_picture(blocked: Blocked) -> None:
    viewer = await blocked.viewer()
    made = await viewer.page.evaluate("peersMade")
    for wait_s in (61, 121, 241):
        await viewer.page.clock.fast_forward((wait_s - 3) * 1000)
        assert await viewer.page.evaluate("peersMade") == made
        await viewer.page.clock.fast_forward(3000)
        made += 1
        await viewer.page.wait_for_function(f"() => peersMade === {made}")
        await viewer.page.clock.fast_forward(7000)
        await until_seen_over_tcp(viewer)


async def test_on_another_network_webrtc_is_tried_at_once(blocked: Blocked) -> None:
    viewer = await blocked.viewer()
    await viewer.page.evaluate("isBlocked = false; dispatchEvent(new Event('online'))")
    await until_transport(viewer, "udp")


@pytest.mark.parametrize("script", [WITHOUT_WEBRTC, WITHOUT_H264_IN_WEBRTC], ids=["nothing", "no H.264"])
async def test_a_browser_whose_webrtc_plays_nothing_sees_the_live_too(
    show: Show, blocked: Blocked, script: str
) -> None:
    viewer = await blocked.viewer(script)
    await show.end()
    await viewer.until_slate("ended")
    await show.go_live()
    await until_seen_over_tcp(viewer)


async def test_a_process_that_died_is_followed_by_another_picture(show: Show, blocked: Blocked) -> None:
    viewer = await blocked.viewer()
    source = await viewer.page.evaluate("document.querySelector('video').src")
    show.canned.cut()
    await viewer.page.wait_for_function(f"() => document.querySelector('video').src !== '{source}'")
    await viewer.until_slate("none")
    assert show.canned.begun == 2
