"""Pictures to stand behind the person, drawn by ourselves at any size."""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.files.frames import Size
from effects.frame import Frame

Plane = npt.NDArray[np.float32]


def _grid(size: Size) -> tuple[Plane, Plane]:
    """Return the places of all pixels across and down, 0 to 1."""
    across, down = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    return across.astype(np.float32), down.astype(np.float32)


def _mixed(share: Plane, first: tuple[int, int, int], second: tuple[int, int, int]) -> Plane:
    colors = np.array([first, second], np.float32)
    return np.asarray(colors[0] + share[..., None] * (colors[1] - colors[0]), np.float32)


def _finished(picture: Plane) -> Frame:
    """Return uint8 with a little grain: smooth gradients would band in the encoder."""
    grain = np.random.default_rng(7).normal(0, 0.8, picture.shape[:2])[..., None]
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def draw_studio(size: Size) -> Frame:
    """Draw a warm grey wall with a pool of light, and the floor before it."""
    across, down = _grid(size)
    light = np.exp(-((across - 0.5) ** 2 / 0.12 + (down - 0.38) ** 2 / 0.16))
    wall = _mixed(light, (150, 156, 164), (226, 231, 238))
    floor = _mixed(np.clip((down - 0.8) / 0.2, 0, 1), (176, 182, 190), (128, 134, 144))
    step = 1 / (1 + np.exp(-(down - 0.8) * 60))
    return _finished(wall + step[..., None] * (floor - wall))


def draw_dawn(size: Size) -> Frame:
    """Draw a sky from rose to pale gold."""
    across, down = _grid(size)
    sky = _mixed(np.clip(down + 0.12 * np.sin(across * 3.0), 0, 1), (196, 158, 214), (168, 214, 250))
    sun = np.exp(-((across - 0.72) ** 2 + (down - 0.62) ** 2) / 0.05)
    return _finished(sky + sun[..., None] * np.array([34, 30, 6], np.float32))


def draw_lights(size: Size) -> Frame:
    """Draw a shop at night far out of focus: soft discs of light over dark wine red."""
    _, down = _grid(size)
    picture = _mixed(down, (52, 30, 58), (26, 16, 34))
    draw = np.random.default_rng(11)
    shape = np.zeros((size[1], size[0], 3), np.float32)
    hues = ((120, 190, 255), (150, 130, 255), (220, 170, 120), (140, 220, 235))
    for number in range(46):
        center = (int(draw.random() * size[0]), int(draw.random() ** 1.4 * size[1]))
        radius = int((0.02 + 0.06 * draw.random()) * min(size))
        disc = np.zeros_like(shape)
        cv2.circle(disc, center, max(1, radius), tuple(hues[number % 4]), -1, cv2.LINE_AA)
        shape += disc * np.float32(0.10 + 0.22 * draw.random())
    soft = cv2.GaussianBlur(shape, (0, 0), max(0.5, min(size) / 240))
    return _finished(picture + soft)


def draw_window(size: Size) -> Frame:
    """Draw a cream wall with the light of a window falling across it."""
    across, down = _grid(size)
    wall = _mixed(down, (206, 224, 236), (176, 198, 216))
    slant = across + 0.45 * down
    panes = sum(_band(slant, start, start + 0.15) for start in (0.50, 0.68, 0.86))
    rows = _band(down - 0.15 * across, 0.02, 0.30) + _band(down - 0.15 * across, 0.33, 0.62)
    light = cv2.GaussianBlur(np.asarray(panes * rows, np.float32), (0, 0), max(0.5, min(size) / 110))
    return _finished(wall + np.asarray(light)[..., None] * np.array([22, 34, 40], np.float32))


def _band(place: Plane, start: float, end: float) -> Plane:
    return ((place > start) & (place < end)).astype(np.float32)


DRAWN: Final[dict[str, tuple[str, Callable[[Size], Frame]]]] = {
    "studio": ("Studio", draw_studio),
    "dawn": ("Dawn", draw_dawn),
    "lights": ("Evening lights", draw_lights),
    "window": ("By the window", draw_window),
}
"""Pictures of our own: name → English label and how it is drawn at a size."""
