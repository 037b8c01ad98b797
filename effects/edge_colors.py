"""Gives the person's edge its own colour before another background, and makes the mask finer by it.

On both sides of the edge colours are gathered by weighted box sums in the quarter picture; from them follow
what share of each pixel is the person's, and which colour that share has (after Forte and Pitié, 2021).
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Frame, Mask

Plane = npt.NDArray[np.float32]
"""float32 (h, w), or (h, w, 4): blue, green, red, and variance of luma."""
Columns = npt.NDArray[np.float32]
"""One row a cell: float32 (cells, n)."""

_CELL: Final = 4
"""Pixels of the frame along a side of one of the quarter picture's."""
_AT_ONCE: Final = 512
"""Cells solved together: what they take is small enough to be allocated without new pages."""
_UNKNOWN: Final = 1e6
"""Variance of a side of which nothing sure is near."""
_LUMA: Final = np.array([[0.114, 0.587, 0.299, 0]], np.float32)
_SURE: Final = (16, 239)
"""Levels of the mask up to which background, and from which person is sure."""
_NEAR: Final = 3
_FAR: Final = 19
"""Sides of the boxes in which colours are gathered, in an eighth of the frame's size; the far one counts
where the near one finds nothing sure."""
_HAIR_NEAR: Final = 15
"""Side of the box, in the quarter picture, in which hair is near."""
_FAR_COUNTS: Final = 0.03
_REACH: Final = 5
"""Side of the box by which the band is wider than the mask's own soft edge: wisps end outside of it."""
_NOISE: Final = 4000.0
"""Squared distance of both colours (all channels) at which they tell half of what they could."""
_SPREAD: Final = 10.0
"""By how much of the luma's variances on both sides that grows: in patterns colours tell less."""
_FEW: Final = 20.0
"""What the same grows by the fewer sure pixels are near: no steps where they come to an end."""
_NONE, _ALL = 0.12, 0.92
"""Shares of the person's colour that count as none and all: shadows on a wall are no wisps."""
_BALD: Final = 0.25
"""How much colours are trusted where there is no hair: skin and cloth end sharply."""


@dataclass(frozen=True, slots=True)
class _Band:
    """The cells of the quarter picture in which the edge is.

    Attributes:
        down: row of each cell.
        across: column of each.
        soft: how much the mask is in doubt there, 0 to 1.
        ours: the person's colour and its variance near each, float32 (cells, 4).
        theirs: the background's.
    """

    down: npt.NDArray[np.intp]
    across: npt.NDArray[np.intp]
    soft: Columns
    ours: Columns
    theirs: Columns

    def part(self, which: slice) -> "_Band":
        """Return some of the cells."""
        colors = (self.soft[which], self.ours[which], self.theirs[which])
        return _Band(self.down[which], self.across[which], *colors)


