"""The recordings in a folder: what they are, their pictures, and parts of them without encoding anew."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import cv2
from av.container.input import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame as DecodedFrame

from studio.engine.messages.recording import Chapter
from studio.engine.record.chapters import is_being_written, read_note, remove_note, to_muxed
from studio.engine.record.recording import SUFFIX

THUMBNAIL_HEIGHT: Final = 96
_JPEG_QUALITY: Final = 80
_MENDED: Final = ".mended"
_MOST_APART: Final = 2.0
"""So many seconds pictures and sound of one moment may be apart in a file."""


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What a recording is.

    Attributes:
        thumbnail: a picture of it as JPEG.
    """

    seconds: float
    chapters: tuple[Chapter, ...]
    thumbnail: bytes


def find(folder: Path, most: int) -> list[Path]:
    """List the newest recordings of a folder, the newest first; none where it cannot be read."""
    try:
        found = [(path.stat().st_mtime, path) for path in folder.glob(f"*{SUFFIX}")]
    except OSError:
        return []
    return [path for _, path in sorted(found, reverse=True)[:most]]


def is_unfinished(path: Path) -> bool:
    """Say whether a recording was broken off: nobody writes it, and it is not whole."""
    note = read_note(path)
    return note is not None and not is_being_written(note)


def is_growing(path: Path) -> bool:
    """Say whether a recording is being written now."""
    note = read_note(path)
    return note is not None and is_being_written(note)


def read(path: Path) -> FileInfo:
    """Read a recording's length and chapters, and make a picture of it.

    Raises:
        OSError, av.error.FFmpegError: it cannot be read.
    """
    with av.open(str(path)) as container:
        seconds = (container.duration or 0) / av.time_base
        container.seek(round(seconds / 10 * av.time_base))  # the first picture is often a slate
        frame = next(container.decode(video=0), None)
        return FileInfo(seconds, chapters_of(container), _thumbnail(frame) if frame is not None else b"")


def chapters_of(container: InputContainer) -> tuple[Chapter, ...]:
    """Read a file's chapters."""
    return tuple(
        Chapter(
            round(each["start"] * (each["time_base"] or Fraction(1)) * 1000),
            each["metadata"].get("title", ""),
        )
        for each in container.chapters()
    )


def mend(path: Path) -> None:
    """Make a recording whole that was broken off: a usual MP4 with the chapters of its note.

    Raises:
        OSError, av.error.FFmpegError: it cannot be read, or not written.
    """
    note = read_note(path)
    chapters = note.chapters if note is not None else ()
    draft = path.with_name(path.name + _MENDED)
    try:
        _copy(path, draft, lambda _found: chapters)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    remove_note(path)


def export(path: Path, begin: float, end: float, target: Path) -> None:
    """Copy a part of a recording into another file; it begins at the keyframe at or before `begin`.

    Args:
        path: the recording.
        begin: in seconds of it.
        end: in seconds of it.
        target: it is written over; what was written is removed if it fails.

    Raises:
        OSError, av.error.FFmpegError: it cannot be read, or not written.
        ValueError: there is nothing between `begin` and `end`, or both are one file.
    """
    if end <= begin:
        raise ValueError(f"the part ends at {end} s, before it begins at {begin} s")
    if target.exists() and target.samefile(path):
        raise ValueError("a part cannot be written over its own recording")
    try:
        _copy(path, target, lambda chapters: chapters, begin, end)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _copy(
    source: Path,
    target: Path,
    choose: Callable[[tuple[Chapter, ...]], tuple[Chapter, ...]],
    begin: float = 0.0,
    end: float = float("inf"),
) -> None:
    """Copy packets from one file to another.

    Args:
        source: where from.
        target: where to.
        choose: takes the source's chapters, gives those to write, in times of the source.
        begin: in seconds of the source.
        end: in seconds of the source.
    """
    with av.open(str(source)) as old, av.open(str(target), "w", format="mp4") as new:
        kept: list[Stream] = [*old.streams.video[:1], *old.streams.audio[:1]]
        copies = {stream.index: new.add_stream_from_template(stream) for stream in kept}
        old.seek(round(begin * av.time_base))
        first, last = None, 0.0
        for packet in old.demux(kept):
            if packet.pts is None or packet.is_corrupt:  # the demuxer's last word, or torn by a full disk
                continue
            at = _seconds(packet)
            if first is None and packet.stream.type == "video":
                first = at
            if at > end + _MOST_APART:
                break
            if first is not None and first <= at < end:
                last = max(last, at)
                _shift(packet, first)
                packet.stream = copies[packet.stream.index]
                new.mux(packet)
        if first is None:
            raise ValueError("the recording has no picture there")
        chapters = _within(choose(chapters_of(old)), first, last)
        new.set_chapters(to_muxed(chapters, round((last - first) * 1000)))


def _seconds(packet: "Packet[Stream]") -> float:
    return float((packet.pts or 0) * packet.time_base)


def _shift(packet: "Packet[Stream]", seconds: float) -> None:
    ticks = round(seconds / packet.time_base)
    packet.pts, packet.dts = (packet.pts or 0) - ticks, (packet.dts or 0) - ticks


def _within(chapters: tuple[Chapter, ...], begin: float, end: float) -> tuple[Chapter, ...]:
    """Give the chapters of a part, in its own times; the first is the one in which it begins."""
    before = [chapter for chapter in chapters if chapter.at_ms <= begin * 1000]
    inside = [chapter for chapter in chapters if begin * 1000 < chapter.at_ms < end * 1000]
    first = [Chapter(0, before[-1].title)] if before else []
    return (*first, *(Chapter(chapter.at_ms - round(begin * 1000), chapter.title) for chapter in inside))


def _thumbnail(frame: DecodedFrame) -> bytes:
    width = max(2, frame.width * THUMBNAIL_HEIGHT // max(1, frame.height))
    image = cv2.resize(
        frame.to_ndarray(format="bgr24"), (width, THUMBNAIL_HEIGHT), interpolation=cv2.INTER_AREA
    )
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1].tobytes()
