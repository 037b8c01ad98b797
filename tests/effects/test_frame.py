"""What is no picture is refused by what it is; what is one passes as it is."""

import numpy as np
import pytest

from effects.frame import FrameError, checked


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (np.zeros((4, 4, 3), np.float32), "float32"),
        (np.zeros((4, 4), np.uint8), r"\(4, 4\)"),
        (np.zeros((4, 4, 4), np.uint8), r"\(4, 4, 4\)"),
        (np.zeros((0, 4, 3), np.uint8), "4x0"),
        (np.broadcast_to(np.zeros((1, 1, 3), np.uint8), (9000, 9000, 3)), "9000x9000"),
        (None, "NoneType"),
    ],
)
def test_a_frame_refuses_what_is_no_picture(wrong: object, told: str) -> None:
    with pytest.raises(FrameError, match=told):
        checked(wrong)


def test_a_picture_is_not_copied() -> None:
    frame = np.zeros((1, 1, 3), np.uint8)
    assert checked(frame) is frame


def test_a_picture_with_gaps_is_made_contiguous() -> None:
    frame = np.arange(96, dtype=np.uint8).reshape(4, 8, 3)[:, ::2]
    assert checked(frame).flags.c_contiguous
    assert np.array_equal(checked(frame), frame)
