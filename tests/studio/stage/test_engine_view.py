import pytest

from studio.engine.messages.events import (
    AudioSourceChanged,
    DevicesChanged,
    EngineReady,
    MeterMeasured,
    PublishChanged,
    VideoSourceChanged,
)
from studio.engine.messages.values import Device, Devices, PublishState, SourceState
from studio.live.stats import StatsCollector
from studio.project.choices import (
    MAIN,
    AudioKind,
    AudioSpec,
    VideoKind,
    VideoSpec,
    choose_picture,
    choose_sound,
    first_project,
    picture_of,
    sound_of,
)
from studio.project.project import Strip
from studio.stage.engine_view import EngineView
from studio.stage.project_editor import ProjectEditor
from studio.window.main_window import MainWindow

CAMERA = VideoSpec(VideoKind.CAMERA, "cam-1")


@pytest.fixture
def editor() -> ProjectEditor:
    project = choose_picture(first_project(), CAMERA)
    return ProjectEditor(choose_sound(project, AudioSpec(AudioKind.MICROPHONE)))


@pytest.fixture
def view(editor: ProjectEditor, window: MainWindow) -> EngineView:
    return EngineView(editor, window, StatsCollector(lambda: None))


def camera_id(editor: ProjectEditor) -> str:
    return editor.project.program.items[0].source_id


def microphone_id(editor: ProjectEditor) -> str:
    return editor.project.strips[0].source_id


def alarms(window: MainWindow) -> dict[str, str]:
    return {alarm.key: f"{alarm.text} {alarm.remedy}" for alarm in window.alarms.alarms}


def test_what_the_host_chooses_is_in_the_project_and_told(
    view: EngineView, editor: ProjectEditor, window: MainWindow
) -> None:
    told: list[None] = []
    view.source_chosen.connect(lambda: told.append(None))
    video, audio = VideoSpec(VideoKind.SCREEN, "s1"), AudioSpec(AudioKind.MICROPHONE, "m1")
    window.sources.picture_chosen.emit(video)
    window.sources.sound_chosen.emit(audio)

    assert (picture_of(editor.project), sound_of(editor.project)) == (video, audio)
    assert len(told) == 2


def test_an_undone_choice_is_shown_as_it_was(
    view: EngineView, editor: ProjectEditor, window: MainWindow
) -> None:
    view.select_audio(AudioSpec(AudioKind.DEMO))
    assert window.mixer.name.text() == "Demo music"
    editor.undo()
    assert window.mixer.name.text() == "Microphone"


def test_devices_come_and_go_in_the_panel(view: EngineView, window: MainWindow) -> None:
    devices = Devices([Device("cam-1", "Webcam")], [], [], [Device("mic-1", "Yeti")])
    view.on_event(DevicesChanged(devices))

    assert VideoSpec(VideoKind.CAMERA, "cam-1") in window.sources.choices()
    assert view.offer.microphones[0].name == "Yeti"


@pytest.mark.parametrize(
    "state", [SourceState.STALLED, SourceState.FROZEN, SourceState.BLACK, SourceState.FAILED]
)
def test_a_sick_camera_is_told_in_panel_picture_and_banner(
    view: EngineView, editor: ProjectEditor, window: MainWindow, state: SourceState
) -> None:
    view.on_event(VideoSourceChanged(camera_id(editor), state, "no_frames", "English detail"))
    assert "cable" in window.sources.picture_state.text()
    assert "cable" in alarms(window)["video"]
    assert window.preview.alarm

    view.on_event(VideoSourceChanged(camera_id(editor), SourceState.RUNNING))
    assert alarms(window) == {}
    assert window.preview.alarm == ""


def test_a_source_that_is_not_shown_raises_no_alarm(view: EngineView, window: MainWindow) -> None:
    view.on_event(VideoSourceChanged("another", SourceState.FAILED, "no_frames", ""))
    view.on_event(AudioSourceChanged("another", SourceState.FAILED, "no_frames", ""))
    assert alarms(window) == {}


