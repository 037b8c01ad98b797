"""Media files for tests, made on the spot."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from studio.engine.sources.time_code import draw_time_code

RATE = 48_000
CODE_HEIGHT = 20
_SAMPLES_A_FRAME = 1024


def make_video(
    path: Path,
    *,
    seconds: float = 2.0,
    fps: int = 30,
    size: tuple[int, int] = (320, 180),
    tone_hertz: int | None = None,
) -> Path:
    """Write a video whose pictures carry their own number as a time code, with a tone or without sound.

    Args:
        path: where to; the name's end says the container, such as `.mp4`.
        seconds: how long.
        fps: pictures a second.
        size: width and height.
        tone_hertz: the tone's pitch; None: no sound at all.
    """
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=fps)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.bit_rate = 4_000_000
        audio = container.add_stream("aac", rate=RATE, layout="stereo") if tone_hertz else None
        for number in range(round(seconds * fps)):
            image = np.full((size[1], size[0], 3), 128, np.uint8)
            draw_time_code(image, number, CODE_HEIGHT)
            container.mux(video.encode(av.VideoFrame.from_ndarray(image, "bgr24")))
        container.mux(video.encode())
        if audio is not None and tone_hertz is not None:
            for frame in _tone(seconds, tone_hertz):
                container.mux(audio.encode(frame))
            container.mux(audio.encode())
    return path


def _tone(seconds: float, hertz: int) -> list[av.AudioFrame]:
    wave = np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi * hertz / RATE).astype(np.float32) * 0.3
    frames = []
    for begin in range(0, len(wave) - _SAMPLES_A_FRAME + 1, _SAMPLES_A_FRAME):
        part = np.tile(wave[begin : begin + _SAMPLES_A_FRAME], (2, 1))
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
        frames.append(frame)
    return frames
