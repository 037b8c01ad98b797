"""Pixels move by exactly what the grid says, and those that do not are not touched."""

import cv2
import numpy as np
import pytest

from effects.buffers import Buffers
from effects.warp import Shifts, Warp

STEP = 8
SMOOTH = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (120, 160, 3), np.uint8), (0, 0), 4)


def grid(x: float, y: float) -> Shifts:
    """Return a grid whose middle moves and whose rim does not."""
    shifts = np.zeros((9, 12, 2), np.float32)
    shifts[3:6, 4:8] = (x, y)
    return shifts


def moved(warp: Warp, picture: "np.typing.NDArray[np.uint8]") -> "np.typing.NDArray[np.uint8]":
    after = picture.copy()
    warp.move(after, None, Buffers())
    return after


def test_without_a_shift_there_is_no_warp() -> None:
    assert not Warp(16, 24, STEP, grid(0, 0))


@pytest.mark.parametrize(("x", "y"), [(3, 0), (0, -2), (-1.5, 2.25)])
def test_each_pixel_comes_from_where_the_grid_says(x: float, y: float) -> None:
    warp = Warp(16, 24, STEP, grid(x, y))
    picture = np.asarray(SMOOTH, np.uint8)
    across, down = np.meshgrid(np.arange(160, dtype=np.float32), np.arange(120, dtype=np.float32))
    dense = np.zeros((120, 160, 2), np.float32)
    dense[24 : 24 + 72, 16 : 16 + 96] = cv2.resize(warp.shifts, (96, 72))
    expected = cv2.remap(picture, across + dense[..., 0], down + dense[..., 1], cv2.INTER_LINEAR)
    assert np.abs(moved(warp, picture).astype(int) - expected).max() <= 2  # maps of 1/32 pixel


def test_what_does_not_move_is_not_touched() -> None:
    warp = Warp(16, 24, STEP, grid(3, 2))
    picture = np.random.default_rng(2).integers(0, 255, (120, 160, 3), np.uint8)
    changed = (moved(warp, picture) != picture).any(-1)
    rows, columns = np.nonzero(changed)
    assert rows.min() >= 24 + 2 * STEP
    assert rows.max() < 24 + 7 * STEP
    assert columns.min() >= 16 + 3 * STEP
    assert columns.max() < 16 + 9 * STEP


def test_apart_moving_parts_are_moved_apart() -> None:
    shifts = np.zeros((20, 12, 2), np.float32)
    shifts[2:4, 2:4] = (2, 0)
    shifts[15:17, 7:9] = (0, 2)
    picture = np.random.default_rng(2).integers(0, 255, (200, 160, 3), np.uint8)
    changed = (moved(Warp(0, 0, STEP, shifts), picture) != picture).any(-1)
    assert changed[:40, :40].any()
    assert changed[110:150, 48:80].any()
    assert not changed[50:100].any()


def test_points_go_where_their_pixels_go() -> None:
    warp = Warp(16, 24, STEP, grid(3, 2))
    middle = np.array([[16 + 6 * STEP, 24 + 4 * STEP]], np.float32)
    assert np.allclose(warp.moved(middle), middle - (3, 2), atol=0.1)
    outside = np.array([[5, 5], [150, 110]], np.float32)
    assert np.array_equal(warp.moved(outside), outside)


def test_the_mask_goes_along() -> None:
    frame = np.asarray(SMOOTH, np.uint8).copy()
    matte = frame[..., 0].copy()
    Warp(16, 24, STEP, grid(3, 2)).move(frame, matte, Buffers())
    assert np.array_equal(frame[..., 0], matte)
