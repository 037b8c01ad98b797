"""One picture over another: exact at both ends, even between, and only where the mask is."""

import numpy as np
import pytest

from effects.buffers import Buffers
from effects.composite import box_of, composite
from effects.frame import Frame


def pictures(shape: tuple[int, int]) -> tuple[Frame, Frame]:
    draw = np.random.default_rng(4)
    return (draw.integers(0, 256, (*shape, 3), np.uint8), draw.integers(0, 256, (*shape, 3), np.uint8))


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (64, 48), (241, 319)])
def test_ends_are_bit_for_bit(shape: tuple[int, int]) -> None:
    front, back = pictures(shape)
    assert np.array_equal(composite(front, back, np.full(shape, 255, np.uint8), Buffers()), front)
    assert np.array_equal(composite(front, back, np.zeros(shape, np.uint8), Buffers()), back)


def test_between_it_is_the_weighted_mean_to_a_level() -> None:
    front, back = pictures((64, 64))
    matte = np.random.default_rng(5).integers(0, 256, (64, 64), np.uint8)
    share = matte[..., None] / 255
    expected = front * share + back * (1 - share)
    assert np.abs(composite(front, back, matte, Buffers()) - expected).max() <= 1.01


def test_far_from_the_mask_nothing_is_computed_and_no_pixel_is_lost() -> None:
    front, back = pictures((200, 300))
    matte = np.zeros((200, 300), np.uint8)
    matte[101, 203] = matte[150, 151] = 255
    top, bottom, left, right = box_of(matte)
    assert top <= 101 < bottom - 1
    assert left <= 151
    assert right > 203
    assert (bottom - top) * (right - left) < 200 * 300 / 4
    result = composite(front, back, matte, Buffers())
    assert np.array_equal(result[101, 203], front[101, 203])
    assert np.array_equal(result[150, 151], front[150, 151])
    assert np.array_equal(result[:90], back[:90])


def test_neither_picture_is_written() -> None:
    front, back = pictures((20, 20))
    before = front.copy(), back.copy()
    composite(front, back, np.full((20, 20), 99, np.uint8), Buffers())
    assert np.array_equal(front, before[0])
    assert np.array_equal(back, before[1])
