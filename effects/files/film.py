"""Films, read from the beginning to the end: each picture with the time it is due, damage left out."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition

from effects.files.frames import Developer, Size
from effects.files.regular import can_decode, open_media
from effects.files.times import Jumps, Times
from effects.frame import MOST_PIXELS, Frame

MOST_THREADS: Final = 4
"""Each decoder thread holds pictures of its own, and gives them that much later."""
_WITH_ALPHA: Final = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""FFmpeg's own decoders of these leave out what is transparent."""
_TIMES_MAY_JUMP: Final = 0x0200
"""AVFMT_TS_DISCONT, as of MPEG-TS."""
_USUAL_RATE: Final = 25
_LONGEST_GAP_S: Final = 10.0
_LONGEST_UNKNOWN_GAP_S: Final = 60.0
_LONGEST_PICTURE_S: Final = 60.0
_SHORTEST_PICTURE_S: Final = 1 / 240


AnyStream = TypeVar("AnyStream", av.VideoStream, AudioStream)


class FilmError(ValueError):
    """Not a film that can be read; the text says what was expected and what came."""


class NoPictureError(FilmError):
    """There is sound at most."""


class FilmTooLargeError(FilmError):
    """Its pictures would take too much memory to decode."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmPicture:
    """A picture, and when it is due in seconds from the beginning of the film."""

    image: Frame
    due_s: float


class Film:
    """One pass through the pictures of a file; opened with `with`, closed with it. Belongs to one thread.

    Args:
        path: the file.
        enough: pictures are made as small as still covers this.
        jumps: shared with the sound of the same file.
        threads: how many decode.
    """

    def __init__(
        self, path: Path, enough: Size, jumps: Jumps | None = None, threads: int = MOST_THREADS
    ) -> None:
        """Open the file.

        Raises:
            FilmError: it holds no picture (NoPictureError), or enormous ones (FilmTooLargeError).
            OSError, av.error.FFmpegError: it cannot be read.
        """
        self._container = open_media(path)
        try:
            self._open(enough, jumps or Jumps(), threads)
        except BaseException:
            self._container.close()
            raise

    def _open(self, enough: Size, jumps: Jumps, threads: int) -> None:
        stream = self._container.streams.best("video")
        if not isinstance(stream, av.VideoStream):
            raise NoPictureError("it holds no picture")
        if not can_decode(stream):
            raise FilmError("its pictures are of a codec that is not known here")
        if stream.width * stream.height > MOST_PIXELS:
            raise FilmTooLargeError(
                f"expected at most {MOST_PIXELS} pixels, got {stream.width}x{stream.height}"
            )
        # What its head says of its size is not all that may come.
        stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
        stream.thread_type = "AUTO"
        stream.thread_count = min(threads, os.cpu_count() or 1)
        self._stream = stream
        self._decoder = _alpha_decoder(stream)
        self._developer = Developer(enough, stream.sample_aspect_ratio)
        self._times = times_of(self._container, jumps)
        self._has_begun = False

    def __enter__(self) -> "Film":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; harmless when it is closed."""
        self._container.close()

    @property
    def is_cover(self) -> bool:
        """Whether it is the picture that belongs to a piece of music."""
        return bool(self._stream.disposition & Disposition.attached_pic)

    @property
    def over_s(self) -> float:
        """When the last picture so far is over, in seconds from the beginning."""
        return self._times.over_s

    def pictures(self) -> Iterator[FilmPicture]:
        """Decode all; what is damaged is left out. The first is due at once, however late it is written."""
        for packet in packets_of(self._container, self._stream):
            for frame in self._decoded(packet):
                picture = self._developed(frame)
                if picture is not None:
                    yield picture

    def cover(self) -> bytes:
        """Return the file of a cover; empty when there is none."""
        return next((bytes(packet) for packet in packets_of(self._container, self._stream)), b"")

    def _decoded(self, packet: "av.Packet[av.VideoStream]") -> list[av.VideoFrame]:
        try:
            return packet.decode() if self._decoder is None else self._decoder.decode(packet)
        except av.error.FFmpegError:
            return []

    def _developed(self, frame: av.VideoFrame) -> FilmPicture | None:
        if frame.is_corrupt and self._has_begun:
            return None
        try:
            image = self._developer.developed(frame)
        except (av.error.FFmpegError, ValueError):
            return None
        due_s = self._times.due(frame.time, self._length_of(frame))
        first, self._has_begun = not self._has_begun, True
        return FilmPicture(image, 0.0 if first else due_s)

    def _length_of(self, frame: av.VideoFrame) -> float:
        written = float(frame.duration * (frame.time_base or 0))
        length_s = written or float(1 / (self._stream.average_rate or _USUAL_RATE))
        # A single tick of the file's clock, as for the last picture of many films, says nothing.
        return min(length_s, _LONGEST_PICTURE_S) if length_s >= _SHORTEST_PICTURE_S else 1 / _USUAL_RATE


def packets_of(container: InputContainer, stream: AnyStream) -> "Iterator[av.Packet[AnyStream]]":
    """Return the packets of one stream; a file that breaks off is over there."""
    packets: Iterator[av.Packet[AnyStream]] = container.demux(stream)
    while True:
        try:
            yield next(packets)
        except (StopIteration, OSError, av.error.FFmpegError):
            return


def times_of(container: InputContainer, jumps: Jumps) -> Times:
    """Return when the packets of one stream of this file are due."""
    begin_s = (container.start_time or 0) / av.time_base
    if container.format.flags & _TIMES_MAY_JUMP:
        return Times(begin_s, _LONGEST_GAP_S, jumps)
    known_s = container.duration / av.time_base if container.duration else 0.0
    return Times(begin_s, max(known_s, _LONGEST_UNKNOWN_GAP_S), jumps)


def _alpha_decoder(stream: av.VideoStream) -> av.VideoCodecContext | None:
    """Return a decoder that knows transparency, where the film has some and its own knows none."""
    name = _WITH_ALPHA.get(stream.codec_context.name)
    has_alpha = any(key.lower() == "alpha_mode" and value == "1" for key, value in stream.metadata.items())
    if name is None or not has_alpha or name not in av.codecs_available:
        return None
    decoder = av.CodecContext.create(name, "r")
    return decoder if isinstance(decoder, av.VideoCodecContext) else None
