import numpy as np
import pytest

from studio.engine.sources.pattern import TIME_CODE_SHARE, MovingPattern
from studio.engine.sources.source import VideoSource
from studio.engine.sources.time_code import read_time_code
from studio.project.project import Canvas

PORTRAIT, LANDSCAPE = Canvas(width=720, height=1280), Canvas(width=1280, height=720)


def image_at(source: VideoSource, at: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    frame = source.newest(at)
    assert frame is not None
    assert frame.captured_at == at
    assert frame.image.flags.c_contiguous
    return frame.image


@pytest.mark.parametrize("canvas", [PORTRAIT, LANDSCAPE])
def test_the_pattern_fills_the_canvas_and_codes_the_time(canvas: Canvas) -> None:
    pattern = MovingPattern(canvas, read_wall=lambda: 1_700_000_000.123)
    pattern.open()
    image = image_at(pattern, 5.0)
    assert image.shape == (canvas.height, canvas.width, 3)
    assert read_time_code(image, canvas.height // TIME_CODE_SHARE) == 1_700_000_000_123 % 2**32


def test_the_pattern_moves() -> None:
    pattern = MovingPattern(PORTRAIT, read_wall=lambda: 0.0)
    assert not np.array_equal(image_at(pattern, 1.0), image_at(pattern, 2.0))


def test_pictures_that_are_still_held_are_not_written_again() -> None:
    pattern = MovingPattern(PORTRAIT, read_wall=lambda: 0.0)
    held = image_at(pattern, 0.0)
    before = held.copy()
    for number in range(1, 10):
        image_at(pattern, float(number))
    assert np.array_equal(held, before)
