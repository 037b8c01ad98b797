"""The project's file in the data folder: versioned, written whole, with backups of what earlier runs left."""

import errno
import logging
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from backend.contract.private_files import OWNER_ONLY
from backend.contract.whole_files import write_whole
from studio.project.project import Project, ProjectError, check

log = logging.getLogger("livestall.project")

FILE_NAME: Final = "project.json"
VERSION: Final = 1
BACKUPS: Final = 10
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class FileProblem(StrEnum):
    """Why the project cannot be read or written."""

    DAMAGED = "damaged"
    NEWER = "newer"
    NOT_READ = "not_read"
    DISK_FULL = "disk_full"
    NOT_WRITTEN = "not_written"


class ProjectFileError(Exception):
    """The project cannot be read or written; the message says why in English, for the log.

    Args:
        problem: what happened.
        path: the file, or where it was set aside.
        detail: what the system or the parser says.
    """

    def __init__(self, problem: FileProblem, path: Path, detail: str) -> None:
        super().__init__(f"the project in {path}: {problem.value}: {detail}")
        self.problem = problem
        self.path = path


class _File(msgspec.Struct, frozen=True):
    project: Project
    version: int = VERSION


class _Version(msgspec.Struct, frozen=True):
    version: int = VERSION


class ProjectStore:
    """The project of one data folder.

    Args:
        folder: the data folder; backups are in `project-backups` below it.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._backups = folder / "project-backups"
        self._has_backup = False

    def load(self) -> Project | None:
        """Return what was saved; None when nothing was.

        Raises:
            ProjectFileError: it cannot be read; a file that is no project, or one of a newer version, is set
                aside under another name.
        """
        try:
            return _decode(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except _NewerError as error:
            raise ProjectFileError(FileProblem.NEWER, self._set_aside(), str(error)) from error
        except (msgspec.MsgspecError, UnicodeDecodeError, ProjectError) as error:
            raise ProjectFileError(FileProblem.DAMAGED, self._set_aside(), str(error)) from error
        except OSError as error:
            raise ProjectFileError(FileProblem.NOT_READ, self.path, str(error)) from error

    def newest_backup(self) -> Project | None:
        """Return the newest backup that can be read; None when there is none."""
        for path in reversed(self._kept()):
            try:
                return _decode(path.read_bytes())
            except (msgspec.MsgspecError, UnicodeDecodeError, ProjectError, OSError) as error:
                log.warning("a backup cannot be read: %s: %s", path, error)
        return None

    def save(self, project: Project) -> None:
        """Write the project; the first time, what an earlier run left becomes a backup.

        Raises:
            ProjectFileError: the disk is full, or the folder cannot be written; the file is as it was.
        """
        content = msgspec.json.format(msgspec.json.encode(_File(project)), indent=2)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self._has_backup:
                self._back_up()
            write_whole(self.path, content, OWNER_ONLY)
        except OSError as error:
            problem = FileProblem.DISK_FULL if error.errno in _NO_ROOM else FileProblem.NOT_WRITTEN
            raise ProjectFileError(problem, self.path, error.strerror or str(error)) from error
        self._has_backup = True

    def _back_up(self) -> None:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return
        self._backups.mkdir(exist_ok=True)
        kept = self._kept()
        if kept and kept[-1].read_bytes() == content:
            return
        number = int(kept[-1].stem) + 1 if kept else 1
        write_whole(self._backups / f"{number:06}.json", content, OWNER_ONLY)
        for path in kept[: max(0, len(kept) + 1 - BACKUPS)]:
            path.unlink(missing_ok=True)

    def _kept(self) -> list[Path]:
        """The backups, the oldest first."""
        return sorted(path for path in self._backups.glob("*.json") if path.stem.isdecimal())

    def _set_aside(self) -> Path:
        aside = self.path.with_suffix(".broken.json")
        with suppress(OSError):
            self.path.replace(aside)
        return aside


class _NewerError(Exception):
    pass


def _decode(content: bytes) -> Project:
    version = msgspec.json.decode(content, type=_Version).version
    if version > VERSION:
        raise _NewerError(f"expected version {VERSION} or older, got {version}")
    project = msgspec.json.decode(content, type=_File).project
    check(project)
    return project
