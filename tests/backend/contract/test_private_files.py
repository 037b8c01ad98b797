import logging
import os
import stat
import sys
from pathlib import Path

import pytest

from backend.contract.private_files import PrivateLogFile, make_private, make_private_folder, open_private
from backend.storage.database import FILE_NAME, Database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_made_for_its_owner_or_taken_from_the_others(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x")
    (tmp_path / "old").chmod(0o644)
    for name in ("old", "new"):
        make_private(tmp_path / name)
        assert mode(tmp_path / name) == 0o600
    assert (tmp_path / "old").read_text() == "x"


def test_a_folder_of_logs_is_taken_from_the_others_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir(mode=0o755)
    (tmp_path / "logs" / "backend.log.1").write_text("x")
    make_private_folder(tmp_path / "logs")
    assert mode(tmp_path / "logs") == 0o700
    assert mode(tmp_path / "logs" / "backend.log.1") == 0o600


def test_each_of_the_rotating_files_is_the_owners(tmp_path: Path) -> None:
    handler = PrivateLogFile(tmp_path / "x.log", maxBytes=100, backupCount=2, encoding="utf-8")
    for number in range(20):
        handler.handle(logging.makeLogRecord({"msg": f"line {number} of many"}))
    handler.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.log", "x.log.1", "x.log.2"]
    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}


def test_what_is_added_to_a_private_file_is_kept(tmp_path: Path) -> None:
    for line in ("one", "two"):
        with open_private(tmp_path / "x") as file:
            file.write(line)
    assert (tmp_path / "x").read_text() == "onetwo"


def test_the_database_and_the_files_beside_it_are_the_owners(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        database = Database(tmp_path)
        with database.transaction():
            names = {path.name: mode(path) for path in tmp_path.iterdir()}
        database.close()
    finally:
        os.umask(before)
    assert names == dict.fromkeys([FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"], 0o600)


def test_a_database_that_all_could_read_is_taken_from_them(tmp_path: Path) -> None:
    Database(tmp_path).close()
    for ending in ("", "-wal"):
        (tmp_path / f"{FILE_NAME}{ending}").touch()
        (tmp_path / f"{FILE_NAME}{ending}").chmod(0o644)
    database = Database(tmp_path)
    with database.transaction():
        assert {mode(path) for path in tmp_path.iterdir()} == {0o600}
    database.close()
