"""The demo picture: a gently moving portrait, so that a machine without camera shows the product."""

import math
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from typing_extensions import override

from effects.buffers import FramePool
from studio.engine.media import Picture, VideoFrame
from studio.engine.sources.source import SourceError, VideoSource
from studio.project.project import Canvas

PORTRAIT: Final = Path(__file__).parents[3] / "resources" / "demo" / "portrait.jpg"

_FACE: Final = (0.44, 0.23)
_BODY: Final = ((0.43, 0.25, 0.17, 0.24), (0.38, 0.85, 0.36, 0.48))
"""Head and body as ellipses (centre and radii as shares of the picture); outside of them it is soft."""
_MARGIN: Final = 1.08
"""The picture is made larger than the canvas by this, so that no movement shows its edge."""
_WORK: Final = 0.5
"""Moved at half the canvas's size and enlarged: the portrait holds no more detail."""


class DemoPortrait(VideoSource):
    """Moves the portrait as a person breathing in front of a camera does; made on demand.

    Args:
        canvas: the size to draw.
        portrait: a picture file; another one takes the place of ours in tests.
    """

    def __init__(self, canvas: Canvas, portrait: Path = PORTRAIT) -> None:
        self._canvas = canvas
        self._width, self._height = round(canvas.width * _WORK), round(canvas.height * _WORK)
        self._portrait = portrait
        self._pool = FramePool()
        self._stage: Picture | None = None

    @override
    def open(self) -> None:
        picture = cv2.imread(str(self._portrait))
        if picture is None:
            raise SourceError(
                "file_unreadable",
                f"The demo picture {self._portrait} cannot be read. "
                "Install the program again, or choose another source.",
            )
        self._stage = _make_stage(np.asarray(picture, np.uint8), self._width, self._height)

    @override
    def close(self) -> None:
        self._stage = None

    @override
    def newest(self, at: float) -> VideoFrame | None:
        stage = self._stage
        if stage is None:
            return None
        small = self._pool.take((self._height, self._width, 3))
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        movement = self._movement(at, stage)
        cv2.warpAffine(stage, movement, (self._width, self._height), small, flags, cv2.BORDER_REPLICATE)
        image = self._pool.take((self._canvas.height, self._canvas.width, 3))
        cv2.resize(small, (self._canvas.width, self._canvas.height), image, interpolation=cv2.INTER_CUBIC)
        return VideoFrame(image, captured_at=at)

    def _movement(self, at: float, stage: Picture) -> "cv2.typing.MatLike":
        """Where each pixel comes from in the stage: a matrix of shape (2, 3)."""
        sway, breath = math.sin(math.tau * at / 11), math.sin(math.tau * at / 4)
        zoom = 1 + 0.015 * math.sin(math.tau * at / 7)
        angle = math.radians(0.5) * math.sin(math.tau * at / 9)
        a, b = math.cos(angle) * zoom, math.sin(angle) * zoom
        middle_x, middle_y = self._width / 2, self._height / 2
        x = stage.shape[1] / 2 + 0.010 * self._width * sway
        y = stage.shape[0] / 2 + 0.004 * self._height * breath
        return np.array(
            [[a, -b, x - a * middle_x + b * middle_y], [b, a, y - b * middle_x - a * middle_y]], np.float64
        )


def _make_stage(picture: Picture, canvas_width: int, canvas_height: int) -> Picture:
    """Crop the portrait around the face, a little larger than the canvas, with a soft background."""
    height, width = picture.shape[:2]
    scale = max(canvas_width / width, canvas_height / height) * _MARGIN
    crop_width, crop_height = canvas_width * _MARGIN / scale, canvas_height * _MARGIN / scale
    left = min(max(_FACE[0] * width - crop_width / 2, 0), width - crop_width)
    top = min(max(_FACE[1] * height - crop_height / 2, 0), height - crop_height)
    soft = _soften_background(picture)
    matrix = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]], np.float64)
    size = (round(canvas_width * _MARGIN), round(canvas_height * _MARGIN))
    stage = cv2.warpAffine(soft, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(stage, np.uint8)


def _soften_background(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    mask = np.zeros((height, width), np.float32)
    for x, y, radius_x, radius_y in _BODY:
        centre = (round(x * width), round(y * height))
        cv2.ellipse(mask, centre, (round(radius_x * width), round(radius_y * height)), 0, 0, 360, 1.0, -1)
    sharp = cv2.GaussianBlur(mask, (0, 0), width / 40)[:, :, np.newaxis]
    blurred = cv2.GaussianBlur(picture, (0, 0), width / 50).astype(np.float32)
    return (picture * sharp + blurred * (1 - sharp)).astype(np.uint8)
