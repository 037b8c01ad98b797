"""The thread that looks into recordings: lists them, mends what was broken off, copies parts out."""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import av.error

from studio.engine.messages.recording import (
    ExportRecording,
    LibraryCommand,
    LibraryEvent,
    ListRecordings,
    RecordingExported,
    RecordingRead,
    RecordingsListed,
)
from studio.engine.record import library

log = logging.getLogger("livestall.record")

MOST_LISTED: Final = 100
_PAUSE_SECONDS: Final = 0.02
"""Between two files, so that a broadcast that goes on has the processor first."""


class Librarian:
    """Carries out what is asked of recordings, one after the other, beside the broadcast.

    Args:
        emit: takes events, in the librarian's thread.
    """

    def __init__(self, emit: Callable[[LibraryEvent], None]) -> None:
        self._emit = emit
        self._commands: queue.SimpleQueue[LibraryCommand | None] = queue.SimpleQueue()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="librarian", daemon=True)
        self._thread.start()

    def handle(self, command: LibraryCommand) -> None:
        """Carry out a command; returns at once."""
        self._commands.put(command)

    def close(self) -> None:
        """Take no more; what is being copied ends with the process."""
        self._ending.set()
        self._commands.put(None)

    def _run(self) -> None:
        while (command := self._commands.get()) is not None and not self._ending.is_set():
            try:
                if isinstance(command, ListRecordings):
                    self._list(Path(command.folder))
                else:
                    self._export(command)
            except Exception:  # the top of a thread
                log.exception("recordings")

    def _list(self, folder: Path) -> None:
        paths = library.find(folder, MOST_LISTED)
        self._emit(RecordingsListed(str(folder), tuple(map(str, paths))))
        for path in paths:
            if self._ending.wait(_PAUSE_SECONDS):
                return
            try:
                self._read(path)
            except OSError as error:  # moved away meanwhile
                log.info("recording: %s", error)

    def _read(self, path: Path) -> None:
        is_growing = library.is_growing(path)
        info = library.FileInfo(0.0, (), b"")
        try:
            self._mend(path)
            info = library.read(path)
        except (ValueError, av.error.FFmpegError) as error:
            log.info("recording %s: %s", path, error)
        stat = path.stat()
        self._emit(
            RecordingRead(
                path=str(path),
                modified_at=stat.st_mtime,
                size_bytes=stat.st_size,
                seconds=info.seconds,
                chapters=info.chapters,
                is_growing=is_growing,
                thumbnail=info.thumbnail,
            )
        )

    @staticmethod
    def _mend(path: Path) -> None:
        """Make a recording whole that was broken off; where that fails it can be played as it is."""
        try:
            if library.is_unfinished(path):
                library.mend(path)
        except (OSError, ValueError, av.error.FFmpegError) as error:
            log.warning("recording %s was not mended: %s", path, error)

    def _export(self, command: ExportRecording) -> None:
        detail = ""
        try:
            library.export(Path(command.path), command.begin, command.end, Path(command.target))
        except (OSError, ValueError, av.error.FFmpegError) as error:
            log.warning("a part was not copied: %r", error)
            detail = str(error) or type(error).__name__
        self._emit(RecordingExported(command.target, detail))
