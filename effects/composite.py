"""Puts one picture over another by a mask, touching only where the mask is."""

from typing import Final

import cv2
import numpy as np

from effects.buffers import Buffers
from effects.frame import Frame, Mask

_MARGIN: Final = 8


def composite(front: Frame, back: Frame, matte: Mask, buffers: Buffers) -> Frame:
    """Return a new frame: `front` where the mask is 255, `back` where it is 0, bit for bit; mixed between.

    All three have the same height and width.
    """
    result = buffers.frame(front.shape)
    np.copyto(result, back)
    top, bottom, left, right = box_of(matte, buffers)
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
    np.copyto(result, cv2.add(before, behind, dst=before))


def box_of(matte: Mask, buffers: Buffers) -> tuple[int, int, int, int]:
    """Return top, bottom, left, right of all that is not 0, with some margin: rows, columns as for slices."""
    height, width = matte.shape
    small = max(1, width // 4), max(1, height // 4)
    coarse = cv2.resize(
        matte, small, dst=buffers.scratch("coarse", small[::-1]), interpolation=cv2.INTER_AREA
    )
    left, top, across, down = (value * 4 for value in cv2.boundingRect(coarse))
    if not across:
        return 0, 0, 0, 0
    return (
        max(0, top - _MARGIN),
        min(height, top + down + _MARGIN),
        max(0, left - _MARGIN),
        min(width, left + across + _MARGIN),
    )
