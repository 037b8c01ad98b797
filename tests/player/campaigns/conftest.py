"""A page as a phone in a LAN has it: http, and a name that is not this machine's."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Page, Route

from scripts.tsc import PLAYER

HOST = "http://shop.test/"


@pytest_asyncio.fixture(loop_scope="session")
async def lan_page(browser: Browser) -> AsyncIterator[Page]:
    """The player's modules lie at the root of the page."""
    page = await browser.new_page()

    async def answer(route: Route) -> None:
        name = re.sub(f"^{HOST}", "", route.request.url)
        if name:
            await route.fulfill(
                body=(PLAYER / name).read_text(encoding="utf-8"), content_type="text/javascript"
            )
        else:
            await route.fulfill(body="<!doctype html><title>shop</title>", content_type="text/html")

    await page.route(f"{HOST}**", answer)
    await page.goto(HOST)
    yield page
    await page.close()
