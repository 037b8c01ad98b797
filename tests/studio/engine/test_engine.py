from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from effects.models.registry import Registry
from studio.engine.effects.manager import EffectsManager
from studio.engine.engine import Engine
from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.layer_values import Layers
from studio.engine.media import MasterClock, VideoFrame
from studio.engine.messages.commands import Configure, HideSlate, Publish, Quit, ShowSlate, StopPublishing
from studio.engine.messages.events import AudioSourceChanged, EngineEvent, MeterMeasured, StatsMeasured
from studio.engine.messages.values import Bitrate, BitrateReason
from studio.engine.publish.stats import PublishStats
from studio.engine.publish.whip import Claim
from studio.engine.sources.catalog import SourceCatalog
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from studio.project.project import Canvas
from tests.studio.engine.sources.waiting import until
from tests.support.one_scene import OneScene

SMALL = Canvas(width=64, height=96, fps=50)
PATTERN = VideoSpec(VideoKind.TEST_PATTERN)
TONE = AudioSpec(AudioKind.TEST_TONE)


class Publishing:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def configure(
        self, canvas: Canvas, bitrate: Bitrate, encoder: str = "", layers: Layers = Layers.THREE
    ) -> None:
        self.told.append((canvas, bitrate, encoder))

    def start(self, whip_url: str, token: str, claim: Claim) -> None:
        self.told.append((whip_url, token, claim))

    def stop(self) -> None:
        self.told.append(("stop",))

    def stats(self) -> PublishStats:
        return PublishStats(
            sent=7, dropped=1, bitrate_kbps=850.5, target_kbps=900, reason=BitrateReason.CEILING
        )

    def close(self) -> None:
        self.told.append(("close",))


class Stage:
    """An engine with ears and eyes."""

    def __init__(self, models: Path) -> None:
        clock, video, audio = MasterClock(), LatestFrame(), AudioFeed()
        self.publishing = Publishing()
        self.events: list[EngineEvent] = []
        self._frames, self._sound = video.reader(), audio.reader()
        self.engine = Engine(
            clock,
            video,
            audio,
            publishing=self.publishing,
            catalog=SourceCatalog(clock, None),
            effects=EffectsManager(Registry.read(models), self.events.append),
            emit=self.events.append,
        )
        self.scene = OneScene(self.engine.handle, SMALL)

    def frame(self) -> VideoFrame:
        frame = self._frames.wait(5)
        assert frame is not None
        return frame

    def until_frame(self, width: int, *, is_busy: bool) -> None:
        """Wait for a frame of this width that is busy (a picture) or calm (a slate)."""

        def found() -> bool | None:
            self.engine.tick()
            image = self.frame().image
            return (image.shape[1] == width and bool(np.ptp(image[70]) > 100) is is_busy) or None

        until(found)

    def until_sound(self, *, is_loud: bool) -> None:
        def found() -> bool | None:
            block = self._sound.wait(1)
            return (block is not None and bool(block.samples.any()) is is_loud) or None

        until(found)


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    stage.engine.start()
    try:
        yield stage
    finally:
        stage.engine.close()


def test_before_anything_is_chosen_a_slate_and_silence_are_sent(stage: Stage) -> None:
    assert stage.frame().image.shape == (1280, 720, 3)
    stage.until_sound(is_loud=False)


def test_a_source_is_shown_on_the_canvas_that_was_set(stage: Stage) -> None:
    bitrate = Bitrate(floor_kbps=100, ceiling_kbps=900)
    stage.engine.handle(Configure(bitrate, encoder="libx264"))
    stage.scene.show(PATTERN)
    stage.until_frame(64, is_busy=True)
    assert stage.publishing.told == [(Canvas(), bitrate, "libx264"), (SMALL, bitrate, "libx264")]


def test_a_pause_shows_the_slate_and_silence_and_the_source_goes_on_below(stage: Stage) -> None:
    stage.scene.show(PATTERN)
    stage.scene.hear(TONE)
    stage.until_frame(64, is_busy=True)
    stage.until_sound(is_loud=True)
    stage.engine.handle(ShowSlate())
    stage.until_frame(64, is_busy=False)
    stage.until_sound(is_loud=False)
    stage.events.clear()
    stage.engine.handle(HideSlate())
    stage.until_frame(64, is_busy=True)
    stage.until_sound(is_loud=True)
    assert not [event for event in stage.events if isinstance(event, AudioSourceChanged)]


def test_mute_and_fader_work_on_the_strip(stage: Stage) -> None:
    stage.scene.hear(TONE)

    def meter_near(peak_db: float) -> None:
        stage.events.clear()
        until(
            lambda: (
                any(
                    isinstance(each, MeterMeasured) and abs(each.peak_db - peak_db) < 1
                    for each in stage.events
                )
                or None
            )
        )

    meter_near(-20)
    stage.scene.set_gain(-10.0)
    meter_near(-30)
    stage.scene.mute()
    meter_near(-100)
    stage.scene.unmute()
    meter_near(-30)


def test_a_strip_without_a_source_is_silent(stage: Stage) -> None:
    stage.scene.hear(TONE)
    stage.until_sound(is_loud=True)
    stage.scene.hear(AudioSpec(AudioKind.NONE))
    stage.until_sound(is_loud=False)


def test_publishing_is_handed_on(stage: Stage) -> None:
    stage.engine.handle(Publish("http://127.0.0.1/whip/r", "secret", "a1", takes_over=True))
    stage.engine.handle(StopPublishing())
    assert stage.publishing.told == [
        ("http://127.0.0.1/whip/r", "secret", Claim("a1", takes_over=True)),
        ("stop",),
    ]


def test_figures_join_the_pipeline_s_and_the_line_s(stage: Stage) -> None:
    stage.scene.show(PATTERN)
    stage.until_frame(64, is_busy=True)
    stage.engine.measure()
    for _ in range(25):
        stage.frame()
    stage.engine.measure()
    stats = [event for event in stage.events if isinstance(event, StatsMeasured)][-1]
    assert stats.fps == pytest.approx(50, abs=15)
    assert (stats.sent, stats.dropped, stats.target_kbps) == (7, 1, 900)
    assert stats.reason is BitrateReason.CEILING
    assert abs(stats.skew_ms) < 40


def test_what_is_not_the_engine_s_is_left_alone(stage: Stage) -> None:
    stage.engine.handle(Quit())
    assert stage.publishing.told == []
