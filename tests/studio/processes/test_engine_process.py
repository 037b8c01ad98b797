import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtWidgets import QApplication

from studio.engine.messages.commands import (
    Compare,
    Configure,
    HideSlate,
    Publish,
    SetProject,
    ShowSlate,
    StopPublishing,
)
from studio.engine.messages.events import (
    EngineReady,
    MeterMeasured,
    PreviewOpened,
    PublishChanged,
    StatsMeasured,
)
from studio.engine.messages.recording import (
    AddChapter,
    PauseRecording,
    RecordingChanged,
    RecordingMeasured,
    RecordingState,
    ResumeRecording,
    StartRecording,
    StopRecording,
)
from studio.engine.messages.values import Bitrate, Comparison, PublishState
from studio.processes.engine_process import EngineProcess, Wishes
from studio.project import edits
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec, first_project
from studio.project.project import Canvas
from tests.studio.engine.record.show import play
from tests.support.watched_engine import WatchedEngine

SMALL = Canvas(width=180, height=320, fps=30)
PATTERN = VideoSpec(VideoKind.TEST_PATTERN)
WAIT_S = 20


@pytest.fixture
async def watched(qapp: QApplication) -> AsyncIterator[WatchedEngine]:
    watched = WatchedEngine()
    watched.scene.set_canvas(SMALL)
    watched.engine.start()
    try:
        yield watched
    finally:
        await watched.engine.stop()


async def test_frames_meters_and_figures_arrive(watched: WatchedEngine) -> None:
    watched.scene.show(PATTERN)
    watched.scene.hear(AudioSpec(AudioKind.TEST_TONE))
    await watched.until_video(VideoKind.TEST_PATTERN)
    watched.forget()
    await watched.until(lambda: len(watched.of(StatsMeasured)) >= 3)
    assert watched.last is not None
    assert watched.last.image.shape == (320, 180, 4)
    assert np.ptp(watched.last.image[200, :, :3]) > 100  # bars, not a slate
    assert watched.of(StatsMeasured)[-1].fps == pytest.approx(30, abs=4)
    assert watched.frames > 40
    meter = watched.of(MeterMeasured)[-1]
    assert meter.peak_db == pytest.approx(-20, abs=0.2)
    assert meter.rms_db == pytest.approx(-23, abs=0.2)


@pytest.mark.parametrize("end", [signal.SIGSEGV, signal.SIGKILL])
async def test_a_crash_is_told_and_another_shows_the_same(
    watched: WatchedEngine, end: signal.Signals
) -> None:
    watched.scene.show(PATTERN)
    await watched.until_video(VideoKind.TEST_PATTERN)
    first = watched.engine.pid
    assert first is not None
    watched.forget()
    os.kill(first, end)
    await watched.until_video(VideoKind.TEST_PATTERN)
    await watched.until(lambda: watched.frames > 3)
    assert watched.crashes == [(-end, 0.0)]
    assert watched.restarts == 1
    assert watched.engine.pid != first
    assert watched.last is not None
    assert watched.last.image.shape == (320, 180, 4)


async def test_an_engine_that_hangs_is_killed_and_started_again(qapp: QApplication) -> None:
    watched = WatchedEngine(EngineProcess(silence_seconds=3))
    watched.engine.start()
    try:
        await watched.until(lambda: watched.of(EngineReady))
        assert watched.engine.pid is not None
        os.kill(watched.engine.pid, signal.SIGSTOP)
        await watched.until_crashes(1)
        await watched.until(lambda: watched.restarts == 1)
    finally:
        await watched.engine.stop()
    assert watched.crashes == [(-signal.SIGKILL, 0.0)]


async def test_a_second_crash_waits_before_the_next_start(watched: WatchedEngine) -> None:
    for expected in (1, 2):
        await watched.until(lambda: watched.of(EngineReady))
        watched.forget()
        pid = watched.engine.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await watched.until_crashes(expected)
    assert [pause for _, pause in watched.crashes] == [0.0, 1.0]


async def test_publishing_is_asked_for_again_after_a_crash(watched: WatchedEngine) -> None:
    watched.scene.show(PATTERN)
    watched.engine.send(Publish(whip_url="http://127.0.0.1:9/whip/none", token="t"))
    await watched.until(lambda: watched.of(PublishChanged))
    watched.forget()
    assert watched.engine.pid is not None
    os.kill(watched.engine.pid, signal.SIGKILL)
    await watched.until(lambda: watched.of(PublishChanged))
    assert watched.of(PublishChanged)[0].state is PublishState.CONNECTING


