"""Programs die, the show goes on: the same page plays on without being loaded again."""

import asyncio
from pathlib import Path

import psutil
import pytest
from playwright.async_api import BrowserContext, expect

from tests.support.desktop import Desktop
from tests.support.free_port import free_port
from tests.support.programs import Program, run_studio
from tests.support.watching import Watcher

MARK = "window.wasNeverLoadedAgain = true"
READ_MARK = "window.wasNeverLoadedAgain === true"
COMING_BACK_S = 45


def options(port: int) -> list[str]:
    return ["--port", str(port), "--demo", "--go-live"]


async def open_and_mark(phone: BrowserContext, studio: Program) -> Watcher:
    viewer = await Watcher.open(phone, studio.ready.viewer_url)
    await viewer.until_frames_beyond(30)
    await viewer.page.evaluate(MARK)
    await viewer.forget_slates()
    return viewer


async def assert_plays_on(viewer: Watcher) -> None:
    await viewer.until_slate("none", timeout_s=COMING_BACK_S)
    stats = await viewer.stats()
    await viewer.until_frames_beyond(stats["frames"] + 60 if stats else 60, COMING_BACK_S)
    assert await viewer.page.evaluate(READ_MARK)


@pytest.mark.journey
async def test_after_the_studio_is_killed_and_started_again_the_same_page_plays_on(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    port = free_port()
    async with run_studio(desktop.display, tmp_path, *options(port)) as studio:
        viewer = await open_and_mark(phone, studio)
        family = studio.children()
        await studio.kill()
        await viewer.until_slate_passed("lost", "returning")
        await asyncio.to_thread(psutil.wait_procs, family, 15)
        assert [child for child in family if child.is_running()] == []
        async with run_studio(desktop.display, tmp_path, *options(port)):
            await assert_plays_on(viewer)


@pytest.mark.journey
async def test_after_the_backend_is_killed_studio_and_page_come_back_by_themselves(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, *options(free_port())) as studio:
        viewer = await open_and_mark(phone, studio)
        await desktop.press("ctrl+2")
        await expect(viewer.page.locator("product-card")).to_contain_text("2号")
        studio.child("main.py", "serve").kill()
        await viewer.until_slate_passed("lost", "returning")
        await assert_plays_on(viewer)
        await expect(viewer.page.locator("product-card")).to_contain_text("2号")
        await desktop.press("ctrl+2")
        await expect(viewer.page.locator("product-card")).to_be_hidden()


@pytest.mark.journey
async def test_after_the_engine_is_killed_it_goes_live_again_by_itself(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, *options(free_port())) as studio:
        viewer = await open_and_mark(phone, studio)
        studio.child("spawn_main").kill()
        # A new engine may be on air before the slate is due, two seconds after the last packet.
        await assert_plays_on(viewer)


@pytest.mark.journey
async def test_after_the_relay_is_killed_everybody_comes_back(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, *options(free_port())) as studio:
        viewer = await open_and_mark(phone, studio)
        studio.child("backend.relay.worker").kill()
        await viewer.until_slate_passed("lost", "returning")
        await assert_plays_on(viewer)
