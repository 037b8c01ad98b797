"""Opens files that are files, and media that open nothing but themselves."""

import os
import stat
from io import FileIO
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.stream import Stream
from typing_extensions import override

_BUFFER_BYTES: Final = 256 * 1024
"""Each read waits for the interpreter: a few of them a second, not hundreds."""
_OPTIONS: Final = {"protocol_whitelist": "none"}
"""A playlist (HLS, DASH, concat) names files and addresses; none of them is opened."""


class _RegularFile(FileIO):
    """Closed with whatever reads it: a container keeps the file it reads, and closes none."""

    @override
    def __del__(self) -> None:
        self.close()


def open_regular(path: Path) -> FileIO:
    """Open a file for reading, unbuffered. A pipe would block, a device never end.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    file = _RegularFile(str(path), "rb", opener=_open_at_once)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(f"expected a regular file, got {path}")
    return file


def open_media(path: Path) -> InputContainer:
    """Open a film or a piece of music.

    Raises:
        OSError: it cannot be read, or is no regular file.
        av.error.FFmpegError: it is no media file.
    """
    # Titles are of no use here, and those in other encodings are no reason to refuse a film.
    return av.open(
        open_regular(path), "r", options=_OPTIONS, metadata_errors="replace", buffer_size=_BUFFER_BYTES
    )


def can_decode(stream: Stream) -> bool:
    """Whether there is a decoder for a stream; PyAV then gives it a context, against what it declares."""
    return getattr(stream, "codec_context", None) is not None


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
