"""The host puts effects on; the viewers' browsers show them, fluently."""

import asyncio
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from playwright.async_api import BrowserContext

from effects.models.registry import Registry, default_folder
from effects.params import Settings
from studio.engine.messages.commands import SetProject
from studio.engine.messages.events import EffectsMeasured, VideoSourceChanged
from studio.engine.messages.values import SourceState
from studio.project import edits
from studio.project.choices import VideoKind, VideoSpec, choose_picture, first_project
from studio.project.store import ProjectStore
from tests.support.desktop import Desktop
from tests.support.on_air import go_on_air
from tests.support.portrait_video import make_portrait_video
from tests.support.programs import run_studio
from tests.support.watching import Watcher

WIDTH, HEIGHT = 108, 192
"""The page hands its picture over as a list of numbers: more of them take seconds."""
FLAG: Final = np.s_[28:80, :12]
"""What is behind the person at the left: stripes."""
FACE: Final = np.s_[36:84, 39:69]
BLURRED: Final = Settings(
    {"background": {"kind": "blur", "blur": 80.0}, "beauty": {"smooth": 60.0, "whiten": 20.0}}
)
GRAY: Final = Settings({"color": {"look": "mono", "intensity": 100.0}})
LOOKS: Final = 120
LEAST_FPS: Final = 25

Rgb = npt.NDArray[np.uint8]


@pytest.fixture(autouse=True)
def networks() -> None:
    if Registry.read(default_folder()).missing():
        pytest.skip("networks are missing: run scripts/fetch_models.py")


async def look(viewer: Watcher) -> Rgb:
    """What the page shows now: RGB (192, 108, 3)."""
    pixels = np.frombuffer(await viewer.pixels(WIDTH, HEIGHT), np.uint8)
    return pixels.reshape(HEIGHT, WIDTH, 4)[..., :3]


def edges(picture: Rgb) -> float:
    """The energy of a picture's edges."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return float((cv2.Sobel(gray, cv2.CV_64F, 1, 1) ** 2).mean())


def colors(picture: Rgb) -> float:
    """How far a picture is from grey, in levels."""
    return float(np.ptp(picture.astype(int), axis=2).mean())


def orange(screenshot: Path) -> int:
    """How much of the demo portrait's suit the host sees in its own colour, in pixels."""
    picture = cv2.imread(str(screenshot))
    assert picture is not None
    return int(np.count_nonzero(cv2.inRange(picture, np.array([20, 50, 180]), np.array([110, 130, 255]))))


async def usual_edges(viewer: Watcher, part: tuple[slice, slice]) -> float:
    """The median of several looks: a single one may catch a frame that has just changed."""
    return float(np.median([edges((await look(viewer))[part]) for _ in range(5)]))


async def until_edges_below(viewer: Watcher, part: tuple[slice, slice], most: float) -> None:
    for _ in range(LOOKS):
        if edges((await look(viewer))[part]) < most:
            return
        await viewer.page.wait_for_timeout(250)
    raise AssertionError(f"the edges stay at {edges((await look(viewer))[part])}, not below {most}")


async def best_fps(viewer: Watcher) -> float:
    """The best of a few stretches: another program may take the machine for one of them."""
    best = 0.0
    for _ in range(4):
        best = max(best, (await viewer.receive(4)).fps)
        if best >= LEAST_FPS:
            break
    return best


@pytest.mark.journey
async def test_viewers_see_the_background_blurred_and_the_host_sharp(
    phone: BrowserContext, tmp_path: Path
) -> None:
    path = await asyncio.to_thread(make_portrait_video, tmp_path / "portrait.mp4")
    portrait = VideoSpec(VideoKind.MEDIA_FILE, str(path))
    async with go_on_air(tmp_path / "data", portrait) as on_air:
        project = on_air.project
        picture = project.program.items[0].source_id
        await on_air.engine.until(VideoSourceChanged, lambda event: event.state is SourceState.RUNNING)
        viewer = await Watcher.open(phone, on_air.viewer_url)
        await viewer.until_frames_beyond(60)
        flag, face = await usual_edges(viewer, FLAG), await usual_edges(viewer, FACE)

        on_air.engine.send(SetProject(edits.set_effects(project, picture, BLURRED)))
        await until_edges_below(viewer, FLAG, flag / 8)
        assert await usual_edges(viewer, FACE) > face / 4
        assert await best_fps(viewer) >= LEAST_FPS
        measured = await on_air.engine.until(EffectsMeasured, lambda event: "background" in event.costs_ms)
        assert {"networks", "matte", "beauty"} <= measured.costs_ms.keys()
        assert measured.problems == measured.failures == measured.rejections == {}

        on_air.engine.send(SetProject(edits.set_effects(project, picture, Settings())))
        for _ in range(LOOKS):
            if edges((await look(viewer))[FLAG]) > flag / 2:
                break
            await viewer.page.wait_for_timeout(250)
        assert await usual_edges(viewer, FLAG) > flag / 2


@pytest.mark.journey
async def test_kept_effects_are_on_air_at_the_next_start_and_comparing_is_the_hosts_alone(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    project = choose_picture(first_project(), VideoSpec(VideoKind.DEMO))
    project = edits.set_effects(project, project.program.items[0].source_id, GRAY)
    ProjectStore(tmp_path).save(project)
    async with run_studio(desktop.display, tmp_path, "--port", "0", "--demo", "--go-live") as studio:
        viewer = await Watcher.open(phone, studio.ready.viewer_url)
        await viewer.until_frames_beyond(60)
        assert colors(await look(viewer)) < 4

        host = tmp_path / "host.png"
        await desktop.screenshot(host)
        before = orange(host)
        await desktop.press("ctrl+b")
        for _ in range(LOOKS):
            await desktop.screenshot(host)
            if orange(host) > before + 10_000:
                break
            await viewer.page.wait_for_timeout(250)
        assert orange(host) > before + 10_000, "the split view is not seen in the studio"
        stats = await viewer.stats()
        assert stats is not None
        await viewer.until_frames_beyond(stats["frames"] + 30)
        assert colors(await look(viewer)) < 4
