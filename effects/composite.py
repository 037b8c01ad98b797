"""Puts one picture over another by a mask, touching only where the mask is."""

import cv2
import numpy as np

from effects.buffers import Buffers
from effects.frame import Frame, Mask

Box = tuple[int, int, int, int]
"""Top, bottom, left, right: rows and columns as for slices."""


def composite(front: Frame, back: Frame, matte: Mask, buffers: Buffers) -> Frame:
    """Return a new frame: `front` where the mask is 255, `back` where it is 0, bit for bit; mixed between.

    All three have the same height and width.
    """
    result = buffers.frame(front.shape)
    np.copyto(result, back)
    top, bottom, left, right = box_of(matte)
    if bottom <= top or right <= left:
        return result
    part = np.s_[top:bottom, left:right]
    blend(front[part], back[part], matte[part], result[part], buffers)
    return result


def blend(front: Frame, back: Frame, matte: Mask, result: Frame, buffers: Buffers) -> None:
    """Write the mixture of two pictures into a third of the same size; `result` may be `back`."""
    shape = front.shape
    share = cv2.cvtColor(matte, cv2.COLOR_GRAY2BGR, dst=buffers.scratch("share", shape))
    rest = cv2.bitwise_not(share, dst=buffers.scratch("rest", shape))
    behind = cv2.multiply(back, rest, dst=rest, scale=1 / 255)
    before = cv2.multiply(front, share, dst=share, scale=1 / 255)
    cv2.add(before, behind, dst=result)


def box_of(matte: Mask) -> Box:
    """Return the box around all that is not 0; it is empty where all is."""
    rows, columns = np.flatnonzero(matte.max(1)), np.flatnonzero(matte.max(0))
    if not rows.size:
        return 0, 0, 0, 0
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
