"""A real browser: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

CHROMIUM = os.environ.get("LIVESTALL_CHROMIUM", "/usr/bin/chromium")
SHELL = os.environ.get("LIVESTALL_CHROMIUM") or shutil.which("chromium-headless-shell") or CHROMIUM
"""The same browser without what a window needs: a page costs half the CPU. For tests that open many."""
# Nothing goes out by itself, and root may run it.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Screen:
    """What a viewer looks at: CSS pixels, real pixels a CSS pixel, and whether fingers touch it."""

    width: int
    height: int
    scale: float = 1
    is_phone: bool = False


PHONE = Screen(390, 844, scale=2, is_phone=True)
SMALL_PHONE = Screen(360, 640, scale=2, is_phone=True)
PHONE_ON_ITS_SIDE = Screen(844, 390, scale=2, is_phone=True)
DESKTOP = Screen(1280, 800)


@asynccontextmanager
async def open_browser(program: str = CHROMIUM, *, arguments: Sequence[str] = ()) -> AsyncIterator[Browser]:
    """Start Chromium without a window; it is gone when the block ends."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS, *arguments])
        try:
            yield browser
        finally:
            await browser.close()


async def new_viewer(browser: Browser, screen: Screen = PHONE, locale: str = "zh-CN") -> BrowserContext:
    """Make a viewer of their own: no cookies and no storage shared with others."""
    return await browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=screen.scale,
        is_mobile=screen.is_phone,
        has_touch=screen.is_phone,
        locale=locale,
    )


class Complaints:
    """What a page complained of: errors in its console, exceptions nobody caught, violations of its policy.

    Args:
        page: watched from now on; make it before the page goes anywhere.
    """

    def __init__(self, page: Page) -> None:
        self._texts: list[str] = []
        self._expected: tuple[str, ...] = ()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._texts.append(str(error)))

    def expect(self, *parts: str) -> None:
        """Excuse console messages that have one of these parts, earlier ones too."""
        self._expected += parts

    def unexpected(self) -> list[str]:
        """All that was not excused."""
        return [text for text in self._texts if not any(part in text for part in self._expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._texts.append(f"{message.text} ({message.location})")
