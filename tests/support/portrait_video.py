"""A person before a background full of edges, as a camera held upright would film her."""

import math
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np

PORTRAIT: Final = Path(__file__).parents[1] / "effects" / "data" / "astronaut.jpg"
WIDTH, HEIGHT = 720, 1280
FPS: Final = 30
_SWAY: Final = 14
"""How far she moves to each side, in pixels of the video."""


def make_portrait_video(path: Path, *, seconds: float = 4.0) -> Path:
    """Write an H.264 video without sound that can be repeated without a jump; the flag is on its left."""
    picture = cv2.imread(str(PORTRAIT))
    assert picture is not None
    scale = HEIGHT / picture.shape[0]
    frames = round(seconds * FPS)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "crf": "20"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(frames):
            left = 60 * scale + _SWAY * math.sin(math.tau * number / frames)
            matrix = np.array([[scale, 0, -left], [0, scale, 0]], np.float64)
            image = cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC)
            frame = av.VideoFrame.from_ndarray(np.asarray(image, np.uint8), "bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
