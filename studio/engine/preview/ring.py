"""The preview's frames, from the engine to the window: a ring of three BGRA pictures in shared memory.

The engine makes a ring, announces it on the frame pipe with `PreviewOpened`, and sends a one-byte note for
each frame. The studio maps the ring and removes its name at once: nothing is left behind, whoever dies first.
"""

import logging
import mmap
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.engine.media import Picture
from studio.engine.messages.events import PreviewOpened, decode_event

log = logging.getLogger("livestall.preview")

SLOTS: Final = 3
FRAME_NOTE: Final = b"\x00"
SLOT_BEGUN, SLOT_ENDED, SLOT_TIME = range(3)
_HEADER_INTS: Final = 8 + SLOTS * 3
_HEADER_BYTES: Final = 4096
NEWEST: Final = 0


@dataclass(frozen=True, slots=True, eq=False)
class PreviewFrame:
    """A picture for the window.

    Attributes:
        image: a BGRA view of shape (height, width, 4) into the ring, overwritten three frames later.
        captured_at: seconds of the master clock.
        number: counts up from 1 in each ring.
    """

    image: Picture
    captured_at: float
    number: int


class Ring:
    """Header and slots over one mapping, for whichever side."""

    def __init__(self, mapping: mmap.mmap, width: int, height: int) -> None:
        header = np.frombuffer(mapping, np.int64, _HEADER_INTS)
        self.header: NDArray[np.int64] = header[:8]
        self.notes: NDArray[np.int64] = header[8:].reshape(SLOTS, 3)
        size = width * height * 4
        self.slots: list[Picture] = [
            np.frombuffer(mapping, np.uint8, size, _HEADER_BYTES + size * slot).reshape(height, width, 4)
            for slot in range(SLOTS)
        ]


class PreviewReader:
    """The studio's side: a thread that waits for notes and hands over the newest frame.

    Args:
        frames: the pipe for notes.
        on_frame: called in this reader's thread.
    """

    def __init__(self, frames: Connection, on_frame: Callable[[PreviewFrame], None]) -> None:
        self._frames = frames
        self._on_frame = on_frame
        self._ring: Ring | None = None
        self._shown = 0
        self._thread = threading.Thread(target=self._run, name="preview reader", daemon=True)

    def start(self) -> None:
        """Begin to read; ends by itself when the engine does."""
        self._thread.start()

    def join(self, timeout: float) -> None:
        """Wait for the thread to end, at most `timeout` seconds."""
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            try:
                note = self._frames.recv_bytes()
                is_last = not self._frames.poll()
            except (EOFError, OSError):
                return
            if note != FRAME_NOTE:
                self._open(note)
            elif is_last:
                self._hand_over()

    def _open(self, note: bytes) -> None:
        opened = decode_event(note)
        if not isinstance(opened, PreviewOpened):
            return
        self._ring, self._shown = None, 0
        try:
            self._ring = Ring(attach_mapping(opened.name, ring_bytes(opened)), opened.width, opened.height)
        except OSError:
            log.exception("no preview: the ring cannot be mapped", extra={"ring": opened.name})

    def _hand_over(self) -> None:
        if self._ring is None:
            return
        number = int(self._ring.header[NEWEST])
        slot = number % SLOTS
        begun, ended, nanoseconds = (int(note) for note in self._ring.notes[slot])
        if number == self._shown or not begun == ended == number:
            return  # shown already, or being written over: the next note is on its way
        self._shown = number
        self._on_frame(PreviewFrame(self._ring.slots[slot], nanoseconds / 1e9, number))


def remove_rings(prefix: str) -> None:
    """Remove the names of rings that a crashed engine made and nobody opened."""
    if sys.platform != "win32":
        for path in _folder().glob(f"{prefix}*"):
            path.unlink(missing_ok=True)


# A plain mapping, not multiprocessing.shared_memory: that one warns of "leaked" memory when the other side
# crashes, and cannot be closed while the window still holds a picture. This goes with the last array over it.


def ring_bytes(opened: PreviewOpened) -> int:
    """Return how much memory a ring takes."""
    return _HEADER_BYTES + opened.width * opened.height * 4 * SLOTS


def _folder() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 - memory, not a file; names are unguessable and files made 0600
    return memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def create_mapping(name: str, size: int) -> mmap.mmap:
    """Map new memory of this name and size in bytes.

    Raises:
        OSError: the name is taken, or memory is short.
    """
    if sys.platform == "win32":
        return mmap.mmap(-1, size, tagname=name)
    file = os.open(_folder() / name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.ftruncate(file, size)
        return mmap.mmap(file, size)
    finally:
        os.close(file)


def attach_mapping(name: str, size: int) -> mmap.mmap:
    """Map the memory of this name, and remove the name.

    Raises:
        OSError: there is none.
    """
    if sys.platform == "win32":
        return mmap.mmap(-1, size, tagname=name)
    path = _folder() / name
    file = os.open(path, os.O_RDWR)
    with suppress(FileNotFoundError):
        path.unlink()
    try:
        return mmap.mmap(file, size)
    finally:
        os.close(file)
