import pytest

from studio.engine.messages import (
    AudioKind,
    AudioSpec,
    Device,
    Devices,
    DevicesChanged,
    SelectAudio,
    SelectVideo,
    VideoKind,
    VideoSpec,
)
from studio.live.stats import StatsCollector
from studio.stage.demo_fallback import DemoFallback
from studio.stage.engine_view import EngineView
from studio.window.main_window import MainWindow
from tests.studio.fakes import FakeEngine

CAMERA = Device("cam-1", "Webcam")
MICROPHONE = Device("mic-1", "Yeti")
SHOWS_DEMO = SelectVideo(VideoSpec(VideoKind.DEMO))
HEARS_DEMO = SelectAudio(AudioSpec(AudioKind.DEMO))
FIRST_CAMERA = SelectVideo(VideoSpec(VideoKind.CAMERA))
DEFAULT_MICROPHONE = SelectAudio(AudioSpec(AudioKind.MICROPHONE))


class Host:
    """What the host has done so far."""

    has_chosen = False
    is_on_air = False


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def demo_fallback(engine: FakeEngine, window: MainWindow, host: Host) -> DemoFallback:
    view = EngineView(engine, window, StatsCollector(lambda: None))
    return DemoFallback(view, lambda: not host.has_chosen, lambda: host.is_on_air)


def found(cameras: list[Device], microphones: list[Device]) -> DevicesChanged:
    return DevicesChanged(Devices(cameras, [], [], microphones))


def test_without_camera_and_microphone_the_demo_stands_in_once(
    demo_fallback: DemoFallback, engine: FakeEngine
) -> None:
    demo_fallback.on_event(found([], []))
    demo_fallback.on_event(found([], []))
    assert engine.commands == [SHOWS_DEMO, HEARS_DEMO]


def test_a_microphone_is_heard_beside_the_demo_portrait(
    demo_fallback: DemoFallback, engine: FakeEngine
) -> None:
    demo_fallback.on_event(found([], [MICROPHONE]))
    assert engine.commands == [SHOWS_DEMO]


def test_a_camera_that_comes_takes_over(demo_fallback: DemoFallback, engine: FakeEngine) -> None:
    demo_fallback.on_event(found([], []))
    demo_fallback.on_event(found([CAMERA], []))
    assert engine.commands[2:] == [FIRST_CAMERA, DEFAULT_MICROPHONE]


def test_nobody_gets_on_air_unasked(demo_fallback: DemoFallback, engine: FakeEngine, host: Host) -> None:
    demo_fallback.on_event(found([], []))
    host.is_on_air = True
    demo_fallback.on_event(found([CAMERA], []))
    assert engine.commands == [SHOWS_DEMO, HEARS_DEMO]


def test_what_the_host_has_chosen_stays(demo_fallback: DemoFallback, engine: FakeEngine, host: Host) -> None:
    host.has_chosen = True
    demo_fallback.on_event(found([], []))
    assert engine.commands == []


def test_with_a_camera_nothing_stands_in(demo_fallback: DemoFallback, engine: FakeEngine) -> None:
    demo_fallback.on_event(found([CAMERA], []))
    assert engine.commands == []
