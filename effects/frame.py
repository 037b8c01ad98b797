"""What a picture and a mask are in this package, and how one from outside is checked."""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Frame: TypeAlias = npt.NDArray[np.uint8]
"""A picture: uint8, (height, width, 3), blue-green-red, contiguous; never written where it was handed in."""

Mask: TypeAlias = npt.NDArray[np.uint8]
"""How much of each pixel belongs: uint8, (height, width), 0 not at all to 255 wholly."""

MOST_PIXELS: Final = 8192 * 8192
"""No camera gives more; a larger array is a mistake that would fill the memory."""


class FrameError(ValueError):
    """Not a picture; the text says what was expected and what came."""


def checked(frame: object) -> Frame:
    """Return `frame` as a contiguous BGR picture, copied only where it was not contiguous.

    Raises:
        FrameError: it is not a uint8 array of (height, width, 3) with 1 to 67 million pixels.
    """
    if not isinstance(frame, np.ndarray) or frame.dtype != np.uint8:
        came = getattr(frame, "dtype", type(frame).__name__)
        raise FrameError(f"expected a uint8 array, got {came}")
    if frame.ndim != 3 or frame.shape[2] != 3:
        raise FrameError(f"expected (height, width, 3), got {frame.shape}")
    if not 0 < frame.shape[0] * frame.shape[1] <= MOST_PIXELS:
        raise FrameError(f"expected 1 to {MOST_PIXELS} pixels, got {frame.shape[1]}x{frame.shape[0]}")
    return np.ascontiguousarray(frame)
