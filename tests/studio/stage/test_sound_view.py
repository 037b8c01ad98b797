import pytest
from pytestqt.qtbot import QtBot

from studio.engine.audio.filters.catalog import SOUND_FILTERS
from studio.engine.messages.events import MixMeasured, SoundFiltersDeclared
from studio.project import edits
from studio.project.choices import AudioKind, AudioSpec, first_project
from studio.project.project import SoundFilter
from studio.project.voice import VOICE
from studio.stage.project_editor import ProjectEditor
from studio.stage.sound_view import SoundView
from studio.stage.strips_view import StripsView
from studio.window.main_window import MainWindow
from widgets.stage.strip_dialog import StripDialog


@pytest.fixture
def editor() -> ProjectEditor:
    return ProjectEditor(first_project())


@pytest.fixture
def view(editor: ProjectEditor, window: MainWindow) -> SoundView:
    made = SoundView(editor, window)
    made.on_event(SoundFiltersDeclared(tuple(each.declaration() for each in SOUND_FILTERS.values())))
    return made


def opened(window: MainWindow) -> StripDialog:
    window.mixer.filters_button.click()
    dialog = window.findChild(StripDialog)
    assert isinstance(dialog, StripDialog)
    return dialog


def test_filters_that_the_host_chooses_are_the_projects(
    view: SoundView, editor: ProjectEditor, window: MainWindow
) -> None:
    opened(window).voice_button.click()
    assert editor.project.strips[0].filters == VOICE
    assert window.mixer.filters_button.accessibleName() == "Filters: 5 at work"


def test_what_is_undone_is_gone_from_the_open_dialog(
    view: SoundView, editor: ProjectEditor, window: MainWindow
) -> None:
    dialog = opened(window)
    dialog.voice_button.click()
    editor.undo()
    assert editor.project.strips[0].filters == ()
    assert dialog.filters.list.count() == 0


def test_the_dialog_is_one_and_opens_again_after_it_was_closed(
    qtbot: QtBot, view: SoundView, window: MainWindow
) -> None:
    dialog = opened(window)
    assert opened(window) is dialog
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    opened(window).filters.add("gate")


def test_each_strip_has_the_dialog_of_its_own_filters(
    qtbot: QtBot, view: SoundView, editor: ProjectEditor, window: MainWindow
) -> None:
    StripsView(editor, window)
    main = opened(window)
    window.mixer.strips.sound_wanted.emit(AudioSpec(AudioKind.DEMO))
    music = editor.project.strips[1]
    with qtbot.waitSignal(main.destroyed):
        window.mixer.strips.strips[music.id].filters_button.click()
    opened_of_music = window.findChild(StripDialog)
    assert isinstance(opened_of_music, StripDialog)
    opened_of_music.voice_button.click()
    assert [strip.filters for strip in editor.project.strips] == [(), VOICE]
    with qtbot.waitSignal(opened_of_music.destroyed):
        editor.edit(edits.remove_strip(editor.project, music.id))


def test_a_filter_that_is_off_does_not_count(
    view: SoundView, editor: ProjectEditor, window: MainWindow
) -> None:
    dialog = opened(window)
    dialog.filters.filters_chosen.emit((SoundFilter("gate", is_on=False),))
    assert window.mixer.filters_button.accessibleName() == "Filters"


def test_the_loudness_that_viewers_hear_stands_by_the_meter(view: SoundView, window: MainWindow) -> None:
    view.on_event(MixMeasured(-10.0, -20.0, -15.0, -16.4, -18.0))
    assert window.mixer.loudness.text() == "-16 LUFS"
    assert window.mixer.loudness.property("tone") == "ok"
    view.on_event(MixMeasured(-100.0, -100.0, -70.0, -70.0, -18.0))
    assert window.mixer.loudness.text() == ""
