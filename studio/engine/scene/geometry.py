"""Where a picture lies on the canvas: its crop, its box, and the matrix from one to the other."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studio.project.project import Crop, Fit, Transform

Matrix = npt.NDArray[np.float64]
Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    def rounded(self) -> "PixelBox":
        """Return the whole pixels that come nearest, at least one each way."""
        left, top = round(self.x), round(self.y)
        right, bottom = round(self.x + self.width), round(self.y + self.height)
        return PixelBox(left, top, max(1, right - left), max(1, bottom - top))


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A rectangle in whole pixels."""

    x: int
    y: int
    width: int
    height: int

    def within(self, size: Size) -> "PixelBox | None":
        """Return the part inside a canvas of this size; None when there is none."""
        left, top = max(0, self.x), max(0, self.y)
        right, bottom = min(size[0], self.x + self.width), min(size[1], self.y + self.height)
        return PixelBox(left, top, right - left, bottom - top) if right > left and bottom > top else None


@dataclass(frozen=True, slots=True)
class Placement:
    """Which part of a picture is drawn, and where: its box before rotation."""

    part: Box
    box: Box


def place(transform: Transform, picture: Size, canvas: Size) -> Placement:
    """Return where a picture of this size lies on a canvas of this size."""
    part = _cropped(transform.crop, picture)
    box = Box(
        transform.x * canvas[0],
        transform.y * canvas[1],
        transform.width * canvas[0],
        transform.height * canvas[1],
    )
    match transform.fit:
        case Fit.COVER:
            return Placement(_middle(part, box.width / box.height), box)
        case Fit.CONTAIN:
            return Placement(part, _middle(box, part.width / part.height))
        case Fit.STRETCH:
            return Placement(part, box)


def matrix(placement: Placement, transform: Transform) -> Matrix:
    """Return the matrix, (2, 3), from pixels of the picture to those of the canvas, as OpenCV counts them."""
    part, box = placement.part, placement.box
    across = box.width / part.width * (-1 if transform.is_mirrored else 1)
    down = box.height / part.height * (-1 if transform.is_upside_down else 1)
    angle = math.radians(transform.rotation)
    cos, sin = math.cos(angle), math.sin(angle)
    linear = np.array([[cos * across, -sin * down], [sin * across, cos * down]], np.float64)
    middle = np.array([part.x + part.width / 2, part.y + part.height / 2])
    target = np.array([box.x + box.width / 2, box.y + box.height / 2])
    half = np.array([0.5, 0.5])  # a pixel's number is that of its middle
    shift = target - linear @ (middle - half) - half
    return np.column_stack([linear, shift])


def bounds(box: Box, rotation: float) -> Box:
    """Return the upright rectangle around a box that is turned about its middle, in degrees."""
    angle = math.radians(rotation)
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    width, height = box.width * cos + box.height * sin, box.width * sin + box.height * cos
    return Box(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)


def _cropped(crop: Crop, picture: Size) -> Box:
    width, height = picture
    wide, high = width * (1 - crop.left - crop.right), height * (1 - crop.top - crop.bottom)
    return Box(width * crop.left, height * crop.top, max(wide, 1.0), max(high, 1.0))


def _middle(box: Box, shape: float) -> Box:
    """Return the largest part of a box that has this shape (width over height), in its middle."""
    width, height = min(box.width, box.height * shape), min(box.height, box.width / shape)
    return Box(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)
