import errno
import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.project import edits
from studio.project.choices import MAIN, VideoKind, VideoSpec, first_project, picture_of
from studio.project.store import FileProblem, ProjectFileError, ProjectStore
from studio.stage.project_editor import ProjectEditor
from studio.stage.project_saver import ProjectSaver, file_problem, load


@pytest.fixture
def store(tmp_path: Path) -> ProjectStore:
    return ProjectStore(tmp_path)


@pytest.fixture
def editor() -> ProjectEditor:
    return ProjectEditor(first_project())


@pytest.fixture
def saver(editor: ProjectEditor, store: ProjectStore) -> ProjectSaver:
    made = ProjectSaver(editor, store)
    editor.changed.connect(made.save_soon)
    return made


def change(editor: ProjectEditor, gain_db: float) -> None:
    editor.edit(edits.set_gain(editor.project, MAIN, gain_db))


def test_the_first_project_is_saved_at_once(store: ProjectStore) -> None:
    project, problem = load(store)
    assert picture_of(project) == VideoSpec(VideoKind.CAMERA)
    assert problem is None
    assert store.load() == project
    assert load(ProjectStore(store.path.parent)) == (project, None)


def test_in_the_place_of_a_damaged_project_the_newest_backup_counts(store: ProjectStore) -> None:
    saved = first_project()
    store.save(saved)
    ProjectStore(store.path.parent).save(edits.set_gain(saved, MAIN, 3))
    store.path.write_text("{")
    project, problem = load(store)
    assert project == saved
    assert problem is not None
    assert "project.broken.json" in file_problem(problem)


def test_a_first_project_that_cannot_be_saved_counts_all_the_same(
    store: ProjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    project, problem = load(store)
    assert picture_of(project) == VideoSpec(VideoKind.CAMERA)
    assert problem is not None
    assert problem.problem is FileProblem.DISK_FULL


def test_changes_are_saved_soon_and_together(
    qtbot: QtBot, saver: ProjectSaver, editor: ProjectEditor, store: ProjectStore
) -> None:
    change(editor, 1)
    change(editor, 2)
    assert store.load() is None
    qtbot.waitUntil(lambda: store.load() == editor.project)
    saver.save_now()
    assert store.load() == editor.project


def test_the_end_saves_what_waits(saver: ProjectSaver, editor: ProjectEditor, store: ProjectStore) -> None:
    saver.save_now()
    assert store.load() is None
    change(editor, 1)
    saver.save_now()
    assert store.load() == editor.project


def test_what_cannot_be_saved_is_reported_with_what_helps(tmp_path: Path, editor: ProjectEditor) -> None:
    (tmp_path / "file").write_text("")
    saver = ProjectSaver(editor, ProjectStore(tmp_path / "file" / "data"))
    told: list[ProjectFileError] = []
    saver.failed.connect(told.append)
    saver.save_soon()
    saver.save_now()
    assert "--data" in file_problem(told[0])
