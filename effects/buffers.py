"""Memory used again for every frame: allocating three a call costs 6 ms of page faults over 1 ms of work."""

import math
import sys
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from effects.frame import Frame

_HEADROOM: Final = 1.3
"""Regions of a face change size with every frame: an arena is made a little larger than asked for."""
_HELD_BY_THE_POOL: Final = 3
"""References to a frame nobody else holds: the pool's list, the loop's variable, getrefcount's argument."""
_MOST_IDLE_FRAMES: Final = 6


class Buffers:
    """Scratch arrays by name, and whole frames that go back by themselves when nobody holds them any more.

    Not to be shared between threads. Each filter is given a `Buffers` of its own, made by `for_filter`, so
    that names need not differ between filters; frames come from one pool.
    """

    def __init__(self, pool: "FramePool | None" = None) -> None:
        self._pool = pool or FramePool()
        self._arenas: dict[tuple[str, np.dtype[Any]], npt.NDArray[Any]] = {}

    def for_filter(self) -> "Buffers":
        """Return scratch of its own over the same pool of frames."""
        return Buffers(self._pool)

    def scratch(self, name: str, shape: tuple[int, ...], dtype: npt.DTypeLike = np.uint8) -> npt.NDArray[Any]:
        """Return an array of this shape, its content undefined; the same name gives the same memory again."""
        key = (name, np.dtype(dtype))
        size = math.prod(shape)
        arena = self._arenas.get(key)
        if arena is None or arena.size < size:
            arena = self._arenas[key] = np.empty(int(size * _HEADROOM), dtype)
        return arena[:size].reshape(shape)

    def frame(self, shape: tuple[int, ...]) -> Frame:
        """Return a uint8 frame nobody holds, its content undefined; used again when no reference is left."""
        return self._pool.take(shape)

    def writable(self, frame: Frame) -> Frame:
        """Return this content in a frame that may be written: a copy only if the frame was handed in."""
        return self._pool.writable(frame)

    def begin(self, source: Frame) -> None:
        """Start on a new source frame: it is never written, even if another chain's pool made it."""
        self._pool.source = source


class FramePool:
    """Whole frames, used again when no reference is left; also what a view is taken of stays held."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []
        self.source: Frame | None = None

    def take(self, shape: tuple[int, ...]) -> Frame:
        """Return a uint8 array of this shape that nobody else holds."""
        for frame in self._frames:
            if frame.shape == shape and sys.getrefcount(frame) == _HELD_BY_THE_POOL:
                return frame
        frame = np.empty(shape, np.uint8)
        self._frames = [*self._frames[-_MOST_IDLE_FRAMES:], frame]
        return frame

    def writable(self, frame: Frame) -> Frame:
        """Return `frame` itself if it was taken from here for this picture, else a copy."""
        if frame is not self.source and any(frame is made for made in self._frames):
            return frame
        copy = self.take(frame.shape)
        np.copyto(copy, frame)
        return copy
