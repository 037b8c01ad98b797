"""Turns BGR pictures into the planes that encoders take, in buffers that are used again."""

import itertools
from typing import Final

import cv2
import numpy as np
from av.video.frame import VideoFrame as AvFrame

from studio.engine.media import Picture

_BUFFERS: Final = 4  # an encoder in hardware may still read the last ones


class PixelConverter:
    """Converts pictures of one size; used by one thread.

    The frames share memory with the buffers: each is overwritten four pictures later.

    Args:
        width: of the pictures in pixels, even.
        height: of the pictures in pixels, even.
        pixels: `yuv420p` or `nv12`; BT.601, limited range.
    """

    def __init__(self, width: int, height: int, pixels: str) -> None:
        self.size = (width, height)
        self._pixels = pixels
        shape = (height * 3 // 2, width)
        self._buffers = itertools.cycle([np.empty(shape, np.uint8) for _ in range(_BUFFERS)])
        self._planar = np.empty(shape, np.uint8)

    def convert(self, image: Picture) -> AvFrame:
        """Convert one picture."""
        buffer = next(self._buffers)
        if self._pixels == "yuv420p":
            cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420, dst=buffer)
        else:
            cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420, dst=self._planar)
            self._interleave(buffer)
        return AvFrame.from_numpy_buffer(buffer, self._pixels)

    def _interleave(self, buffer: Picture) -> None:
        width, height = self.size
        luma, chroma = width * height, width * height // 4
        planar, target = self._planar.reshape(-1), buffer.reshape(-1)
        target[:luma] = planar[:luma]
        target[luma::2] = planar[luma : luma + chroma]
        target[luma + 1 :: 2] = planar[luma + chroma :]
