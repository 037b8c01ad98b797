"""Moving faces: the real clips where they were fetched, else the portrait set in motion."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np

from effects.frame import Frame

PORTRAIT: Final = Path(__file__).parents[1] / "data" / "astronaut.jpg"


def frames_of(folder: Path, size: tuple[int, int], count: int, clip: str = "talking_man") -> list[Frame]:
    """Return frames of a clip in `folder` if it is there, else of the moving portrait.

    Args:
        folder: where fetched files lie.
        size: width and height in pixels.
        count: how many at most.
        clip: name of the file without `.mp4`.
    """
    frames = read_clip(folder / f"{clip}.mp4", size, count)
    return frames or [moving_portrait(size, number / 30) for number in range(count)]


def read_clip(path: Path, size: tuple[int, int], count: int) -> list[Frame]:
    """Return the first frames of a video, enlarged to width and height; none if it is not there."""
    capture = cv2.VideoCapture(str(path))
    frames: list[Frame] = []
    while len(frames) < count:
        is_read, picture = capture.read()
        if not is_read:
            break
        frames.append(np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC), np.uint8))
    capture.release()
    return frames


def moving_portrait(size: tuple[int, int], time_s: float) -> Frame:
    """Return the portrait as it sways, nods and comes nearer: a 16:9 camera's view at this moment."""
    picture = cv2.imread(str(PORTRAIT))
    assert picture is not None
    width, height = size
    zoom = height / 512 * (1.1 + 0.08 * np.sin(time_s * 1.3))
    degrees = float(6 * np.sin(time_s * 1.7))
    turn = np.array(cv2.getRotationMatrix2D((224.0, 120.0), degrees, float(zoom)), np.float64)
    turn[:, 2] += np.array([width * (0.5 + 0.08 * np.sin(time_s * 2.1)), height * 0.33]) - (224.0, 120.0)
    moved = cv2.warpAffine(picture, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, np.uint8)
