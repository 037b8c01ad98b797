"""The engine's side of the preview: frames into the ring, notes into the pipe."""

from multiprocessing.connection import Connection

import cv2

from studio.engine.media import VideoFrame
from studio.engine.messages.events import PreviewOpened
from studio.engine.messages.values import encode
from studio.engine.preview.ring import (
    FRAME_NOTE,
    NEWEST,
    SLOT_BEGUN,
    SLOT_ENDED,
    SLOT_TIME,
    SLOTS,
    Ring,
    create_mapping,
    ring_bytes,
)


class PreviewWriter:
    """The engine's side: writes frames and notes; belongs to one thread.

    Args:
        frames: the pipe for notes.
        prefix: what the rings' names begin with; the studio removes leftovers by it.
    """

    def __init__(self, frames: Connection, prefix: str) -> None:
        self._frames = frames
        self._prefix = prefix
        self._rings = 0
        self._ring: Ring | None = None
        self._number = 0

    def write(self, frame: VideoFrame) -> PreviewOpened | None:
        """Write a frame; return the announcement when a new ring was made for it.

        Raises:
            OSError: the studio is gone.
        """
        height, width = frame.image.shape[:2]
        opened, ring = None, self._ring
        if ring is None or ring.slots[0].shape[:2] != (height, width):
            opened = PreviewOpened(name=f"{self._prefix}{self._rings + 1}", width=width, height=height)
            ring = self._open(opened)
        self._number += 1
        slot = self._number % SLOTS
        notes = ring.notes[slot]
        notes[SLOT_BEGUN] = self._number
        cv2.cvtColor(frame.image, cv2.COLOR_BGR2BGRA, ring.slots[slot])
        notes[SLOT_TIME] = int(frame.captured_at * 1e9)
        notes[SLOT_ENDED] = self._number
        ring.header[NEWEST] = self._number
        self._frames.send_bytes(FRAME_NOTE)
        return opened

    def _open(self, opened: PreviewOpened) -> Ring:
        self._rings += 1
        self._number = 0
        self._ring = Ring(create_mapping(opened.name, ring_bytes(opened)), opened.width, opened.height)
        self._frames.send_bytes(encode(opened))
        return self._ring
