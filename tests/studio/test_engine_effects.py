"""Effects in the real engine process, seen as the window sees them."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from effects.models.registry import FOLDER_VARIABLE, Registry, default_folder
from effects.params import Settings
from studio.engine.media import Picture
from studio.engine.messages.commands import Compare
from studio.engine.messages.events import EffectsDeclared, EffectsMeasured
from studio.engine.messages.values import Comparison, Message
from studio.engine.preview.ring import PreviewFrame
from studio.processes.engine_process import EngineProcess
from studio.project.choices import VideoKind, VideoSpec
from studio.project.project import Canvas
from tests.studio.engine.pictures import edge_energy
from tests.support.one_scene import OneScene
from tests.support.portrait_video import make_portrait_video

DEMO: Final = VideoSpec(VideoKind.DEMO)
PATTERN: Final = VideoSpec(VideoKind.TEST_PATTERN)
BRIGHT: Final = Settings({"color": {"brightness": 100.0}})
BLURRED: Final = Settings({"background": {"kind": "blur", "blur": 100.0}, "beauty": {"smooth": 80.0}})
WAIT_S: Final = 30
FLAG: Final = np.s_[95:250, :38]
"""What is behind the person of the portrait video at the left: stripes."""


class Watched:
    """An engine with the demo source, its events, and the newest picture of its preview."""

    def __init__(self) -> None:
        self.engine = EngineProcess()
        self.events: list[Message] = []
        self.crashes = 0
        self._frame: PreviewFrame | None = None
        self.engine.event_arrived.connect(self.events.append)
        self.engine.frame.connect(self._on_frame)
        self.engine.crashed.connect(self._on_crashed)
        self.scene = OneScene(self.engine.send, Canvas(360, 640, 30))
        self.scene.show(DEMO)

    @property
    def picture(self) -> Picture:
        """The newest picture, BGRA; black before the first."""
        return self._frame.image.copy() if self._frame is not None else np.zeros((640, 360, 4), np.uint8)

    @property
    def measured(self) -> EffectsMeasured:
        """How the effects are doing by the newest figures."""
        found = [event for event in self.events if isinstance(event, EffectsMeasured)]
        return found[-1] if found else EffectsMeasured("")

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(WAIT_S):
            while not condition():
                QCoreApplication.processEvents()
                await asyncio.sleep(0.005)

    async def until_portrait(self) -> None:
        await self.until(lambda: self.picture[..., :3].std() > 40)

    def _on_frame(self, frame: PreviewFrame) -> None:
        self._frame = frame

    def _on_crashed(self) -> None:
        self.crashes += 1
        self._frame = None


@pytest.fixture
async def watched(qapp: QApplication) -> AsyncIterator[Watched]:
    watched = Watched()
    try:
        yield watched
    finally:
        await watched.engine.stop()


@pytest.fixture
def networks() -> None:
    if Registry.read(default_folder()).missing():
        pytest.skip("networks are missing: run scripts/fetch_models.py")


async def test_the_engine_declares_what_can_be_set(watched: Watched) -> None:
    watched.engine.start()
    await watched.until(lambda: any(isinstance(event, EffectsDeclared) for event in watched.events))
    told = next(event for event in watched.events if isinstance(event, EffectsDeclared))
    assert {"beauty", "color", "background"} <= {each.name for each in told.declarations}


async def test_effects_show_in_the_preview_and_only_on_their_source(watched: Watched) -> None:
    watched.engine.start()
    await watched.until_portrait()
    plain = watched.picture.mean()
    watched.scene.show(PATTERN)
    watched.scene.set_effects(Settings({"color": {"brightness": -100.0}}))
    watched.scene.show(DEMO)
    await watched.until_portrait()
    watched.scene.set_effects(BRIGHT)
    await watched.until(lambda: watched.picture.mean() > plain + 15)
    watched.scene.set_effects(Settings())
    await watched.until(lambda: abs(watched.picture.mean() - plain) < 3)


@pytest.mark.usefixtures("networks")
async def test_the_background_blurs_and_the_person_stays_sharp(watched: Watched, tmp_path: Path) -> None:
    video = await asyncio.to_thread(make_portrait_video, tmp_path / "portrait.mp4", seconds=2.0)
    portrait = VideoSpec(VideoKind.MEDIA_FILE, str(video))
    watched.scene.show(portrait)
    watched.engine.start()
    await watched.until_portrait()
    sharp, flag = edge_energy(watched.picture), edge_energy(watched.picture[FLAG])
    watched.scene.set_effects(BLURRED)
    await watched.until(
        lambda: {"networks", "matte", "beauty", "background"} <= watched.measured.costs_ms.keys()
    )
    await watched.until(lambda: edge_energy(watched.picture[FLAG]) < flag / 8)
    assert sharp / 2 < edge_energy(watched.picture) < sharp * 1.2
    assert watched.measured.problems == watched.measured.failures == {}


async def test_without_networks_looks_work_and_the_rest_says_what_is_missing(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    watched.engine.start()
    await watched.until_portrait()
    plain = watched.picture.mean()
    watched.scene.set_effects(Settings({**BLURRED.filters, **BRIGHT.filters}))
    await watched.until(lambda: watched.picture.mean() > plain + 15)
    await watched.until(lambda: watched.measured.problems.keys() == {"matte", "faces"})
    assert "selfie_segmenter is not here yet" in watched.measured.problems["matte"]


async def test_comparing_changes_the_preview(watched: Watched) -> None:
    watched.scene.set_effects(Settings({"color": {"look": "mono", "intensity": 100.0}}))
    watched.engine.start()

    def colors(picture: Picture) -> float:
        return float(np.ptp(picture[..., :3].astype(int), axis=2).mean())

    await watched.until_portrait()
    await watched.until(lambda: colors(watched.picture) < 3)
    watched.engine.send(Compare(watched.scene.picture_id, Comparison.SPLIT))
    await watched.until(lambda: colors(watched.picture[:, :170]) > 10)
    assert colors(watched.picture[:, 190:]) < 3
    watched.engine.send(Compare(watched.scene.picture_id, Comparison.BEFORE))
    await watched.until(lambda: colors(watched.picture[:, 190:]) > 10)
    watched.engine.send(Compare(watched.scene.picture_id, Comparison.AFTER))
    await watched.until(lambda: colors(watched.picture) < 3)


async def test_after_a_crash_the_new_engine_has_the_same_effects(watched: Watched) -> None:
    watched.scene.set_effects(Settings())
    watched.engine.start()
    await watched.until_portrait()
    plain = watched.picture.mean()
    watched.scene.set_effects(BRIGHT)
    await watched.until(lambda: watched.picture.mean() > plain + 15)
    assert watched.engine.pid is not None
    os.kill(watched.engine.pid, signal.SIGKILL)
    await watched.until(lambda: watched.crashes == 1)
    await watched.until_portrait()
    await watched.until(lambda: watched.picture.mean() > plain + 15)