def test_another_sound_ends_the_alarm_of_the_one_before(
    view: EngineView, editor: ProjectEditor, window: MainWindow
) -> None:
    view.on_event(AudioSourceChanged(microphone_id(editor), SourceState.FAILED, "device_missing", ""))
    assert "audio" in alarms(window)
    view.select_audio(AudioSpec(AudioKind.NONE))
    assert alarms(window) == {}


def test_a_reason_without_translation_is_told_in_english(
    view: EngineView, editor: ProjectEditor, window: MainWindow
) -> None:
    view.on_event(AudioSourceChanged(microphone_id(editor), SourceState.FAILED, "brand_new", "Do this."))

    assert alarms(window)["audio"].endswith("Do this.")


def test_a_refused_broadcast_can_be_tried_again(view: EngineView, window: MainWindow) -> None:
    wanted: list[None] = []
    view.publish_again_wanted.connect(lambda: wanted.append(None))
    view.on_event(PublishChanged(PublishState.REFUSED, "taken"))
    assert "Somebody else" in alarms(window)["publish"]
    window.alarms.action_chosen.emit("publish", "again")
    assert len(wanted) == 1

    view.on_event(PublishChanged(PublishState.CONNECTED))
    assert alarms(window) == {}


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("OBS on the counter PC", "“OBS on the counter PC” has taken over"),
        ("", "Another studio has taken over"),
    ],
)
def test_who_took_over_is_told_and_the_host_chooses(
    view: EngineView, window: MainWindow, by: str, told: str
) -> None:
    wanted: list[str] = []
    view.take_back_wanted.connect(lambda: wanted.append("take back"))
    view.leave_wanted.connect(lambda: wanted.append("leave"))
    view.on_event(PublishChanged(PublishState.REFUSED, "taken_over", by))
    assert told in alarms(window)["publish"]
    (alarm,) = window.alarms.alarms
    assert [action.text for action in alarm.actions] == ["Take back", "Leave it"]
    for action in alarm.actions:
        window.alarms.action_chosen.emit("publish", action.action_id)
    assert wanted == ["take back", "leave"]


def test_a_lost_line_is_told_until_it_is_back(view: EngineView, window: MainWindow) -> None:
    view.on_event(PublishChanged(PublishState.RECONNECTING, "connection_lost"))
    assert "publish" in alarms(window)
    view.on_event(PublishChanged(PublishState.CONNECTED))

    assert alarms(window) == {}


def test_a_crash_is_told_until_a_new_engine_is_ready(view: EngineView, window: MainWindow) -> None:
    view.on_event(MeterMeasured(MAIN, -3, -6))
    view.on_crashed(-11, 0.0)
    assert "engine" in alarms(window)
    view.on_event(EngineReady(1, "libx264"))
    view.on_restarted()

    assert alarms(window) == {}
    assert len(window.toasts.shown) == 1


def test_the_fader_and_the_mute_button_change_the_strip(
    view: EngineView, editor: ProjectEditor, window: MainWindow
) -> None:
    window.mixer.gain_chosen.emit(-6.0)
    window.mixer.toggle_mute()
    assert window.mixer.muted_note.isVisible()
    assert editor.project.strips[0].is_muted
    window.mixer.toggle_mute()

    assert editor.project.strips[0] == Strip(MAIN, microphone_id(editor), gain_db=-6.0)
    assert not window.mixer.muted_note.isVisible()
    assert view.offer == Devices()


def test_the_meter_follows(view: EngineView, window: MainWindow) -> None:
    view.on_event(MeterMeasured(MAIN, -3, -6))

    assert window.mixer.meter.held_peak_db == -3


def test_the_engine_view_repeats_its_alarms_in_another_language(
    view: EngineView, editor: ProjectEditor, window: MainWindow
) -> None:
    view.on_event(VideoSourceChanged(camera_id(editor), SourceState.FAILED, "file_missing"))
    view.on_event(PublishChanged(PublishState.REFUSED, "taken"))
    view.on_crashed(1, 1.0)
    before = alarms(window)
    view.retranslate()

    assert alarms(window) == before