class EdgeColors:
    """Works on one frame; keeps memory, but none of frames. Belongs to one thread."""

    def __init__(self, buffers: Buffers) -> None:
        """Take scratch of its own."""
        self._buffers = buffers

    def refine(self, frame: Frame, matte: Mask, quarter: Frame, hair: Plane | None) -> None:
        """Give the frame the person's own colour where the mask is soft, and make the mask finer: in place.

        Args:
            frame: BGR uint8, written.
            matte: of the frame's size, written.
            quarter: BGR uint8, the frame at a quarter of its size (rounded down).
            hair: where hair is, 0 to 1, of any size; None where that is not known.
        """
        if min(frame.shape[:2]) < _CELL:
            return
        band = self._band(matte, quarter, hair)
        if band is None:
            return
        rows, columns = quarter.shape[:2]
        seen, known = _cells(frame, rows, columns, "V12"), _cells(matte, rows, columns, "V4")
        for start in range(0, len(band.down), _AT_ONCE):
            part = band.part(slice(start, start + _AT_ONCE))
            lines = (_CELL * part.down)[:, None] + np.arange(_CELL)
            place = lines, part.across[:, None]
            seen[place], known[place] = _solved(seen[place], known[place], part)

    def _band(self, matte: Mask, quarter: Frame, hair: Plane | None) -> _Band | None:
        rows, columns = quarter.shape[:2]
        small = self._small(matte, columns, rows)
        prior = cv2.blur(small, (_REACH, _REACH), dst=self._buffers.scratch("prior", small.shape))
        inside = cv2.inRange(prior, 4, 251, dst=self._buffers.scratch("band", small.shape))
        if not cv2.countNonZero(inside):
            return None
        planes = self._planes(quarter)
        _, ours = cv2.threshold(small, _SURE[1] - 1, 255, cv2.THRESH_BINARY)
        _, theirs = cv2.threshold(small, _SURE[0], 255, cv2.THRESH_BINARY_INV)
        sides = [
            self._side(planes, np.asarray(sure, np.uint8), name)
            for sure, name in ((ours, "ours"), (theirs, "theirs"))
        ]
        cells = np.flatnonzero(inside)
        down, across = np.divmod(cells, columns)
        level = prior.reshape(-1)[cells].astype(np.float32) * np.float32(1 / 255)
        soft = np.minimum(5 * level * (1 - level), 1)
        if hair is not None:
            soft *= self._freedom(hair, (columns, rows)).reshape(-1)[cells]
        sides = [each.reshape(-1, 4)[cells] for each in sides]
        return _Band(down, across, np.asarray(soft, np.float32), sides[0], sides[1])

    def _small(self, matte: Mask, columns: int, rows: int) -> Mask:
        halved = self._buffers.scratch("matte half", (2 * rows, 2 * columns))
        small: Mask = self._buffers.scratch("matte quarter", (rows, columns))
        cv2.resize(matte, halved.shape[::-1], dst=halved, interpolation=cv2.INTER_AREA)
        cv2.resize(halved, (columns, rows), dst=small, interpolation=cv2.INTER_AREA)
        return small

    def _planes(self, quarter: Frame) -> Plane:
        """Return blue, green, red, and the square of luma, at half the quarter picture's size."""
        scratch, shape = self._buffers.scratch, _half(quarter.shape)
        eighth = scratch("eighth", (*shape, 3))
        cv2.resize(quarter, shape[::-1], dst=eighth, interpolation=cv2.INTER_AREA)
        gray = cv2.cvtColor(eighth, cv2.COLOR_BGR2GRAY, dst=scratch("gray", shape))
        square = np.multiply(gray, gray, out=scratch("luma squared", shape, np.float32), dtype=np.float32)
        colors = scratch("colors", eighth.shape, np.float32)
        np.copyto(colors, eighth)
        planes: Plane = scratch("planes", (*shape, 4), np.float32)
        cv2.mixChannels([colors, square], [planes], [0, 0, 1, 1, 2, 2, 3, 3])
        return planes

    def _side(self, planes: Plane, sure: Mask, name: str) -> Plane:
        """Return mean colour, and variance of luma, of the sure pixels around each, of the size of `sure`."""
        scratch, shape = self._buffers.scratch, planes.shape[:2]
        eroded = cv2.erode(sure, np.ones((3, 3), np.uint8), dst=scratch("eroded", sure.shape))
        whole = cv2.resize(eroded, shape[::-1], dst=scratch("whole", shape), interpolation=cv2.INTER_AREA)
        weight = scratch("weight", shape, np.float32)
        np.copyto(weight, cv2.threshold(whole, 254, 1, cv2.THRESH_BINARY, dst=whole)[1])
        four = cv2.merge([weight] * 4, dst=scratch("weights", planes.shape, np.float32))
        total = cv2.multiply(planes, four, dst=scratch("total", planes.shape, np.float32))
        mean = self._gathered(np.asarray(total, np.float32), "mean")
        count = self._gathered(weight, "count")
        np.maximum(count, np.float32(1e-4), out=weight)
        cv2.divide(mean, cv2.merge([weight] * 4, dst=four), dst=mean)
        luma = cv2.transform(mean, _LUMA, dst=scratch("luma", shape, np.float32))
        variance = mean[..., 3]
        np.subtract(variance, np.multiply(luma, luma, out=luma), out=variance)
        np.maximum(variance, 0, out=variance)
        np.add(count, np.float32(1e-3), out=weight)
        variance += np.divide(np.float32(_FEW), weight, out=weight)
        np.copyto(variance, np.float32(_UNKNOWN), where=count < 1e-3)
        large: Plane = scratch(name, (*sure.shape, 4), np.float32)
        cv2.resize(mean, sure.shape[::-1], dst=large)
        return large

    def _gathered(self, plane: Plane, name: str) -> Plane:
        """Return the sums of a plane around each pixel: nearby, and a little of what is further away."""
        near: Plane = self._buffers.scratch(name, plane.shape, np.float32)
        wide = self._buffers.scratch("wide", plane.shape, np.float32)
        cv2.blur(plane, (_FAR, _FAR), dst=wide)
        cv2.blur(plane, (_NEAR, _NEAR), dst=near)
        cv2.blur(near, (_NEAR, _NEAR), dst=near)
        cv2.addWeighted(near, 1, wide, _FAR_COUNTS, 0, dst=near)
        return near

    def _freedom(self, hair: Plane, size: tuple[int, int]) -> Plane:
        """Return how far colours are trusted: wholly near hair, less elsewhere."""
        shape = size[::-1]
        large = cv2.resize(hair, size, dst=self._buffers.scratch("hair", shape, np.float32))
        freedom: Plane = self._buffers.scratch("freedom", shape, np.float32)
        cv2.dilate(large, np.ones((_HAIR_NEAR, _HAIR_NEAR), np.uint8), dst=freedom)
        np.multiply(freedom, np.float32(2), out=freedom)
        np.clip(freedom, np.float32(_BALD), np.float32(1), out=freedom)
        return freedom