async def test_a_recording_outlives_a_killed_engine_and_goes_on_in_another_file(
    watched: WatchedEngine, tmp_path: Path
) -> None:
    watched.scene.show(PATTERN)
    await watched.until_video(VideoKind.TEST_PATTERN)
    watched.engine.send(StartRecording(str(tmp_path), "show", "Start"))
    await watched.until(lambda: recorded(watched) > 4)
    before = recorded(watched)
    watched.forget()
    assert watched.engine.pid is not None
    os.kill(watched.engine.pid, signal.SIGKILL)
    await watched.until(lambda: recorded(watched) > 1)
    watched.engine.send(StopRecording())
    await watched.until(lambda: watched.of(RecordingChanged)[-1].state is RecordingState.IDLE)
    first = await asyncio.to_thread(play, tmp_path / "show.mp4")
    assert first.codecs == ["h264", "aac"]
    assert first.size == (180, 320)
    assert first.seconds > before - 2
    again = await asyncio.to_thread(play, tmp_path / "show (2).mp4")
    assert again.seconds > 1


def recorded(watched: WatchedEngine) -> float:
    """How many seconds the engine has recorded."""
    return max((event.seconds for event in watched.of(RecordingMeasured)), default=0.0)


async def test_stopping_ends_the_process_and_leaves_nothing(watched: WatchedEngine) -> None:
    watched.scene.show(PATTERN)
    await watched.until(lambda: watched.frames > 3)
    assert watched.engine.pid is not None
    process = psutil.Process(watched.engine.pid)
    await watched.engine.stop()
    assert not process.is_running()
    for opened in watched.of(PreviewOpened):
        assert not (Path("/dev/shm") / opened.name).exists()
    assert watched.crashes == []
    assert watched.last is not None
    assert watched.last.image.sum() > 0  # the window may still paint it


async def test_another_canvas_brings_frames_of_its_size(watched: WatchedEngine) -> None:
    watched.scene.show(PATTERN)
    await watched.until(lambda: watched.last is not None)
    watched.scene.set_canvas(Canvas(width=320, height=180, fps=15))
    await watched.until(lambda: watched.last is not None and watched.last.image.shape == (180, 320, 4))


async def test_the_slate_stands_while_paused_and_sound_is_off(watched: WatchedEngine) -> None:
    watched.scene.show(PATTERN)
    await watched.until_video(VideoKind.TEST_PATTERN)
    watched.engine.send(ShowSlate())
    await watched.until(lambda: watched.last is not None and np.ptp(watched.last.image[300, :, :3]) < 60)
    watched.engine.send(HideSlate())
    await watched.until(lambda: watched.last is not None and np.ptp(watched.last.image[300, :, :3]) > 100)


def rings(prefix: str) -> list[Path]:
    return list(Path("/dev/shm").glob(f"{prefix}*"))


async def test_the_engine_ends_within_two_seconds_of_the_studio(tmp_path: Path) -> None:
    program = tmp_path / "window.py"
    program.write_text(
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from studio.processes.engine_process import EngineProcess\n"
        "from studio.engine.messages.events import EngineReady\n"
        "def on_event(event):\n"
        "    if isinstance(event, EngineReady):\n"
        "        print(event.pid, flush=True)\n"
        "        print(engine._run._prefix, flush=True)\n"
        "if __name__ == '__main__':\n"
        "    application = QApplication([])\n"
        "    engine = EngineProcess()\n"
        "    engine.event_arrived.connect(on_event)\n"
        "    engine.start()\n"
        "    application.exec()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    studio = await asyncio.create_subprocess_exec(
        sys.executable, str(program), env=environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert studio.stdout is not None
        engine = psutil.Process(int(await asyncio.wait_for(studio.stdout.readline(), WAIT_S)))
        prefix = (await asyncio.wait_for(studio.stdout.readline(), WAIT_S)).decode().strip()
    finally:
        studio.kill()
        await studio.wait()
    await asyncio.to_thread(psutil.wait_procs, [engine], 3)
    assert not engine.is_running()
    assert rings(prefix) == []


def test_wishes_keep_the_newest_of_each_kind_in_a_useful_order() -> None:
    wishes = Wishes()
    publish = Publish(whip_url="http://x/whip/r", token="t")
    projects = [SetProject(edits.set_canvas(first_project(), Canvas(fps=fps))) for fps in (24, 25)]
    configure = Configure(Bitrate(100, 900))
    commands = (projects[0], publish, Compare("s1", Comparison.SPLIT), ShowSlate(), configure, projects[1])
    for command in commands:
        wishes.add(command)
    wishes.add(Publish(whip_url="http://x/whip/r", token="t", takes_over=True))
    assert wishes.commands() == [
        configure,
        ShowSlate(),
        Compare("s1", Comparison.SPLIT),
        projects[1],
        publish,
    ]
    wishes.add(StopPublishing())
    assert wishes.commands()[-1] == StopPublishing()


def test_a_recording_is_wished_for_until_it_is_stopped_and_its_chapters_are_not() -> None:
    wishes = Wishes()
    start = StartRecording("/v", "show")
    for command in (start, PauseRecording(), AddChapter("Tea")):
        wishes.add(command)
    assert wishes.commands() == [start, PauseRecording()]
    for later in (StopRecording(), StartRecording("/v", "next"), ResumeRecording()):
        wishes.add(later)
    assert wishes.commands() == [StartRecording("/v", "next"), ResumeRecording()]
