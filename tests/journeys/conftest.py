"""What a journey stands on: a browser."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext

from tests.support.browser import new_viewer, open_browser


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of the journey's own, in which sound may play without a touch."""
    async with open_browser(arguments=["--autoplay-policy=no-user-gesture-required"]) as opened:
        yield opened


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A viewer's phone."""
    context = await new_viewer(browser)
    yield context
    await context.close()
