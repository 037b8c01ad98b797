"""Two nodes as one backend: viewers on either share the show, and the death of one leaves the other."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from backend.contract.cards import ShowCard
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from studio.engine.messages.commands import Configure, Publish, SetProject
from studio.engine.messages.events import PublishChanged
from studio.engine.messages.values import Bitrate, PublishState
from tests.backend.cluster.nodes import running_nodes
from tests.support.browser import DESKTOP, new_viewer
from tests.support.engine import run_engine_process
from tests.support.nats import running_nats
from tests.support.on_air import DEMO_AUDIO, DEMO_VIDEO
from tests.support.one_scene import project_of
from tests.support.postgres import running_postgres
from tests.support.watching import Watcher

TRIES = 15


@dataclass(frozen=True)
class Ground:
    """What all nodes stand on."""

    database: str
    bus: str


@pytest.fixture
def ground() -> Iterator[Ground]:
    """A real database and a real bus."""
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        nats = stack.enter_context(running_nats())
        yield Ground(postgres.new_database(), nats.url)


async def say(page: Page, text: str) -> None:
    """Write in the player's chat."""
    await page.locator(".composer__input").fill(text)
    await page.locator(".composer__input").press("Enter")
    await page.locator(".composer__input").blur()  # the keyboard of a phone covers card and buttons


async def until_sent(line: Locator) -> None:
    """Wait until the room has taken a line; one that came between two owners is sent again, as it offers."""
    for _ in range(TRIES):
        await expect(line).not_to_have_attribute("data-state", "pending", timeout=20_000)
        if await line.get_attribute("data-state") == "sent":
            return
        await line.locator(".line__retry").click()
        await asyncio.sleep(1)
    raise AssertionError(f"not sent after {TRIES} tries")


@pytest.mark.journey
async def test_viewers_of_two_nodes_share_the_show_and_one_outlives_the_other_node(
    ground: Ground, browser: Browser, tmp_path: Path
) -> None:
    async with (
        running_nodes(tmp_path, ground.database, ground.bus) as (owner, other),
        run_engine_process() as engine,
        other.host() as host,
    ):
        assert isinstance(await host.act(GoLive()), Accepted)
        engine.send(
            Configure(Bitrate()),
            SetProject(project_of(DEMO_VIDEO, DEMO_AUDIO)),
            Publish(other.program.ready.whip_url, other.host_token),
        )
        await engine.until(PublishChanged, lambda event: event.state is PublishState.CONNECTED)
        near = await Watcher.open(await new_viewer(browser), owner.program.ready.viewer_url)
        far = await Watcher.open(await new_viewer(browser, DESKTOP), other.program.ready.viewer_url)
        for viewer in (near, far):
            await viewer.until_playing()

        await say(near.page, "hello from the first node")
        await expect(far.page.locator(".chat__list")).to_contain_text("hello from the first node")
        await say(far.page, "hello from the second")
        await expect(near.page.locator(".chat__list")).to_contain_text("hello from the second")
        assert isinstance(await host.act(ShowCard("demo-tea")), Accepted)
        for viewer in (near, far):
            await expect(viewer.page.locator("product-card .card")).to_be_visible()

        before = await far.stats()
        assert before is not None
        await owner.program.kill()
        await say(far.page, "still here")
        await until_sent(far.page.locator(".line", has_text="still here"))
        await expect(far.page.locator(".chat__list")).to_contain_text("hello from the first node")
        await far.until_frames_beyond(before["frames"])
        assert far.errors == []
