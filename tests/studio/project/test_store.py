import errno
import os
import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.project import edits
from studio.project.choices import MAIN, first_project
from studio.project.project import Project
from studio.project.store import BACKUPS, VERSION, FileProblem, ProjectFileError, ProjectStore
from tests.studio.project.random_edits import walks


def loud(gain_db: float) -> Project:
    return edits.set_gain(first_project(), MAIN, gain_db)


def run(folder: Path, gain_db: float) -> None:
    """One run of the program that saves twice."""
    store = ProjectStore(folder)
    store.save(loud(gain_db - 0.5))
    store.save(loud(gain_db))


def kept(folder: Path) -> list[float]:
    """The gains in the backups, the oldest first."""
    paths = sorted((folder / "project-backups").iterdir())
    return [msgspec.json.decode(path.read_bytes())["project"]["strips"][0]["gain_db"] for path in paths]


@given(projects=walks())
def test_what_is_saved_comes_back(tmp_path_factory: pytest.TempPathFactory, projects: list[Project]) -> None:
    store = ProjectStore(tmp_path_factory.mktemp("data"))
    store.save(projects[-1])
    assert store.load() == projects[-1]


def test_a_folder_without_a_project_has_none(tmp_path: Path) -> None:
    assert ProjectStore(tmp_path / "new").load() is None
    assert ProjectStore(tmp_path / "new").newest_backup() is None


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_others_cannot_read_the_project(tmp_path: Path) -> None:
    ProjectStore(tmp_path).save(first_project())
    assert stat.S_IMODE((tmp_path / "project.json").stat().st_mode) == 0o600


def test_each_run_backs_up_what_it_found_and_the_ten_newest_stay(tmp_path: Path) -> None:
    for number in range(BACKUPS + 3):
        run(tmp_path, -number)
    assert kept(tmp_path) == [float(-number) for number in range(2, BACKUPS + 2)]
    assert ProjectStore(tmp_path).newest_backup() == loud(-(BACKUPS + 1))


def test_a_run_that_found_the_same_makes_no_backup(tmp_path: Path) -> None:
    for _ in range(3):
        ProjectStore(tmp_path).save(loud(-3))
    assert kept(tmp_path) == [-3.0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"version": 1}',
        b'{"version": 1, "project": {"scenes": [], "program_id": "main"}}',
        b'{"project": {"scenes": [{"id": "main"}], "program_id": "main", "canvas": {"fps": 0}}}',
    ],
)
def test_a_damaged_file_is_set_aside_and_the_backup_still_reads(tmp_path: Path, content: bytes) -> None:
    for number in (1, 2):
        run(tmp_path, -number)
    store = ProjectStore(tmp_path)
    store.path.write_bytes(content)
    with pytest.raises(ProjectFileError) as told:
        store.load()
    assert told.value.problem is FileProblem.DAMAGED
    assert told.value.path.read_bytes() == content
    assert store.load() is None
    assert store.newest_backup() == loud(-1)


def test_a_file_of_a_newer_version_is_set_aside_unharmed(tmp_path: Path) -> None:
    store = ProjectStore(tmp_path)
    content = msgspec.json.encode({"version": VERSION + 1, "project": "something new"})
    store.path.write_bytes(content)
    with pytest.raises(ProjectFileError, match="newer") as told:
        store.load()
    assert told.value.path.read_bytes() == content


def test_a_broken_backup_is_passed_over(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        run(tmp_path, -number)
    newest = max((tmp_path / "project-backups").iterdir())
    newest.write_bytes(b"{")
    assert ProjectStore(tmp_path).newest_backup() == loud(-1)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ProjectStore(tmp_path)
    store.save(loud(-1))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProjectFileError, match="disk_full"):
        store.save(loud(-2))
    assert store.load() == loud(-1)


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectFileError, match="not_written"):
        ProjectStore(tmp_path / "file" / "data").save(first_project())


@given(st.binary(max_size=200))
def test_no_content_of_a_file_is_more_than_damaged(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    store = ProjectStore(tmp_path_factory.mktemp("data"))
    store.path.write_bytes(content)
    with pytest.raises(ProjectFileError):
        store.load()
