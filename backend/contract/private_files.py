"""Files that only their owner may read: logs hold addresses and names, the database all that was said."""

import os
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Final

from typing_extensions import override

OWNER_ONLY: Final = 0o600
FOLDER_OWNER_ONLY: Final = 0o700


def make_private(path: Path) -> None:
    """Take a file from everybody but its owner, or make an empty one that never was anybody else's.

    Raises:
        OSError: it cannot be made.
    """
    try:
        # One that is there is not opened: closing it would end the locks that SQLite holds on it.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except FileExistsError:
        _restrict(path, OWNER_ONLY)


def make_private_folder(folder: Path) -> None:
    """Make a folder for its owner alone, or take one from the others, with the files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    _restrict(folder, FOLDER_OWNER_ONLY)
    for path in folder.iterdir():
        if path.is_file():
            _restrict(path, OWNER_ONLY)


def _restrict(path: Path, mode: int) -> None:
    with suppress(OSError):  # some file systems know no rights
        path.chmod(mode)


def open_private(path: Path) -> IO[str]:
    """Open a text file to add to, for its owner alone."""
    make_private(path)
    return path.open("a", encoding="utf-8")


class PrivateLogFile(RotatingFileHandler):
    """A log in rotating files, each for its owner alone."""

    @override
    def _open(self) -> TextIOWrapper:
        make_private(Path(self.baseFilename))
        return super()._open()
