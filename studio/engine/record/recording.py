"""One recording, from start to stop: what is written where, and at which time of which file."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from studio.engine.media import SAMPLE_RATE, AudioBlock
from studio.engine.messages.recording import Chapter, StartRecording
from studio.engine.publish.encoder import VIDEO_RATE, EncodedPicture
from studio.engine.record.chapters import remove_note, write_note
from studio.engine.record.interleaver import Interleaver, Item, time_of
from studio.engine.record.mp4_writer import Mp4Writer
from studio.engine.record.parameter_sets import parameter_sets

SUFFIX: Final = ".mp4"


def free_path(folder: Path, name: str) -> Path:
    """Make an empty file that was not there, and return its path: `name.mp4`, else `name (2).mp4`, ….

    Raises:
        OSError: nothing can be written there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        path = folder / (f"{name}{SUFFIX}" if number == 1 else f"{name} ({number}){SUFFIX}")
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return path


class _File:
    """The file that is being written; times are in 1/90000 s.

    Attributes:
        path: where it is.
        parameters: what its pictures have in common.
        begins: master clock less the file's time; a pause moves it.
        end: where the next picture follows on.
    """

    def __init__(self, path: Path, first: EncodedPicture, fps: int, title: str) -> None:
        self.path = path
        self.parameters = parameter_sets(first.data)
        self.begins = first.time
        self.end = 0
        self._frame = VIDEO_RATE // fps
        self._chapters: tuple[Chapter, ...] = (Chapter(0, title),)
        self._writer = Mp4Writer(path, first)
        write_note(path, self._chapters)

    def write_picture(self, picture: EncodedPicture) -> None:
        at = picture.time - self.begins
        self._writer.write_picture(picture, at, self._frame)
        self.end = at + self._frame

    def write_sound(self, block: AudioBlock) -> None:
        seconds = block.captured_at - self.begins / VIDEO_RATE
        self._writer.write_sound(block.samples, round(seconds * SAMPLE_RATE))

    def add_chapter(self, title: str, at: int) -> None:
        at_ms = min(max(at - self.begins, 0), self.end) * 1000 // VIDEO_RATE
        before = tuple(chapter for chapter in self._chapters if chapter.at_ms < at_ms)
        self._chapters = (*before, Chapter(at_ms, title))
        write_note(self.path, self._chapters)

    def close(self) -> None:
        try:
            self._writer.set_chapters(self._chapters, self.end / VIDEO_RATE)
        finally:
            self._writer.close()
        remove_note(self.path)


class Recording:
    """Takes pictures and sound as they come and writes them; used by one thread.

    A file begins with a keyframe. Another one follows where the pictures' size or encoder changes, and
    where it is long enough. Pauses are cut out: what follows is written right behind what was before.

    Args:
        wanted: where and how.
        fps: frames a second, expected.
    """

    def __init__(self, wanted: StartRecording, fps: int) -> None:
        self._wanted = wanted
        self._fps = fps
        self._title = wanted.title
        self._interleaver = Interleaver()
        self._edits: deque[tuple[float, Callable[[float], None]]] = deque()
        self._file: _File | None = None
        self._last_block: AudioBlock | None = None
        self._is_paused = False
        self._awaits_keyframe = True
        self._closed_seconds = 0.0
        self._closed_bytes = 0

    @property
    def path(self) -> Path | None:
        """The newest file; None before the first picture."""
        return self._file.path if self._file is not None else None

    @property
    def is_paused(self) -> bool:
        """Whether nothing is recorded now, because it was asked for."""
        return self._is_paused

    @property
    def seconds(self) -> float:
        """How long all files are together."""
        return self._closed_seconds + (self._file.end / VIDEO_RATE if self._file is not None else 0.0)

    @property
    def size_bytes(self) -> int:
        """How large all files are together."""
        return self._closed_bytes + (_size(self._file.path) if self._file is not None else 0)

    def pause(self, at: float) -> None:
        """Record nothing from then on, in seconds of the master clock."""
        self._edits.append((at, lambda _at: self._pause()))

    def resume(self, at: float) -> None:
        """Record again from the first keyframe after then."""
        self._edits.append((at, lambda _at: self._resume()))

    def add_chapter(self, title: str, at: float) -> None:
        """Begin a chapter then."""
        self._edits.append((at, lambda at: self._begin_chapter(title, at)))

    def take(self, item: Item) -> None:
        """Take a picture or a block of sound.

        Raises:
            OSError, av.error.FFmpegError: it cannot be written.
        """
        for due in self._interleaver.add(item):
            self._write(due)

    def close(self) -> None:
        """Write what is held, and make the file whole.

        Raises:
            OSError, av.error.FFmpegError: it cannot be written.
        """
        try:
            for item in self._interleaver.flush():
                self._write(item)
        finally:
            self._close_file()

    # --- In the order of time ------------------------------------------------------------------

    def _write(self, item: Item) -> None:
        at = time_of(item)
        while self._edits and self._edits[0][0] <= at:
            edit_at, edit = self._edits.popleft()
            edit(edit_at)
        if isinstance(item, AudioBlock):
            self._write_sound(item)
        elif not self._is_paused:
            self._write_picture(item)

    def _write_picture(self, picture: EncodedPicture) -> None:
        if picture.is_keyframe:
            self._begin_with(picture)
        elif self._awaits_keyframe:
            return
        if self._file is not None:
            self._file.write_picture(picture)

    def _write_sound(self, block: AudioBlock) -> None:
        self._last_block = block
        if self._file is not None and not self._is_paused and not self._awaits_keyframe:
            self._file.write_sound(block)

    def _begin_with(self, keyframe: EncodedPicture) -> None:
        """Begin a file or go on after a pause where this keyframe is the first."""
        file, was_awaited, self._awaits_keyframe = self._file, self._awaits_keyframe, False
        if file is None or self._is_full(file) or parameter_sets(keyframe.data) != file.parameters:
            self._close_file()
            path = free_path(Path(self._wanted.folder), self._wanted.name)
            try:
                self._file = _File(path, keyframe, self._fps, self._title)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        elif was_awaited:
            file.begins = keyframe.time - file.end
        else:
            return
        block = self._last_block
        if block is not None and self._file is not None:
            self._write_rest(self._file, block, keyframe.time / VIDEO_RATE)

    @staticmethod
    def _write_rest(file: _File, block: AudioBlock, begin: float) -> None:
        """Write what of a block is heard after the beginning; it came before the keyframe."""
        skipped = round((begin - block.captured_at) * SAMPLE_RATE)
        if 0 < skipped < len(block.samples):
            file.write_sound(AudioBlock(block.samples[skipped:], begin))

    def _is_full(self, file: _File) -> bool:
        wanted = self._wanted
        is_long = wanted.split_seconds > 0 and file.end >= wanted.split_seconds * VIDEO_RATE
        return is_long or (wanted.split_bytes > 0 and _size(file.path) >= wanted.split_bytes)

    def _pause(self) -> None:
        self._is_paused = True

    def _resume(self) -> None:
        if self._is_paused:
            self._is_paused, self._awaits_keyframe = False, True

    def _begin_chapter(self, title: str, at: float) -> None:
        self._title = title
        if self._file is not None:
            self._file.add_chapter(title, round(at * VIDEO_RATE))

    def _close_file(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()
            self._closed_seconds += file.end / VIDEO_RATE
            self._closed_bytes += _size(file.path)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # somebody moved it away
        return 0
