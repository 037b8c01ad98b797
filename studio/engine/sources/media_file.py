"""A media file that plays in a loop, picture and sound, as if it were a camera with a microphone."""

import logging
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import av.error
import cv2
import numpy as np
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from typing_extensions import override

from studio.engine.audio.timeline import Timeline
from studio.engine.media import BLOCK_SECONDS, SAMPLE_RATE, MasterClock, Picture, Sound, VideoFrame
from studio.engine.messages import Canvas
from studio.engine.sources.source import AudioSource, SourceError, VideoSource

log = logging.getLogger("livestall.sources")

PICTURE_AHEAD_S: Final = 0.25
SOUND_AHEAD_S: Final = 1.0
"""How far ahead of its time a file is decoded; files hold sound up to 1 s off its picture."""
_MOST_BEHIND_S: Final = 0.5
_JOIN_TIMEOUT_S: Final = 2.0
_TURNS: Final = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}


class MediaFile(VideoSource):
    """Decodes in a thread of its own, a little ahead; pictures and sound come out at their time.

    Args:
        path: the file.
        canvas: pictures larger than it needs are made smaller.
        clock: the master clock.
    """

    def __init__(self, path: Path, canvas: Canvas, clock: MasterClock) -> None:
        self._path = path
        self._canvas = canvas
        self._clock = clock
        self._waiting: deque[VideoFrame] = deque()
        self._shown: VideoFrame | None = None
        self._sound: MediaSound | None = MediaSound(clock)
        self._failure: SourceError | None = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="media file", daemon=True)

    @override
    def open(self) -> None:
        if not self._path.is_file():
            raise SourceError(
                "file_unreadable", f"There is no file {self._path}. Put it back, or choose another file."
            )
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

    @override
    def newest(self, at: float) -> VideoFrame | None:
        while self._waiting and self._waiting[0].captured_at <= at:
            self._shown = self._waiting.popleft()
        return self._shown

    # --- In the decoding thread ------------------------------------------------------------

    def _run(self) -> None:
        try:
            base = self._clock.now() + BLOCK_SECONDS
            while not self._end.is_set():
                base = self._play_once(base)
        except (av.error.FFmpegError, OSError) as error:
            self._failure = self._unreadable(str(error))
        except SourceError as error:
            self._failure = error
        except Exception as error:
            log.exception("file ended", extra={"file": str(self._path)})
            self._failure = self._unreadable(repr(error))

    def _play_once(self, base: float) -> float:
        """Play the file so that its beginning is shown at `base`; return when it was over."""
        with av.open(str(self._path)) as container:
            if not container.streams.video:
                raise SourceError(
                    "file_unreadable", f"The file {self._path} holds no picture. Choose a video file."
                )
            if not container.streams.audio:
                self._sound = None
            reading = _Reading(container, base)
            for frame in reading.frames():
                self._keep(frame, reading)
                if self._end.is_set():
                    break
        if not reading.has_picture:
            raise self._unreadable("no picture in it can be decoded")
        return reading.over_at

    def _keep(self, frame: av.VideoFrame | av.AudioFrame, reading: "_Reading") -> None:
        at = reading.time_of(frame)
        if isinstance(frame, av.VideoFrame):
            reading.make_up(self._clock.now() - at)
            self._wait_until(at - PICTURE_AHEAD_S)
            self._waiting.append(VideoFrame(self._to_picture(frame), captured_at=at))
        elif self._sound is not None:
            self._wait_until(at - SOUND_AHEAD_S)
            self._sound.timeline.write(_to_sound(frame), at)

    def _wait_until(self, time: float) -> None:
        self._end.wait(max(0.0, time - self._clock.now()))

    def _to_picture(self, frame: av.VideoFrame) -> Picture:
        turn = _TURNS.get(round(frame.rotation) % 360)
        is_upright = turn in (None, cv2.ROTATE_180)
        wide, high = (frame.width, frame.height) if is_upright else (frame.height, frame.width)
        scale = min(1.0, max(self._canvas.width / wide, self._canvas.height / high))
        picture = frame.to_ndarray(
            format="bgr24", width=_even(frame.width * scale), height=_even(frame.height * scale)
        )
        return np.asarray(picture if turn is None else cv2.rotate(picture, turn), np.uint8)

    def _unreadable(self, why: str) -> SourceError:
        return SourceError(
            "file_unreadable",
            f"The file {self._path} cannot be played ({why}). Choose a whole video file.",
        )


class _Reading:
    """One pass through the file: frames in the file's order, and their times on the master clock."""

    def __init__(self, container: InputContainer, base: float) -> None:
        self._container = container
        self._video = container.streams.video[0]
        self._audio = container.streams.audio[0] if container.streams.audio else None
        self._base = base
        self._begin = (container.start_time or 0) / av.time_base
        self._resampler = AudioResampler(format="flt", layout="stereo", rate=SAMPLE_RATE)
        self._frame_seconds = float(1 / (self._video.average_rate or 25))
        self._next_picture = 0.0
        self._next_sound = 0.0
        self.has_picture = False
        self._video.thread_type = "AUTO"

    @property
    def over_at(self) -> float:
        """When the last picture and the last sound are over, in seconds of the master clock."""
        return self._base + max(self._next_picture, self._next_sound)

    def frames(self) -> Iterator[av.VideoFrame | av.AudioFrame]:
        """Decode all; leave out what is damaged."""
        streams = [self._video] if self._audio is None else [self._video, self._audio]
        for packet in self._container.demux(streams):
            try:
                decoded = packet.decode()
            except av.error.InvalidDataError:
                continue
            for frame in decoded:
                if isinstance(frame, av.VideoFrame):
                    self.has_picture = True
                    yield frame
                elif isinstance(frame, av.AudioFrame):
                    yield from self._resampler.resample(frame)

    def time_of(self, frame: av.VideoFrame | av.AudioFrame) -> float:
        """When to show or play it, in seconds of the master clock; else it follows the last."""
        if isinstance(frame, av.VideoFrame):
            time = frame.time - self._begin if frame.time is not None else self._next_picture
            self._next_picture = max(self._next_picture, time + self._frame_seconds)
        else:
            time = frame.time - self._begin if frame.time is not None else self._next_sound
            self._next_sound = max(self._next_sound, time + frame.samples / SAMPLE_RATE)
        return self._base + time

    def make_up(self, lateness: float) -> None:
        """Shift the rest when decoding fell behind, rather than rush through it."""
        if lateness > _MOST_BEHIND_S:
            self._base += lateness


class MediaSound(AudioSource):
    """The file's sound; it is the file that is opened and closed."""

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
        return self._clock.now() if self.timeline.written_to else None

    @override
    def pull(self, count: int, at: float) -> Sound | None:
        return self.timeline.pull(count, at)


def _to_sound(frame: av.AudioFrame) -> Sound:
    return np.asarray(frame.to_ndarray(), np.float32).reshape(-1, 2)


def _even(size: float) -> int:
    return max(2, round(size / 2) * 2)
