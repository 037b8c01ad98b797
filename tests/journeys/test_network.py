"""The network goes and comes back: studio and page find the backend again by themselves."""

import asyncio
from pathlib import Path
from typing import Final

import msgspec
import pytest
from playwright.async_api import BrowserContext

from studio.settings import FILE_NAME, Remote, Settings
from tests.support.desktop import Desktop
from tests.support.far_machine import can_make_far_machines, far_machine
from tests.support.programs import run_backend, run_studio
from tests.support.watching import Watcher
from widgets.settings.settings_values import BackendPlace

MARK: Final = "window.wasNeverLoadedAgain = true"
READ_MARK: Final = "window.wasNeverLoadedAgain === true"
LIVE_S: Final = 60
COMING_BACK_S: Final = 60


@pytest.mark.journey
async def test_after_the_network_was_gone_the_same_page_plays_on(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    if not await asyncio.to_thread(can_make_far_machines):
        pytest.skip("making a network namespace takes root and iproute2")
    studio_data = tmp_path / "studio"
    studio_data.mkdir()
    with far_machine() as server:
        options = ("--host", server.address, "--port", "0", "--demo")
        async with run_backend(tmp_path / "server", *options, runner=server.runner) as backend:
            ready = backend.ready
            settings = Settings(
                backend_place=BackendPlace.REMOTE, remote=Remote(ready.url, ready.room, ready.host_token)
            )
            (studio_data / FILE_NAME).write_bytes(msgspec.json.encode(settings))
            async with run_studio(desktop.display, studio_data, "--demo", "--go-live"):
                viewer = await Watcher.open(phone, ready.viewer_url)
                await viewer.until_frames_beyond(30, LIVE_S)
                await viewer.page.evaluate(MARK)
                await viewer.forget_slates()
                server.cut()
                await viewer.until_slate_passed("returning", "unreachable", "lost")
                server.mend()
                await viewer.until_slate("none", timeout_s=COMING_BACK_S)
                stats = await viewer.stats()
                await viewer.until_frames_beyond(stats["frames"] + 60 if stats else 60, COMING_BACK_S)
                assert await viewer.page.evaluate(READ_MARK)
