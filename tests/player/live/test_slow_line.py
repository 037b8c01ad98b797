"""A viewer whose line is slow: what comes first, and how much of it."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.async_api import Browser, Page, Route, expect

from backend.contract.chat import SendDanmu
from scripts.tsc import PLAYER
from tests.player.conftest import Viewer
from tests.support.browser import PHONE, new_viewer
from tests.support.show import Show

SLOW_BYTES_PER_S = 400_000 // 8
ROUND_TRIP_MS = 150
# Bodies of page, styles and modules, compressed; the card's come beside the chat's.
BYTES_BEFORE_CHAT = 60_000
IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?from "([^"]+)";', re.MULTILINE)
# Sums up what had come when the first message stood in the chat.
RECORD_CHAT = """
new MutationObserver((_, observer) => {
  if (!document.querySelector(".line")) return;
  observer.disconnect();
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const came = all.filter((one) => one.responseEnd > 0 && one.responseEnd <= performance.now());
  const bytes = came.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  window.beforeChat = { bytes, names: came.map(({ name }) => name) };
}).observe(document, { subtree: true, childList: true });
"""


async def slow_down(page: Page) -> None:
    """Give the page a line of 400 kbit/s."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": SLOW_BYTES_PER_S,
            "uploadThroughput": SLOW_BYTES_PER_S,
        },
    )


def place_of(part: str, asked: Sequence[str]) -> int:
    """Where the first of the addresses stands that has this part."""
    return next(place for place, url in enumerate(asked) if part in url)


async def test_on_a_slow_line_one_reads_and_writes_before_the_picture_comes(
    show: Show, browser: Browser
) -> None:
    await show.go_live()
    await show.do(SendDanmu("欢迎来到直播间"))
    context = await new_viewer(browser, PHONE)
    viewer = Viewer(await context.new_page())
    page = viewer.page
    has_written = asyncio.Event()

    async def hold(route: Route) -> None:
        await has_written.wait()
        await route.continue_()

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.route("**/whep/**", hold)
    await page.add_init_script(RECORD_CHAT)
    await slow_down(page)
    await page.goto(show.url)
    await expect(page.locator(".line")).to_contain_text(["欢迎来到直播间"])
    await page.locator(".composer__input").fill("画面还没来，先打个招呼")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line[data-own]")).to_have_attribute("data-state", "sent")
    assert await viewer.frames() == 0
    # Six connections are soon full: what is asked for before the offer holds the picture up.
    offer, *files = (place_of(part, asked) for part in ("/whep/", "/chat/", "/shop/"))
    assert offer < min(files)
    before_chat = await page.evaluate("beforeChat")
    assert before_chat["bytes"] <= BYTES_BEFORE_CHAT
    assert not [name for name in before_chat["names"] if "main-features" in name or "/gifts/" in name]

    # Who buys by words, or needs an account to write, is heard by what comes later.
    await page.evaluate(
        "document.addEventListener('danmu-accepted', (event) => { window.heard = event.detail; })"
    )
    has_written.set()
    await viewer.until_slate("none")
    await page.keyboard.press("Escape")
    await expect(page.locator(".like")).to_be_visible()
    assert await page.evaluate("window.heard") == "画面还没来，先打个招呼"
    assert viewer.complaints.unexpected() == []


def imported(module: Path) -> Iterator[Path]:
    """Each module that a module needs, itself first."""
    yield module
    for name in IMPORTED.findall(module.read_text(encoding="utf-8")):
        yield from imported((module.parent / name).resolve())


def test_all_modules_of_the_chat_are_asked_for_in_one_round() -> None:
    page = (PLAYER / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'="modulepreload" href="../player/{{hash}}/([^"]+)"', page))
    needed = {
        one.relative_to(PLAYER).as_posix()
        for start in ("main.js", "chat/chat.js")
        for one in imported(PLAYER / start)
    }
    assert named == needed - {"main.js"}
