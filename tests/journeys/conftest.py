"""What a journey stands on: a browser, and a screen for the studio's window."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, BrowserContext

from tests.support.browser import new_viewer, open_browser
from tests.support.desktop import Desktop
from tests.support.display import virtual_display


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of the journey's own."""
    async with open_browser() as opened:
        yield opened


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A viewer's phone."""
    context = await new_viewer(browser)
    yield context
    await context.close()


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    """A screen with a window manager."""
    with virtual_display(1600, 900) as display:
        yield Desktop(display)
