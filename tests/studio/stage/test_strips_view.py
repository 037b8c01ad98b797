import pytest

from studio.engine.messages.events import AudioSourceChanged, DevicesChanged, MeterMeasured
from studio.engine.messages.values import Device, Devices, SourceState
from studio.project.choices import AudioKind, AudioSpec, choose_sound, first_project
from studio.stage.project_editor import ProjectEditor
from studio.stage.strips_view import StripsView
from studio.window.main_window import MainWindow
from widgets.stage.mixer_strip import MixerStrip

DEMO = AudioSpec(AudioKind.DEMO)


@pytest.fixture
def editor() -> ProjectEditor:
    return ProjectEditor(choose_sound(first_project(), AudioSpec(AudioKind.MICROPHONE)))


@pytest.fixture
def view(editor: ProjectEditor, window: MainWindow) -> StripsView:
    return StripsView(editor, window)


def added(window: MainWindow, editor: ProjectEditor, spec: AudioSpec = DEMO) -> MixerStrip:
    """Add a sound as the host does."""
    window.mixer.strips.sound_wanted.emit(spec)
    return window.mixer.strips.strips[editor.project.strips[-1].id]


def test_a_sound_that_is_added_sounds_beside_the_main_one(
    view: StripsView, editor: ProjectEditor, window: MainWindow
) -> None:
    strip = added(window, editor)
    main, music = editor.project.strips
    assert editor.project.sources[music.source_id].kind.value == "demo_music"
    assert main.source_id != music.source_id
    assert strip.name.text() == "Demo music"


def test_what_sounds_already_is_not_added_again(
    view: StripsView, editor: ProjectEditor, window: MainWindow
) -> None:
    added(window, editor)
    before = editor.project
    window.mixer.strips.sound_wanted.emit(DEMO)
    window.mixer.strips.sound_wanted.emit(AudioSpec(AudioKind.MICROPHONE))
    window.mixer.strips.sound_wanted.emit(AudioSpec(AudioKind.VIDEO_SOURCE))  # there is no picture
    assert editor.project == before


def test_a_strips_controls_change_the_project_and_can_be_undone(
    view: StripsView, editor: ProjectEditor, window: MainWindow
) -> None:
    strip = added(window, editor)
    strip.fader.setValue(-12)
    strip.mute_button.click()
    assert (editor.project.strips[1].gain_db, editor.project.strips[1].is_muted) == (-6.0, True)
    editor.undo()
    assert strip.fader.reading.text() == "0.0 dB"
    assert editor.project.strips[1].is_muted  # nothing sounds again by undo
    strip.mute_button.click()
    assert not editor.project.strips[1].is_muted


def test_a_strip_that_is_taken_off_comes_back_by_undo(
    view: StripsView, editor: ProjectEditor, window: MainWindow
) -> None:
    before = added(window, editor)
    strip_id = editor.project.strips[1].id
    before.remove_button.click()
    assert strip_id not in {strip.id for strip in editor.project.strips}
    editor.undo()
    assert editor.project.strips[1].id == strip_id
    assert strip_id in window.mixer.strips.strips


def test_levels_and_troubles_stand_at_their_strip(
    view: StripsView, editor: ProjectEditor, window: MainWindow
) -> None:
    strip = added(window, editor, AudioSpec(AudioKind.MICROPHONE, "usb"))
    shown = editor.project.strips[1]
    view.on_event(MeterMeasured(shown.id, -3.0, -9.0))
    assert strip.meter.held_peak_db == -3.0
    view.on_event(AudioSourceChanged(shown.source_id, SourceState.FAILED, "no_frames", ""))
    assert strip.name.property("tone") == "warn"
    view.on_event(AudioSourceChanged(shown.source_id, SourceState.RUNNING))
    assert strip.name.property("tone") == ""
    view.on_event(DevicesChanged(Devices(microphones=[Device("usb", "USB stand")])))
    assert strip.name.text() == "USB stand"
