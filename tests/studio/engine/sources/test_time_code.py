import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.sources.time_code import draw_time_code, read_time_code


@given(milliseconds=st.integers(0, 2**33), width=st.sampled_from([320, 720, 1280, 1918]))
def test_what_was_drawn_is_read(milliseconds: int, width: int) -> None:
    image = np.zeros((40, width, 3), np.uint8)
    draw_time_code(image, milliseconds, 40)
    assert read_time_code(image, 40) == milliseconds % 2**32


def test_a_time_code_survives_a_hard_compression() -> None:
    image = np.full((720, 1280, 3), 90, np.uint8)
    draw_time_code(image, 1_234_567_890, 45)
    small = cv2.resize(image, (640, 360))
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 15])
    decoded = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    assert read_time_code(decoded, 22) == 1_234_567_890


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_plain_picture_is_no_time_code(level: int) -> None:
    assert read_time_code(np.full((40, 720, 3), level, np.uint8), 40) is None


def test_a_wrong_bit_is_noticed() -> None:
    image = np.zeros((40, 720, 3), np.uint8)
    draw_time_code(image, 77, 40)
    image[:, 20 * 18 : 21 * 18] = 255 - image[:, 20 * 18 : 21 * 18]
    assert read_time_code(image, 40) is None
