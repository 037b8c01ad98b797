"""The backend's data folder: one backend at a time, its secret, and its logs."""

import errno
import faulthandler
import logging
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final

from backend.contract.private_files import OWNER_ONLY, PrivateLogFile, make_private_folder, open_private
from backend.contract.startup import StartProblem
from backend.contract.whole_files import write_whole
from backend.identity.auth import MIN_SECRET_BYTES
from backend.log_pace import PacedHandler

SECRET: Final = "secret"  # noqa: S105 - the name of a file
SANDBOX_KEY: Final = "sandbox-key"
HOST_TOKEN: Final = "host-token"  # noqa: S105 - the name of a file
LOCK: Final = "backend.lock"
UNFINISHED: Final = "restore-unfinished"
LOG_BYTES: Final = 2 * 1024 * 1024
LOG_FILES: Final = 5
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class StartError(Exception):
    """The backend cannot start; the message names cause and remedy."""

    def __init__(self, message: str, problem: StartProblem = StartProblem.OTHER) -> None:
        super().__init__(message)
        self.problem = problem


@contextmanager
def open_data_folder(folder: Path) -> Iterator[Path]:
    """Make the folder, take it for this process alone, and log into it; undo the latter two at the end.

    Raises:
        StartError: it cannot be made or written, or another backend works in it.
    """
    with ExitStack() as stack:
        try:
            make_private_folder(folder / "logs")
            lock = stack.enter_context((folder / LOCK).open("a"))
            stack.enter_context(_logging_into(folder / "logs"))
        except OSError as error:
            raise _unusable(folder, error) from error
        _take(lock, folder)
        if (folder / UNFINISHED).exists():
            raise StartError(
                f"A backup was being restored into {folder}, and that did not end. Restore it again: "
                "`main.py restore FILE`, with the same --data."
            )
        yield folder


@contextmanager
def hold_data_folder(folder: Path) -> Iterator[None]:
    """Make the folder, and keep every backend out of it until the block ends.

    Raises:
        StartError: it cannot be made or written, or a backend works in it.
    """
    with ExitStack() as stack:
        try:
            make_private_folder(folder)
            lock = stack.enter_context((folder / LOCK).open("a"))
        except OSError as error:
            raise _unusable(folder, error) from error
        _take(lock, folder)
        yield


def load_secret(folder: Path, name: str = SECRET) -> bytes:
    """Return a signing secret, making it at the first start; only this user can read the file."""
    path = folder / name
    try:
        secret = path.read_bytes().strip()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(48).encode()
        write_private(path, secret)
    except OSError as error:
        raise _unusable(path, error) from error
    if len(secret) < MIN_SECRET_BYTES:
        raise StartError(
            f"The secret in {path} is shorter than {MIN_SECRET_BYTES} bytes. Delete it to get a new one."
        )
    return secret


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only this user can read, whole or not at all."""
    try:
        write_whole(path, content, OWNER_ONLY)
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> StartError:
    is_full = error.errno == errno.ENOSPC
    remedy = "Free some space on it." if is_full else "Choose another folder with --data."
    return StartError(
        f"The data folder cannot be used: {path}: {error.strerror}. {remedy}",
        StartProblem.DISK_FULL if is_full else StartProblem.FOLDER_UNUSABLE,
    )


def _take(lock: IO[str], folder: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise StartError(
            f"Another backend is already at work in {folder}. Stop it, or choose another folder with --data.",
            StartProblem.FOLDER_TAKEN,
        ) from error


@contextmanager
def _logging_into(folder: Path) -> Iterator[None]:
    to_file = PrivateLogFile(
        folder / "backend.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
    )
    to_file.setFormatter(logging.Formatter(_FORMAT))
    to_people = logging.StreamHandler()
    to_people.setLevel(logging.WARNING)
    to_people.setFormatter(logging.Formatter(_FORMAT))
    root, ours, uvicorn = (logging.getLogger(name) for name in (None, "livestall", "uvicorn"))
    ours.setLevel(logging.INFO)
    # At INFO uvicorn writes the address of each socket, and the ticket is in it.
    uvicorn.setLevel(logging.WARNING)
    paced = PacedHandler((to_file, to_people))
    with open_private(folder / "backend-crash.log") as crash:
        faulthandler.enable(crash)
        root.addHandler(paced)
        try:
            yield
        finally:
            faulthandler.disable()
            root.removeHandler(paced)
            paced.close()
