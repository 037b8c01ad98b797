"""A media file that plays in a loop, picture and sound, as if it were a camera with a microphone."""

import heapq
import logging
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import av.error
import numpy as np
from typing_extensions import override

from effects.files.film import Film, FilmError, FilmPicture, FilmTooLargeError, NoPictureError
from effects.files.stills import StillError, StillTooLargeError, read_still, still_content
from effects.files.times import Jumps
from studio.engine.audio.timeline import Timeline
from studio.engine.media import BLOCK_SECONDS, MasterClock, Picture, Sound, VideoFrame
from studio.engine.sources.file_sound import FileSound, SoundPiece
from studio.engine.sources.source import AudioSource, SourceError, VideoSource
from studio.project.project import Canvas

log = logging.getLogger("livestall.sources")

PICTURE_AHEAD_S: Final = 0.25
SOUND_AHEAD_S: Final = 1.0
"""How far ahead of its time a file is decoded."""
_MOST_BEHIND_S: Final = 0.5
_HELD_AFTER_S: Final = 0.1
"""A picture older than this stands still: it is given again as of now."""
_SHORTEST_ROUND_S: Final = 0.1
_JOIN_TIMEOUT_S: Final = 2.0

_Due = tuple[float, FilmPicture | SoundPiece]


class MediaFile(VideoSource):
    """Decodes in a thread of its own, a little ahead; pictures and sound come out at their time.

    The last picture stands until the next, however long that takes, as long as decoding goes on: it is given
    again with every call, so that effects go on working on it and nobody takes it for a broken source.

    Args:
        path: the file.
        canvas: pictures larger than it needs are made smaller.
        clock: the master clock.
    """

    def __init__(self, path: Path, canvas: Canvas, clock: MasterClock) -> None:
        self._path = path
        self._enough = canvas.width, canvas.height
        self._clock = clock
        self._waiting: deque[VideoFrame] = deque()
        self._shown: VideoFrame | None = None
        self._sound: MediaSound | None = MediaSound(MasterClock(self.well_at))
        self._failure: SourceError | None = None
        self._busy_since: float | None = clock.now()
        self._pictures = 0
        self._is_loading = False
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="media file", daemon=True)

    @override
    def open(self) -> None:
        if not self._path.is_file():
            raise SourceError(
                "file_missing", f"There is no file {self._path}. Put it back, or choose another file."
            )
        self._busy_since = self._clock.now()
        self._thread.start()

    @override
    def close(self) -> None:
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_TIMEOUT_S)

    @property
    @override
    def failure(self) -> SourceError | None:
        return self._failure

    @property
    @override
    def sound(self) -> AudioSource | None:
        return self._sound

    @property
    @override
    def is_loading(self) -> bool:
        return self._is_loading

    @override
    def newest(self, at: float) -> VideoFrame | None:
        while self._waiting and self._waiting[0].captured_at <= at:
            self._shown = self._waiting.popleft()
        shown = self._shown
        if shown is None or at - shown.captured_at <= _HELD_AFTER_S:
            return shown
        return VideoFrame(shown.image, max(shown.captured_at, min(at, self.well_at())))

    def well_at(self) -> float:
        """When decoding was last known to be well, in seconds of the master clock."""
        busy_since = self._busy_since
        return self._clock.now() if busy_since is None else busy_since

    # --- In the decoding thread ------------------------------------------------------------

    def _run(self) -> None:
        try:
            content = still_content(self._path)
            if content is not None:
                self._show(content)
            else:
                self._play()
        except (av.error.FFmpegError, OSError, FilmError, StillError) as error:
            self._failure = self._unreadable(error)
        except Exception as error:
            log.exception("file ended", extra={"file": str(self._path)})
            self._failure = self._unreadable(error)

    def _show(self, content: bytes) -> None:
        """Show a still: decoded once, and held."""
        self._sound = None
        self._is_loading = True
        try:
            image = read_still(content, self._enough)
        finally:
            self._is_loading = False
        self._give(image, self._clock.now() + BLOCK_SECONDS)
        self._wait_for_the_end()

    def _play(self) -> None:
        base = self._clock.now() + BLOCK_SECONDS
        while not self._end.is_set():
            before = self._pictures
            base = self._play_once(base)
            if not self._pictures:
                raise FilmError("no picture in it can be decoded")
            if self._sound is None and self._pictures - before <= 1:
                self._wait_for_the_end()

    def _play_once(self, base: float) -> float:
        """Play the file so that its beginning is shown at `base`; return when it was over."""
        jumps = Jumps()
        with Film(self._path, self._enough, jumps) as film, FileSound(self._path, jumps) as sound:
            if sound.is_silent:
                self._sound = None
            pictures = self._cover(film) if film.is_cover else film.pictures()
            for due_s, item in heapq.merge(_pictures_due(pictures), _sounds_due(sound), key=_due_first):
                if self._end.is_set():
                    break
                base += self._keep(base + due_s, item)
            if not sound.over_s:  # there is none, or none of it can be decoded
                self._sound = None
            length_s = max(sound.over_s, 0.0 if film.is_cover else film.over_s, _SHORTEST_ROUND_S)
        self._wait_until(base + length_s - SOUND_AHEAD_S)
        return base + length_s

    def _cover(self, film: Film) -> Iterator[FilmPicture]:
        """The picture of a piece of music: decoded in the first round only."""
        if self._pictures:
            return
        try:
            image = read_still(film.cover(), self._enough)
        except StillError as error:  # the music can be played all the same
            log.warning("no cover: %s", error, extra={"file": str(self._path)})
            image = np.zeros((*self._enough[::-1], 3), np.uint8)
        yield FilmPicture(image, 0.0)

    def _keep(self, at: float, item: FilmPicture | SoundPiece) -> float:
        """Keep a picture or sound until its time; return how much later all else is to come."""
        if isinstance(item, SoundPiece):
            self._wait_until(at - SOUND_AHEAD_S)
            if self._sound is not None:
                self._sound.timeline.write(item.samples, at)
            return 0.0
        lateness = self._clock.now() - at
        self._wait_until(at - PICTURE_AHEAD_S)
        self._give(item.image, at)
        return lateness if lateness > _MOST_BEHIND_S else 0.0

    def _give(self, image: Picture, at: float) -> None:
        self._pictures += 1
        self._waiting.append(VideoFrame(image, captured_at=at))

    def _wait_for_the_end(self) -> None:
        self._busy_since = None
        self._end.wait()

    def _wait_until(self, time: float) -> None:
        self._busy_since = None
        self._end.wait(max(0.0, time - self._clock.now()))
        self._busy_since = self._clock.now()

    def _unreadable(self, error: Exception) -> SourceError:
        if isinstance(error, StillTooLargeError | FilmTooLargeError):
            return SourceError(
                "file_too_large", f"The pictures of {self._path} are too large ({error}). Make them smaller."
            )
        if isinstance(error, NoPictureError):
            return SourceError(
                "file_without_picture", f"In {self._path} is sound only. Choose a picture or film."
            )
        return SourceError(
            "file_unreadable",
            f"The file {self._path} cannot be played ({error}). Choose a whole video file, or a picture.",
        )


class MediaSound(AudioSource):
    """The file's sound; it is the file that is opened and closed.

    Args:
        clock: when decoding was last known to be well.
    """

    def __init__(self, clock: MasterClock) -> None:
        self._clock = clock
        self.timeline = Timeline()

    @override
    def open(self) -> None:
        pass

    @property
    @override
    def delay(self) -> float:
        return BLOCK_SECONDS

    @property
    @override
    def heard_at(self) -> float | None:
        return self._clock.now()

    @override
    def pull(self, count: int, at: float) -> Sound | None:
        return self.timeline.pull(count, at)


def _pictures_due(pictures: Iterator[FilmPicture]) -> Iterator[_Due]:
    return ((picture.due_s, picture) for picture in pictures)


def _sounds_due(sound: FileSound) -> Iterator[_Due]:
    return ((piece.due_s, piece) for piece in sound.pieces())


def _due_first(due: _Due) -> float:
    """When something has to be decoded, from the beginning of the round: sound further ahead."""
    due_s, item = due
    return due_s - (SOUND_AHEAD_S if isinstance(item, SoundPiece) else PICTURE_AHEAD_S)
