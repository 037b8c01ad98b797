import pytest

from studio.project import edits
from studio.project.choices import MAIN, first_project
from studio.project.project import Project
from studio.stage.project_editor import ProjectEditor


@pytest.fixture
def editor() -> ProjectEditor:
    return ProjectEditor(first_project())


def gain(editor: ProjectEditor) -> float:
    return editor.project.strips[0].gain_db


def set_gain(editor: ProjectEditor, gain_db: float, gesture: str = "") -> None:
    editor.edit(edits.set_gain(editor.project, MAIN, gain_db), gesture)


def test_every_change_is_reported_once(editor: ProjectEditor) -> None:
    told: list[Project] = []
    editor.changed.connect(told.append)
    set_gain(editor, 3)
    set_gain(editor, 3)
    editor.undo()
    editor.undo()
    editor.redo()
    assert [project.strips[0].gain_db for project in told] == [3, 0, 3]


def test_what_the_host_did_not_ask_for_is_no_step(editor: ProjectEditor) -> None:
    editor.replace(edits.set_gain(editor.project, MAIN, 3))
    assert not editor.can_undo
    set_gain(editor, 6)
    editor.undo()
    assert gain(editor) == 3
    assert editor.can_redo


def test_a_gesture_ends_when_the_host_lets_go(editor: ProjectEditor) -> None:
    for gain_db in (1, 2, 3):
        set_gain(editor, gain_db, "fader")
    editor.end_gesture()
    set_gain(editor, 4, "fader")
    editor.undo()
    assert gain(editor) == 3
    editor.undo()
    assert gain(editor) == 0
