"""A show that a test can move, and a browser that watches it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from backend.contract.shop import Product
from scripts.tsc import PLAYER
from tests.support.browser import PHONE, SHELL, Complaints, Screen, new_viewer, open_browser
from tests.support.show import Show

LAN_HOST = "http://shop.test/"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">'
    '<rect width="96" height="96" fill="#dff3e4"/><path d="M28 40h40l-5 40H33z" fill="#2f9e6e"/></svg>'
)
LONG_TITLE = "316 不锈钢保温杯 500ml 大容量便携车载水杯 男女学生通用"
PRODUCTS = [
    Product("tea", 1, "明前龙井 绿茶礼盒 250g", 16_800, 23_800, 120, "/media/products/tea.svg"),
    Product("lipstick", 2, "丝绒哑光口红 枫叶红", 12_990, None, 3, ""),
    Product("sold_out", 3, LONG_TITLE, 129_900, 189_900, 0, "/media/products/tea.svg"),
    Product("markup", 4, "<img src=x onerror=alert(1)><b>粗体</b>", 100, None, 9, "/media/products/tea.svg"),
    Product("no_picture", 5, "图片丢了", 100, 90, 21, "/media/products/gone.svg"),
    Product("sizes", 6, "卫衣", 3900, None, 30, "", sku_count=3, is_from=True),
]

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in the event loop of their browser, which outlives each of them."""
    for item in items:
        if Path(__file__).parent in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


class Viewer:
    """A page of the player and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints = Complaints(page)
        # The rooms of these tests have no shop behind them.
        self.complaints.expect("/api/v1/unread-messages")
        self.stage = page.locator("video-stage")
        self.card = page.locator(".card")

    async def until_slate(self, slate: str) -> None:
        """Wait until this slate stands in the picture ("none": until the picture is free)."""
        await expect(self.stage).to_have_attribute("data-slate", slate)

    async def stats(self) -> dict[str, Any]:
        """What `window.livestall.stats()` says."""
        stats: dict[str, Any] = await self.page.evaluate("livestall.stats()")
        return stats

    async def frames(self) -> int:
        """How many frames this connection has decoded so far."""
        video = (await self.stats())["video"]
        return int(video["frames_decoded"]) if video else 0


class Watch(Protocol):
    """Opens the room in a browser."""

    async def __call__(self, screen: Screen = PHONE, locale: str = "zh-CN", url: str = "") -> Viewer:
        """Give a viewer of their own; at the end of the test no page may have complained."""


@pytest_asyncio.fixture(loop_scope="session")
async def show(tmp_path: Path) -> AsyncIterator[Show]:
    """A room that nobody has gone live in yet."""
    (tmp_path / "tea.svg").write_text(PICTURE, encoding="utf-8")
    show = Show(PRODUCTS, "春茶小铺", tmp_path)
    try:
        async with show.running():
            yield show
    finally:
        show.close()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One Chromium for all tests of a worker: it takes longer to start than most of them run."""
    async with open_browser(SHELL) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """A Chromium without a page; contexts share neither cookies nor storage nor cache, and end with it."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def watch(show: Show, browser: Browser) -> AsyncIterator[Watch]:
    """See `Watch`."""
    viewers: list[Viewer] = []

    async def open_page(screen: Screen = PHONE, locale: str = "zh-CN", url: str = "") -> Viewer:
        context = await new_viewer(browser, screen, locale)
        viewer = Viewer(await context.new_page())
        viewers.append(viewer)
        await viewer.page.goto(url or show.url)
        return viewer

    yield open_page
    for viewer in viewers:
        assert viewer.complaints.unexpected() == []


@pytest_asyncio.fixture(loop_scope="session")
async def lan_page(browser: Browser) -> AsyncIterator[Page]:
    """A page as a phone in a LAN has it: http, and a name that is not this machine's.

    The player's modules lie at its root.
    """
    page = await browser.new_page()

    async def answer(route: Route) -> None:
        name = re.sub(f"^{LAN_HOST}", "", route.request.url)
        if name:
            await route.fulfill(
                body=(PLAYER / name).read_text(encoding="utf-8"), content_type="text/javascript"
            )
        else:
            await route.fulfill(body="<!doctype html><title>shop</title>", content_type="text/html")

    await page.route(f"{LAN_HOST}**", answer)
    await page.goto(LAN_HOST)
    yield page
    await page.close()
