"""A region of a frame, made smaller: face effects work there, and only what changes is added to the frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Frame, Mask
from effects.landmarks import Points

Changes = npt.NDArray[np.float32]
"""By how many levels luma, red and blue difference (YCrCb) change: float32 (3, height, width)."""
Weights = npt.NDArray[np.float32]
"""How much of each pixel takes part: float32 (height, width), 0 to 1."""

_NEUTRAL: Final = 128
_SMALLEST_PX: Final = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A region of a frame that is worked on at a smaller size.

    Attributes:
        rows: of the frame.
        columns: of the frame.
        scale: frame pixels per pixel here.
    """

    rows: slice
    columns: slice
    scale: int

    @classmethod
    def around(cls, points: Points, margin: float, frame: Frame, scale: int, unit: int) -> "Place | None":
        """Return the part of a frame around points, or None if there is almost none.

        Args:
            points: float32 (n, 2), in frame pixels.
            margin: added on every side, in frame pixels.
            frame: gives the size; not looked at.
            scale: frame pixels per pixel here.
            unit: height and width are multiples of so many frame pixels, itself a multiple of `scale`.
        """
        parts = []
        for axis, size in ((1, frame.shape[0]), (0, frame.shape[1])):
            start = max(int(points[:, axis].min() - margin) // unit * unit, 0)
            stop = min(-(-int(points[:, axis].max() + margin) // unit), size // unit) * unit
            if stop - start < _SMALLEST_PX:
                return None
            parts.append(slice(start, stop))
        return cls(parts[0], parts[1], scale)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width here."""
        rows, columns = self.rows, self.columns
        return (rows.stop - rows.start) // self.scale, (columns.stop - columns.start) // self.scale

    def smaller(self, times: int) -> "Place":
        """Return the same region, made smaller still."""
        return Place(self.rows, self.columns, self.scale * times)

    def points(self, points: Points) -> Points:
        """Return frame points in pixels here."""
        corner = np.array([self.columns.start, self.rows.start], np.float32)
        return np.asarray((points - corner) / self.scale, np.float32)

    def picture(self, frame: Frame, buffers: Buffers) -> Frame:
        """Return what the frame shows here as YCrCb, in scratch memory."""
        picture: Frame = buffers.scratch("picture", (*self.shape, 3))
        larger, scale = frame[self.rows, self.columns], self.scale
        while scale > 2 and scale % 2 == 0:  # halving is what `resize` does fastest
            height, width = larger.shape[0] // 2, larger.shape[1] // 2
            halved = buffers.scratch(f"picture {scale}", (height, width, 3))
            cv2.resize(larger, (width, height), dst=halved, interpolation=cv2.INTER_AREA)
            larger, scale = halved, scale // 2
        cv2.resize(larger, self.shape[::-1], dst=picture, interpolation=cv2.INTER_AREA)
        cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb, dst=picture)
        return picture

    def filled(self, shapes: Sequence[Points], mask: Mask) -> Mask:
        """Fill `mask` with 255 inside the polygons (frame points), 0 elsewhere; return it."""
        mask[:] = 0
        for shape in shapes:
            cv2.fillPoly(mask, [np.rint(self.points(shape) * 16).astype(np.int32)], (255,), cv2.LINE_AA, 4)
        return mask

    def add(self, changes: Changes, frame: Frame, buffers: Buffers) -> None:
        """Add changes to the frame, in place; where they are 0 it stays bit for bit.

        The frame keeps what is finer than the pixels here.
        """
        biased = buffers.scratch("biased", changes.shape)
        for change, channel in zip(changes, biased, strict=True):
            cv2.convertScaleAbs(change, dst=channel, beta=_NEUTRAL)
        merged = cv2.merge(list(biased), dst=buffers.scratch("merged", (*self.shape, 3)))
        # The conversion is linear and maps (128, 128, 128) to itself, so it turns changes into changes.
        cv2.cvtColor(merged, cv2.COLOR_YCrCb2BGR, dst=merged)
        region = frame[self.rows, self.columns]
        if self.scale > 1:
            size = region.shape[1], region.shape[0]
            merged = cv2.resize(merged, size, dst=buffers.scratch("large change", region.shape))
        cv2.addWeighted(region, 1, merged, 1, -_NEUTRAL, dst=region)


def enlarged(name: str, mask: Weights, strength: float, shape: tuple[int, ...], buffers: Buffers) -> Weights:
    """Return a mask in another size, times `strength`, in the scratch memory of this name."""
    large: Weights = buffers.scratch(name, shape, np.float32)
    cv2.resize(mask, shape[::-1], dst=large)
    np.multiply(large, np.float32(strength), out=large)
    return large


def box(side: float) -> tuple[int, int]:
    """Return the next odd size of a box filter from 3 on."""
    odd = max(3, int(side) | 1)
    return odd, odd


def square(side: float) -> npt.NDArray[np.uint8]:
    """Return the same for `dilate` and other morphology."""
    return np.ones(box(side), np.uint8)
