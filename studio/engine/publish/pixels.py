"""Turns BGR pictures into the planes that encoders take, in all sizes, in buffers that are used again."""

import itertools
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from av.video.frame import VideoFrame as AvFrame

from studio.engine.media import Picture, VideoFrame

_BUFFERS: Final = 4  # an encoder in hardware may still read the last ones


@dataclass(frozen=True, slots=True, eq=False)
class PlanarPicture:
    """One picture in I420 (BT.601, limited range), in memory that is overwritten four pictures later.

    Attributes:
        planes: luma, then both chroma planes at half size: uint8 of shape (height * 3 / 2, width).
        captured_at: when it was taken, in seconds of the master clock.
    """

    planes: Picture
    captured_at: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, even."""
        rows, width = self.planes.shape
        return width, rows * 2 // 3


class PlanarConverter:
    """Converts BGR pictures of one size; used by one thread.

    Args:
        width: of the pictures in pixels, even.
        height: of the pictures in pixels, even.
    """

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._buffers = _buffers(width, height)

    def convert(self, frame: VideoFrame) -> PlanarPicture:
        """Convert one picture."""
        buffer = next(self._buffers)
        cv2.cvtColor(frame.image, cv2.COLOR_BGR2YUV_I420, dst=buffer)
        return PlanarPicture(buffer, frame.captured_at)


class PlanarScaler:
    """Makes pictures smaller; used by one thread.

    Args:
        width: of the small pictures in pixels, even.
        height: of the small pictures in pixels, even.
    """

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._buffers = _buffers(width, height)

    def scale(self, picture: PlanarPicture) -> PlanarPicture:
        """Scale one picture."""
        buffer = next(self._buffers)
        planes = zip(_planes(picture.planes, picture.size), _planes(buffer, self.size), strict=True)
        for source, target in planes:
            height, width = target.shape
            cv2.resize(source, (width, height), dst=target, interpolation=cv2.INTER_AREA)
        return PlanarPicture(buffer, picture.captured_at)


class AvFrames:
    """Hands pictures of one size to an encoder; used by one thread.

    Args:
        size: width and height of the pictures in pixels, even.
        pixels: `yuv420p` or `nv12`.
    """

    def __init__(self, size: tuple[int, int], pixels: str) -> None:
        self.size = size
        self._pixels = pixels
        self._interleaved = _buffers(*size) if pixels == "nv12" else None

    def make(self, picture: PlanarPicture) -> AvFrame:
        """Make a frame that shares the picture's memory, or in `nv12` that of a buffer of its own."""
        planes = picture.planes
        if self._interleaved is not None:
            planes = self._interleave(planes, next(self._interleaved))
        return AvFrame.from_numpy_buffer(planes, self._pixels)

    def _interleave(self, planes: Picture, target: Picture) -> Picture:
        width, height = self.size
        luma, chroma = width * height, width * height // 4
        planar, flat = planes.reshape(-1), target.reshape(-1)
        flat[:luma] = planar[:luma]
        flat[luma::2] = planar[luma : luma + chroma]
        flat[luma + 1 :: 2] = planar[luma + chroma :]
        return target


def _buffers(width: int, height: int) -> "itertools.cycle[Picture]":
    return itertools.cycle([np.empty((height * 3 // 2, width), np.uint8) for _ in range(_BUFFERS)])


def _planes(buffer: Picture, size: tuple[int, int]) -> list[Picture]:
    """View luma and both chroma planes, each of shape (height, width)."""
    width, height = size
    luma, chroma = width * height, width * height // 4
    flat = buffer.reshape(-1)
    parts = flat[:luma], flat[luma : luma + chroma], flat[luma + chroma :]
    shapes = (height, width), (height // 2, width // 2), (height // 2, width // 2)
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]