def _half(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return half of a height and width, at least a pixel."""
    return max(1, shape[0] // 2), max(1, shape[1] // 2)


def _solved(
    seen: npt.NDArray[np.void], known: npt.NDArray[np.void], band: _Band
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.void]]:
    """Return own colour and mask of cells, as they come: four lines of four pixels each."""
    count, white = len(known), np.float32(255)
    # Channel, then pixel of the cell, then cell: numpy is quick along the last.
    pixels = np.ascontiguousarray(seen.view(np.uint8).reshape(count, -1, 3).T, np.float32)
    before = np.ascontiguousarray(known.view(np.uint8).reshape(count, -1).T, np.float32) / white
    ours, theirs = np.ascontiguousarray(band.ours.T), np.ascontiguousarray(band.theirs.T)
    apart = ours[:3] - theirs[:3]
    distance = (apart * apart).sum(0)
    way = apart / np.maximum(distance, 1)
    share = sum(pixel * each for pixel, each in zip(pixels, way, strict=True)) - (theirs[:3] * way).sum(0)
    alpha = np.clip((share - np.float32(_NONE)) * np.float32(1 / (_ALL - _NONE)), 0, 1) - before
    alpha *= distance / (distance + _NOISE + _SPREAD * (ours[3] + theirs[3])) * band.soft
    alpha += before
    known_sides = ((ours[3] < _UNKNOWN / 2) & (theirs[3] < _UNKNOWN / 2)).astype(np.float32)
    rest = (1 - alpha) * known_sides
    for channel, (color, difference) in enumerate(zip(ours[:3], apart, strict=True)):
        own = alpha * difference + color - pixels[channel]  # F' + a (F' - B') - I
        pixels[channel] += rest * own  # which gives F' + a (I - a F' - (1 - a) B')
    own_colors = np.clip(pixels, 0, 255, out=pixels).astype(np.uint8)
    fine = (alpha * white + np.float32(0.5)).astype(np.uint8)
    return (
        np.ascontiguousarray(own_colors.T).reshape(count, _CELL, -1).view("V12")[..., 0],
        np.ascontiguousarray(fine.T).view("V4"),
    )


def _cells(array: npt.NDArray[np.uint8], rows: int, columns: int, kind: str) -> npt.NDArray[np.void]:
    """Return a view of a contiguous array as lines of four pixels: (4 rows, columns) of `kind`."""
    strides = array.strides[0], np.dtype(kind).itemsize
    return np.ndarray((rows * _CELL, columns), np.dtype(kind), array, strides=strides)
