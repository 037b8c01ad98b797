"""Chapters of a file, and the note beside an unfinished one that keeps them through a crash."""

import os
from fractions import Fraction
from pathlib import Path
from typing import Final, TypedDict

import msgspec
import psutil

from backend.contract.whole_files import write_whole
from studio.engine.messages.recording import Chapter

NOTE_SUFFIX: Final = ".unfinished"
_MS: Final = Fraction(1, 1000)


class MuxedChapter(TypedDict):
    """A chapter as PyAV takes it."""

    id: int
    start: int
    end: int
    time_base: Fraction | None
    metadata: dict[str, str]


class Note(msgspec.Struct, frozen=True):
    """What stands beside a file that is not whole: its chapters, and which process writes it.

    A process is known by its id and the second that it began.
    """

    chapters: tuple[Chapter, ...] = ()
    pid: int = 0
    began: float = 0.0


def note_path(path: Path) -> Path:
    """Name the note of a file."""
    return path.with_name(path.name + NOTE_SUFFIX)


def write_note(path: Path, chapters: tuple[Chapter, ...]) -> None:
    """Write the note of a file that this process writes.

    Raises:
        OSError: it could not be written.
    """
    note = Note(chapters, os.getpid(), psutil.Process().create_time())
    write_whole(note_path(path), msgspec.json.encode(note))


def read_note(path: Path) -> Note | None:
    """Read the note of a file; None where there is none, an empty one where it is damaged."""
    try:
        return msgspec.json.decode(note_path(path).read_bytes(), type=Note)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
        return Note()


def is_being_written(note: Note) -> bool:
    """Say whether the process that writes the file lives."""
    try:
        return bool(note.pid) and abs(psutil.Process(note.pid).create_time() - note.began) < 1.0
    except psutil.Error:
        return False


def remove_note(path: Path) -> None:
    """Remove the note: the file is whole."""
    note_path(path).unlink(missing_ok=True)


def to_muxed(chapters: tuple[Chapter, ...], end_ms: int) -> list[MuxedChapter]:
    """Write chapters as FFmpeg takes them; those of no length are left out."""
    ends = [chapter.at_ms for chapter in chapters[1:]] + [end_ms]
    return [
        {
            "id": number,
            "start": chapter.at_ms,
            "end": end,
            "time_base": _MS,
            "metadata": {"title": chapter.title},
        }
        for number, (chapter, end) in enumerate(zip(chapters, ends, strict=True))
        if end > chapter.at_ms
    ]
