"""Takes the README's pictures and its film of a show into docs/images: the real studio and a real browser.

It needs what the journeys need (`scripts/setup.sh test`), no screen, and about a minute.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from playwright.async_api import Browser, BrowserContext, Page, expect

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.browser import PHONE, new_viewer, open_browser  # noqa: E402
from tests.support.desktop import Desktop  # noqa: E402
from tests.support.display import virtual_display  # noqa: E402
from tests.support.programs import run_studio  # noqa: E402
from tests.support.shopper import Shopper, choose_outcome  # noqa: E402

FOLDER: Final = ROOT / "docs" / "images"
WINDOW: Final = (1440, 900)
LOCALE: Final = "en-US"
WORDS: Final = (
    "Just joined, hello!",
    "Does the tea come in a tin?",
    "The lamp looks lovely",
    "How long does sending take?",
)
FILM_HEIGHT: Final = 560
FRAME_MS: Final = 1300
LAST_FRAME_MS: Final = 3000
WEBP_QUALITY: Final = 70
JPEG_QUALITY: Final = 88
SETTLED_S: Final = 1.5

Image = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]


def main() -> int:
    """Take them all, or into the folder that is given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with virtual_display(*WINDOW) as display, tempfile.TemporaryDirectory() as data:
        asyncio.run(_take(Desktop(display), Path(data), folder))
    return 0


async def _take(desktop: Desktop, data: Path, folder: Path) -> None:
    async with (
        run_studio(desktop.display, data, "--port", "0", "--demo") as studio,
        open_browser() as browser,
        _crowd(browser, studio.ready.viewer_url) as crowd,
    ):
        phone = await (await new_viewer(browser, PHONE, LOCALE)).new_page()
        shopper = Shopper(phone, studio.ready.viewer_url)
        await desktop.fill_screen("Livestall")
        film = _Film(desktop, phone, data)
        await _show(film, desktop, shopper, crowd)
        await desktop.press("ctrl+r")
        await film.take()
        film.save(folder / "show.webp")
        film.save_still(folder)


async def _show(film: "_Film", desktop: Desktop, shopper: Shopper, crowd: list[Page]) -> None:
    """Go live, talk, show a card, sell one."""
    await shopper.enter()
    await film.take()
    await desktop.press("ctrl+l")
    slate = shopper.page.locator("video-stage")
    await expect(slate).to_have_attribute("data-slate", "none", timeout=30_000)
    await shopper.page.locator("button", has_text="Tap for sound").click()
    await film.take()
    for page, words in zip(crowd, WORDS, strict=True):
        await page.locator(".composer__input").fill(words)
        await page.locator(".composer__input").press("Enter")
        await expect(shopper.page.locator(".line", has_text=words)).to_be_visible()
    await film.take()
    await desktop.press("ctrl+1")
    await expect(shopper.page.locator(".card__buy")).to_be_visible()
    await film.take()
    film.keep_still()
    await shopper.page.locator(".card__buy").click()
    await film.take()
    await shopper.focus("buy").click()
    await shopper.fill_address()
    await film.take()
    cashier = await shopper.pay()
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
    await film.take()


@asynccontextmanager
async def _crowd(browser: Browser, url: str) -> AsyncIterator[list[Page]]:
    """Viewers who say something; they look at no picture."""
    contexts: list[BrowserContext] = [await new_viewer(browser, PHONE, LOCALE) for _ in WORDS]
    pages = [await context.new_page() for context in contexts]
    for page in pages:
        await page.route("**/whep/**", lambda route: route.abort())
        await page.goto(url)
        await expect(page.locator(".composer__input")).to_be_visible()
    yield pages
    for context in contexts:
        await context.close()


class _Film:
    """Screen and phone side by side, a picture a step."""

    def __init__(self, desktop: Desktop, phone: Page, scratch: Path) -> None:
        self._desktop = desktop
        self._phone = phone
        self._scratch = scratch
        self._steps: list[tuple[Image, Image]] = []
        self._still = 0

    async def take(self) -> None:
        """Take the next step, once what moves has come to rest."""
        await asyncio.sleep(SETTLED_S)
        screen, phone = self._scratch / "screen.png", self._scratch / "phone.png"
        await self._desktop.screenshot(screen)
        await self._phone.screenshot(path=phone)
        self._steps.append((_read(screen), _read(phone)))
        print(f"step {len(self._steps)}", flush=True)

    def keep_still(self) -> None:
        """Let the last step be the README's picture."""
        self._still = len(self._steps) - 1

    def save(self, path: Path) -> None:
        """Write the film."""
        film = cv2.Animation()
        film.frames = [np.hstack([_as_high(one, FILM_HEIGHT) for one in step]) for step in self._steps]
        film.durations = [FRAME_MS] * (len(self._steps) - 1) + [LAST_FRAME_MS]
        if not cv2.imwriteanimation(str(path), film, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY]):
            raise OSError(f"{path} cannot be written")

    def save_still(self, folder: Path) -> None:
        """Write the pictures of studio and player."""
        screen, phone = self._steps[self._still]
        quality = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
        for name, image in (("studio.jpg", screen), ("player.jpg", _as_high(phone, PHONE.height))):
            if not cv2.imwrite(str(folder / name), image, quality):
                raise OSError(f"{folder / name} cannot be written")


def _read(path: Path) -> Image:
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise OSError(f"{path} cannot be read")
    return np.asarray(image, np.uint8)


def _as_high(image: Image, height: int) -> Image:
    width = round(image.shape[1] * height / image.shape[0])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


if __name__ == "__main__":
    sys.exit(main())
