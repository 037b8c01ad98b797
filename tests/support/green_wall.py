"""A person before an unevenly lit green wall, with noise and spill; how much of a pixel is whose is known."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from effects.frame import Frame

GREEN = (70.0, 190.0, 60.0)


@dataclass(frozen=True, eq=False)
class GreenWall:
    """The scene: what the camera sees, and how much of each pixel is the person (float32, 0 to 1)."""

    frame: Frame
    truth: npt.NDArray[np.float32]


def green_wall(
    person: Frame, truth: npt.NDArray[np.float32], wall: tuple[float, float, float] = GREEN
) -> GreenWall:
    """Put a person before a wall of this colour (BGR); sigma 3 of noise, up to 14 levels of spill."""
    height, width = truth.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    light = (0.65 + 0.35 * np.cos((columns - width * 0.4) / width * 2.2)) * (0.8 + 0.2 * rows / height)
    behind = light[..., None] * np.array(wall, np.float32)
    spill = (
        cv2.GaussianBlur(1 - truth, (0, 0), 12)[..., None]
        * (np.array(wall, np.float32) / max(wall) > 0.9)
        * 14
    )
    share = truth[..., None]
    noise = np.random.default_rng(1).normal(0, 3, (height, width, 3))
    seen = (person + spill) * share + behind * (1 - share) + noise
    return GreenWall(np.clip(seen, 0, 255).astype(np.uint8), truth)


def squared_error(matte: npt.NDArray[np.uint8], truth: npt.NDArray[np.float32]) -> float:
    """Return the mean squared error of a mask, 0 to 1."""
    return float(np.mean((matte.astype(np.float32) / 255 - truth) ** 2))
