"""Databases that are migrated already: all migrations for each of thousands of tests take minutes."""

import tempfile
from functools import cache
from pathlib import Path

from backend.storage.database import FILE_NAME, Database


def open_migrated(folder: Path) -> Database:
    """Open the file in this folder; where there is none, an empty one that needs no migration."""
    put_migrated(folder)
    return Database(folder)


def put_migrated(folder: Path) -> None:
    """Put an empty file that needs no migration into a folder that has none."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    file = folder / FILE_NAME
    if not file.exists():
        file.touch(0o600)
        file.write_bytes(_migrated_file())


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        Database(Path(folder)).close()
        return (Path(folder) / FILE_NAME).read_bytes()
