import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from backend.data_folder import UNFINISHED, StartError, hold_data_folder, open_data_folder
from backend.keeping.archive import MANIFEST
from backend.keeping.backup import BackupOptions, take_backup
from backend.keeping.errors import KeepingError
from backend.keeping.progress import Progress
from backend.keeping.restore import RestoreOptions, restore_backup
from backend.shop.restored import restored_from_ms
from tests.backend.keeping.programs import killed_when, run_main, start_main
from tests.backend.keeping.test_backup import shop_in, wrong_in
from tests.support.migrated import open_migrated


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A backup that was taken at moment 7."""
    path = tmp_path / "shop.zip"
    take_backup(BackupOptions(file=path, data=shop_in(tmp_path / "shop")), Progress(), lambda: 7)
    return path


def restored(file: Path, folder: Path, *, replaces: bool = False) -> list[str]:
    return restore_backup(RestoreOptions(file=file, data=folder, replaces=replaces), Progress())


def mark_of(folder: Path) -> int | None:
    database = open_migrated(folder)
    with database.reading() as connection:
        mark = restored_from_ms(connection)
    database.close()
    return mark


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_restored_backup_bears_the_mark_of_its_moment(file: Path, tmp_path: Path) -> None:
    told = restored(file, tmp_path / "new")
    assert mark_of(tmp_path / "new") == 7
    assert any("no secrets" in line for line in told)
    assert names_in(tmp_path / "new") <= {
        "livestall.db",
        "backend.lock",
        "livestall.db-wal",
        "livestall.db-shm",
    }
    assert wrong_in(tmp_path / "new") == []


def test_a_backup_of_a_restored_backup_keeps_the_older_mark(file: Path, tmp_path: Path) -> None:
    restored(file, tmp_path / "new")
    take_backup(BackupOptions(file=tmp_path / "b.zip", data=tmp_path / "new"), Progress(), lambda: 900)
    restored(tmp_path / "b.zip", tmp_path / "newer")
    assert mark_of(tmp_path / "newer") == 7


def test_nothing_is_restored_over_a_folder_in_use_or_one_that_is_not_empty(
    file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    with hold_data_folder(folder), pytest.raises(StartError, match="already at work"):
        restored(file, folder)
    (folder / "livestall.db").write_bytes(b"what was there")
    (folder / "livestall.db-wal").write_bytes(b"beside it")
    with pytest.raises(KeepingError, match="not empty"):
        restored(file, folder)
    assert (folder / "livestall.db").read_bytes() == b"what was there"
    with hold_data_folder(folder), pytest.raises(StartError, match="already at work"):
        restored(file, folder, replaces=True)


def test_what_is_replaced_is_moved_aside_and_secrets_stay(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "livestall.db").write_bytes(b"what was there")
    (folder / "livestall.db-wal").write_bytes(b"beside it")
    (folder / "secret").write_text("a secret of its own")
    restored(file, folder, replaces=True)
    (aside,) = folder.glob("before-restore-*")
    assert (aside / "livestall.db").read_bytes() == b"what was there"
    assert (aside / "livestall.db-wal").read_bytes() == b"beside it"
    assert (folder / "secret").read_text() == "a secret of its own"
    assert wrong_in(folder) == []


def test_a_damaged_backup_is_told_and_changes_nothing(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + b"\0" * 200 + whole[middle + 200 :])
    done = run_main("restore", file, "--data", folder)
    assert done.returncode == 2
    assert "damaged" in done.stderr
    assert names_in(folder) <= {"backend.lock"}


def rewritten(file: Path, **changes: object) -> None:
    """Let the manifest say something else."""
    with zipfile.ZipFile(file) as zipped:
        contents = {name: zipped.read(name) for name in zipped.namelist()}
    manifest = msgspec.json.decode(contents.pop(MANIFEST)) | changes
    with zipfile.ZipFile(file, "w") as zipped:
        for name, content in contents.items():
            zipped.writestr(name, content)
        zipped.writestr(MANIFEST, msgspec.json.encode(manifest))


def test_a_backup_of_another_version_or_with_strange_files_is_refused(file: Path, tmp_path: Path) -> None:
    rewritten(file, schema="of_tomorrow")
    with pytest.raises(KeepingError, match="another version"):
        restored(file, tmp_path / "new")
    rewritten(file, schema="orders")
    with pytest.raises(KeepingError, match="its manifest says"):
        restored(file, tmp_path / "new")
    rewritten(file, files={"../secret": {"size": 1, "sha256": ""}})
    with pytest.raises(KeepingError, match="no backup of this version holds"):
        restored(file, tmp_path / "new")
    assert not (tmp_path / "new" / "livestall.db").exists()


def test_a_backup_of_one_kind_of_database_is_not_restored_into_the_other(file: Path, tmp_path: Path) -> None:
    with pytest.raises(KeepingError, match="Leave --database out"):
        restore_backup(
            RestoreOptions(file=file, data=tmp_path / "new", database="postgresql://nowhere/x"), Progress()
        )


def test_a_restore_that_is_killed_midway_changes_nothing_and_is_run_again(tmp_path: Path) -> None:
    shop, folder = shop_in(tmp_path / "shop"), tmp_path / "new"
    (shop / "products").mkdir()
    (shop / "products" / "large.png").write_bytes(os.urandom(32 * 1024 * 1024))
    take_backup(BackupOptions(file=tmp_path / "shop.zip", data=shop), Progress())
    with start_main("restore", tmp_path / "shop.zip", "--data", folder) as process:
        killed_when(process, (folder / "restore.new" / "products" / "large.png").exists)
    assert not (folder / "livestall.db").exists()
    done = run_main("restore", tmp_path / "shop.zip", "--data", folder)
    assert done.returncode == 0, done.stderr
    assert wrong_in(folder) == []
    assert "restore.new" not in names_in(folder)


def test_no_backend_starts_on_a_restore_that_did_not_end(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / UNFINISHED).touch()
    (folder / "blocked-words.txt").write_text("half of it")
    with pytest.raises(StartError, match="restore FILE"), open_data_folder(folder):
        pass
    restored(file, folder)
    with open_data_folder(folder):
        assert wrong_in(folder) == []


def test_a_full_disk_stops_a_restore_before_it_changes_anything(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "livestall.db").write_bytes(b"what was there")
    full = run_main("restore", file, "--replace", "--data", folder, most_bytes=100_000)
    assert full.returncode == 2
    assert "free space" in full.stderr
    assert (folder / "livestall.db").read_bytes() == b"what was there"
    assert names_in(folder) == {"backend.lock", "livestall.db"}


def test_a_restored_database_is_one_file_until_its_next_start(file: Path, tmp_path: Path) -> None:
    restored(file, tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / "livestall.db")) as database:
        (mode,) = database.execute("PRAGMA journal_mode").fetchone()
    assert mode == "delete"
    open_migrated(tmp_path / "new").close()
    with closing(sqlite3.connect(tmp_path / "new" / "livestall.db")) as database:
        (mode,) = database.execute("PRAGMA journal_mode").fetchone()
    assert mode == "wal"
