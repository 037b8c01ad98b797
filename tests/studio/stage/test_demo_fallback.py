import pytest

from studio.engine.messages.events import DevicesChanged
from studio.engine.messages.values import Device, Devices
from studio.project.choices import (
    AudioKind,
    AudioSpec,
    VideoKind,
    VideoSpec,
    choose_picture,
    first_project,
    picture_of,
    sound_of,
)
from studio.stage.demo_fallback import DemoFallback
from studio.stage.project_editor import ProjectEditor

CAMERA = Device("cam-1", "Webcam")
MICROPHONE = Device("mic-1", "Yeti")
FIRST_CAMERA = VideoSpec(VideoKind.CAMERA)
DEMO = VideoSpec(VideoKind.DEMO)


class Host:
    """What the host has done so far."""

    has_chosen = False
    is_on_air = False


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def editor() -> ProjectEditor:
    return ProjectEditor(choose_picture(first_project(), FIRST_CAMERA))


@pytest.fixture
def demo_fallback(editor: ProjectEditor, host: Host) -> DemoFallback:
    return DemoFallback(editor, lambda: not host.has_chosen, lambda: host.is_on_air)


def found(cameras: list[Device], microphones: list[Device]) -> DevicesChanged:
    return DevicesChanged(Devices(cameras, [], [], microphones))


def shown(editor: ProjectEditor) -> tuple[VideoSpec | None, AudioKind]:
    return picture_of(editor.project), sound_of(editor.project).kind


def test_without_camera_and_microphone_the_demo_stands_in(
    demo_fallback: DemoFallback, editor: ProjectEditor
) -> None:
    demo_fallback.on_event(found([], []))
    demo_fallback.on_event(found([], []))
    assert shown(editor) == (DEMO, AudioKind.DEMO)
    assert not editor.can_undo  # the host did nothing


def test_a_microphone_is_heard_beside_the_demo_portrait(
    demo_fallback: DemoFallback, editor: ProjectEditor
) -> None:
    demo_fallback.on_event(found([], [MICROPHONE]))
    assert shown(editor) == (DEMO, AudioKind.NONE)


def test_a_camera_that_comes_takes_over_also_at_a_later_start(
    demo_fallback: DemoFallback, editor: ProjectEditor
) -> None:
    demo_fallback.on_event(found([], []))
    later = DemoFallback(editor, lambda: True, lambda: False)
    later.on_event(found([CAMERA], []))
    assert shown(editor) == (FIRST_CAMERA, AudioKind.MICROPHONE)
    assert sound_of(editor.project) == AudioSpec(AudioKind.MICROPHONE)


def test_nobody_gets_on_air_unasked(demo_fallback: DemoFallback, editor: ProjectEditor, host: Host) -> None:
    demo_fallback.on_event(found([], []))
    host.is_on_air = True
    demo_fallback.on_event(found([CAMERA], []))
    assert shown(editor) == (DEMO, AudioKind.DEMO)


def test_what_the_host_has_chosen_stays(
    demo_fallback: DemoFallback, editor: ProjectEditor, host: Host
) -> None:
    host.has_chosen = True
    demo_fallback.on_event(found([], []))
    assert shown(editor) == (FIRST_CAMERA, AudioKind.NONE)


def test_with_a_camera_nothing_stands_in(demo_fallback: DemoFallback, editor: ProjectEditor) -> None:
    demo_fallback.on_event(found([CAMERA], []))
    assert shown(editor) == (FIRST_CAMERA, AudioKind.NONE)
