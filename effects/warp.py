"""Moves the pixels of a part of a frame by shifts on a coarse grid; where none moves, none is touched."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Frame, Mask
from effects.landmarks import Points

Shifts = npt.NDArray[np.float32]
"""x and y in pixels: float32 (…, 2)."""
Cells = tuple[slice, slice]
"""Rows and columns of a grid."""

_BAND: Final = 6
"""What moves is cut into bands of so many rows of cells, and these into runs: an outline is not a box."""


class Warp:
    """Shifts of cells of `step` pixels: how far away each pixel there comes from; elsewhere nothing moves."""

    def __init__(self, left: int, top: int, step: int, shifts: Shifts) -> None:
        """Take the shifts, float32 (rows, columns, 2), of cells from the frame's pixel (left, top) on.

        The cells lie within the frame, and the outermost do not move.
        """
        self.step = step
        self.shifts = shifts
        self._corner = np.array([left, top], np.float32)
        self._left, self._top = left, top
        self._parts = _parts(np.any(shifts, axis=-1))

    def __bool__(self) -> bool:
        """Say whether anything moves."""
        return bool(self._parts)

    def moved(self, points: Points) -> Points:
        """Return where points of the frame come to lie, float32 (n, 2)."""
        result = points
        for _ in range(2):  # what lies at q comes from q + shift(q): twice is exact to a tenth of a pixel
            at = ((result - self._corner + 0.5) / self.step - 0.5).astype(np.float32)
            shifts = cv2.remap(
                self.shifts,
                at[:, None, 0],
                at[:, None, 1],
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
            )
            result = np.asarray(points - shifts[:, 0], np.float32)
        return result

    def move(self, frame: Frame, matte: Mask | None, buffers: Buffers) -> None:
        """Move the pixels of a frame and of its mask, in place."""
        rows, columns, _ = self.shifts.shape
        bottom, right = self._top + rows * self.step, self._left + columns * self.step
        area = np.s_[self._top : bottom, self._left : right]
        before = [
            None if picture is None else (picture[area], _copied(picture[area], f"before {number}", buffers))
            for number, picture in enumerate((frame, matte))
        ]
        positions = self._positions()
        for part in self._parts:
            where, fraction = self._maps(positions, part, buffers)
            target = tuple(slice(cells.start * self.step, cells.stop * self.step) for cells in part)
            for pair in before:
                if pair is not None:
                    after, source = pair
                    cv2.remap(source, where, fraction, cv2.INTER_LINEAR, after[target], cv2.BORDER_REPLICATE)

    def _positions(self) -> Shifts:
        """Return where the middles of cells come from, in pixels of the area, with one more cell around."""
        rows, columns, _ = self.shifts.shape
        positions = np.pad(self.shifts, ((1, 1), (1, 1), (0, 0)))
        positions[..., 0] += (np.arange(-1, columns + 1, dtype=np.float32) + 0.5) * self.step - 0.5
        positions[..., 1] += ((np.arange(-1, rows + 1, dtype=np.float32) + 0.5) * self.step - 0.5)[:, None]
        return positions

    def _maps(
        self, positions: Shifts, part: Cells, buffers: Buffers
    ) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.uint16]]:
        """Return a part's positions as OpenCV's fixed-point maps: a third cheaper to apply than float32."""
        around = positions[part[0].start : part[0].stop + 2, part[1].start : part[1].stop + 2]
        height, width = (size * self.step for size in around.shape[:2])
        dense = buffers.scratch("dense", (height, width, 2), np.float32)
        cv2.resize(np.ascontiguousarray(around), (width, height), dst=dense)
        dense = dense[self.step : -self.step, self.step : -self.step]
        where = buffers.scratch("where", dense.shape, np.int16)
        fraction = buffers.scratch("fraction", dense.shape[:2], np.uint16)
        cv2.convertMaps(dense, np.empty(0, np.float32), cv2.CV_16SC2, where, fraction)
        return where, fraction


def _copied(part: Frame, name: str, buffers: Buffers) -> Frame:
    copy = buffers.scratch(name, part.shape)
    np.copyto(copy, part)
    return copy


def _parts(moving: npt.NDArray[np.bool_]) -> tuple[Cells, ...]:
    """Return rectangles of cells that cover all that move, and those beside: between, it is interpolated."""
    grown = cv2.dilate(moving.astype(np.uint8), np.ones((3, 3), np.uint8))
    parts = []
    rows = np.flatnonzero(grown.any(1))
    for top in range(int(rows[0]), int(rows[-1]) + 1, _BAND) if rows.size else ():
        bottom = min(top + _BAND, int(rows[-1]) + 1)
        edges = np.diff(grown[top:bottom].any(0).astype(np.int8), prepend=0, append=0)
        runs = zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
        parts += [(slice(top, bottom), slice(int(start), int(stop))) for start, stop in runs]
    return tuple(parts)
