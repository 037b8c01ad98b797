"""Real input through the whole engine: a screen, a window, a file and a microphone into preview and meter."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from studio.engine.messages.events import DevicesChanged, MeterMeasured, StatsMeasured, VideoSourceChanged
from studio.engine.messages.values import SourceState
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from studio.project.project import Canvas
from tests.support.display import window
from tests.support.media_file import make_video
from tests.support.sound import MICROPHONE, SoundServer
from tests.support.watched_engine import WatchedEngine

WIDE = Canvas(width=320, height=200, fps=30)


@asynccontextmanager
async def running() -> AsyncIterator[WatchedEngine]:
    watched = WatchedEngine()
    watched.scene.set_canvas(WIDE)
    watched.engine.start()
    try:
        yield watched
    finally:
        await watched.engine.stop()


@pytest.fixture
async def watched(
    qapp: QApplication, display: str, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[WatchedEngine]:
    monkeypatch.setenv("DISPLAY", display)
    for name in ("PULSE_SERVER", "PULSE_COOKIE"):
        monkeypatch.setenv(name, sound_server.environment[name])
    async with running() as watched:
        yield watched


def color_at(watched: WatchedEngine, x: int, y: int) -> list[int]:
    return watched.last.image[y, x, :3].tolist() if watched.last is not None else []


async def test_a_window_on_a_real_screen_is_listed_and_shown(watched: WatchedEngine, display: str) -> None:
    with window(display, "直播间", "#c83232", 640, 400):

        def found() -> list[str]:
            told = watched.of(DevicesChanged)
            return (
                [each.device_id for each in told[-1].devices.windows if each.name == "直播间"] if told else []
            )

        await watched.until(found)
        watched.scene.show(VideoSpec(VideoKind.WINDOW, found()[0]))
        await watched.until(lambda: color_at(watched, 20, 20) == [0x32, 0x32, 0xC8])
        assert watched.of(DevicesChanged)[-1].devices.screens[0].name == ""
    told = await watched.until_video(VideoKind.WINDOW, SourceState.FAILED)
    assert told.code == "window_missing"


async def test_a_screen_is_shown(watched: WatchedEngine, display: str) -> None:
    with window(display, "on the screen", "#32c832", 640, 400):
        watched.scene.show(VideoSpec(VideoKind.SCREEN))
        await watched.until(lambda: color_at(watched, 110, 80) == [0x32, 0xC8, 0x32])


async def test_a_tone_in_the_microphone_moves_the_meter_and_the_fader_with_it(
    watched: WatchedEngine, sound_server: SoundServer
) -> None:
    with sound_server.tone(1000, amplitude=0.1):
        watched.scene.hear(AudioSpec(AudioKind.MICROPHONE))
        await watched.until_audio()
        watched.forget()
        await watched.until(lambda: any(abs(each.peak_db + 20) < 0.5 for each in watched.of(MeterMeasured)))
        watched.scene.set_gain(6.0)
        await watched.until(lambda: any(abs(each.peak_db + 14) < 0.5 for each in watched.of(MeterMeasured)))
        watched.forget()
        await watched.until(lambda: len(watched.of(StatsMeasured)) >= 2)
    assert abs(watched.of(StatsMeasured)[-1].skew_ms) < 40


async def test_a_missing_microphone_is_told_and_opened_by_itself_when_it_is_plugged_in(
    watched: WatchedEngine, sound_server: SoundServer
) -> None:
    watched.scene.hear(AudioSpec(AudioKind.MICROPHONE, "HeadsetMic"))
    told = await watched.until_audio(SourceState.FAILED)
    assert told.code == "device_missing"
    assert MICROPHONE in told.detail  # what there is instead
    with sound_server.plugged_in("HeadsetMic"):
        await watched.until_audio()
        microphones = watched.of(DevicesChanged)[-1].devices.microphones
        assert "HeadsetMic" in [each.name for each in microphones]


async def test_a_file_plays_with_its_sound_and_a_source_without_says_so(
    watched: WatchedEngine, tmp_path: Path
) -> None:
    path = make_video(tmp_path / "clip.mp4", size=(320, 200), tone_hertz=440)
    watched.scene.show(VideoSpec(VideoKind.MEDIA_FILE, str(path)))
    watched.scene.hear(AudioSpec(AudioKind.VIDEO_SOURCE))
    await watched.until_audio()
    await watched.until(lambda: any(each.peak_db > -15 for each in watched.of(MeterMeasured)))
    watched.scene.show(VideoSpec(VideoKind.DEMO))
    told = await watched.until_audio(SourceState.FAILED)
    assert told.code == "no_sound"


async def test_a_missing_file_and_a_missing_camera_are_told_and_a_slate_stands(
    watched: WatchedEngine, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    watched.scene.show(VideoSpec(VideoKind.MEDIA_FILE, str(path)))
    told = await watched.until_video(VideoKind.MEDIA_FILE, SourceState.FAILED)
    assert told.code == "file_missing"
    assert str(path) in told.detail
    await watched.until(lambda: watched.last is not None and 0 < np.ptp(watched.last.image[20, :, :3]) < 60)
    # Made aside: half a film would be tried, too.
    aside = tmp_path / "aside.mp4"
    make_video(aside, size=(320, 200))
    aside.rename(path)
    await watched.until_video(VideoKind.MEDIA_FILE)  # it is tried again, and there now
    file_id = watched.scene.picture_id
    watched.scene.show(VideoSpec(VideoKind.CAMERA, "gone"))
    assert (await watched.until_video(VideoKind.CAMERA, SourceState.FAILED)).code == "device_missing"
    states = [event.state for event in watched.of(VideoSourceChanged) if event.source_id == file_id]
    assert states == [SourceState.OPENING, SourceState.FAILED, SourceState.RUNNING]
