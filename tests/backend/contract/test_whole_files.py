import errno
import os
import stat
from pathlib import Path

import pytest

from backend.contract.private_files import OWNER_ONLY
from backend.contract.whole_files import write_whole


def test_a_written_file_replaces_the_old_one_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_whole(path, b"old")
    write_whole(path, b"new")

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"table.csv": b"new"}


def test_a_full_disk_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    write_whole(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new")

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"table.csv": b"old"}


def test_a_secret_file_is_its_owners_alone_whatever_a_crash_left(tmp_path: Path) -> None:
    (tmp_path / "token.new").write_bytes(b"half")  # readable by all
    path = tmp_path / "token"
    write_whole(path, b"secret", OWNER_ONLY)

    assert stat.S_IMODE(path.stat().st_mode) == OWNER_ONLY
    assert path.read_bytes() == b"secret"


def test_a_file_in_a_folder_that_is_missing_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "missing" / "table.csv", b"")
