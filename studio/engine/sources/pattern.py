"""A test picture: moving colour bars, a clock for people and a time code for programs."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import cv2
import numpy as np
from typing_extensions import override

from effects.buffers import FramePool
from studio.engine.media import Picture, VideoFrame
from studio.engine.sources.source import VideoSource
from studio.engine.sources.time_code import draw_time_code
from studio.project.project import Canvas

TIME_CODE_SHARE: Final = 16
"""The time code takes one row in sixteen, at the top."""

_BARS: Final = (
    (191, 191, 191),
    (0, 191, 191),
    (191, 191, 0),
    (0, 191, 0),
    (191, 0, 191),
    (0, 0, 191),
    (191, 0, 0),
)
_SECONDS_A_ROUND: Final = 14
_WHITE: Final = (235, 235, 235)


class MovingPattern(VideoSource):
    """Made on demand at exactly the canvas's size, so it costs a copy and a few lines.

    Args:
        canvas: the size to draw.
        read_wall: seconds since 1970, shown and coded.
    """

    def __init__(self, canvas: Canvas, read_wall: Callable[[], float] = time.time) -> None:
        self._width, self._height = canvas.width, canvas.height
        self._read_wall = read_wall
        self._pool = FramePool()
        self._bars = _make_bars(canvas.width, canvas.height)

    @override
    def open(self) -> None:
        pass

    @override
    def newest(self, at: float) -> VideoFrame:
        image = self._pool.take((self._height, self._width, 3))
        shift = int(at / _SECONDS_A_ROUND * self._width) % self._width
        np.copyto(image, self._bars[:, shift : shift + self._width])
        wall = self._read_wall()
        self._draw_clock(image, wall)
        draw_time_code(image, int(wall * 1000), self._height // TIME_CODE_SHARE)
        return VideoFrame(image, captured_at=at)

    def _draw_clock(self, image: Picture, wall: float) -> None:
        text = datetime.fromtimestamp(wall, UTC).strftime("%H:%M:%S.") + f"{int(wall % 1 * 1000):03d}"
        scale = self._width / 400
        origin = (self._width // 16, self._height // 2)
        cv2.rectangle(
            image,
            (0, origin[1] - int(40 * scale)),
            (self._width, origin[1] + int(20 * scale)),
            (16, 16, 16),
            -1,
        )
        cv2.putText(
            image, text, origin, cv2.FONT_HERSHEY_SIMPLEX, scale, _WHITE, max(1, int(2 * scale)), cv2.LINE_AA
        )


def _make_bars(width: int, height: int) -> Picture:
    row = np.array([_BARS], np.uint8)
    once = cv2.resize(row, (width, 1), interpolation=cv2.INTER_NEAREST)
    twice = np.concatenate([once, once], axis=1)
    return np.ascontiguousarray(np.broadcast_to(twice, (height, width * 2, 3)))
