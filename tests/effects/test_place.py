"""What is added to a part of a frame is exactly that, and nothing where it is nothing."""

import cv2
import numpy as np
import pytest

from effects.buffers import Buffers
from effects.place import Place, box, enlarged

FRAME = np.random.default_rng(1).integers(0, 255, (90, 120, 3), np.uint8)
PLACE = Place(slice(20, 60), slice(40, 100), 2)


def added(luma: float, red: float, blue: float, place: Place = PLACE) -> "np.typing.NDArray[np.int16]":
    frame = np.full((90, 120, 3), 100, np.uint8)
    changes = np.empty((3, *place.shape), np.float32)
    changes[:] = np.array([luma, red, blue])[:, None, None]
    place.add(changes, frame, Buffers())
    return frame.astype(np.int16) - 100


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_no_change_leaves_every_bit(scale: int) -> None:
    frame = FRAME.copy()
    place = Place(slice(20, 60), slice(40, 100), scale)
    place.add(np.zeros((3, *place.shape), np.float32), frame, Buffers())
    assert np.array_equal(frame, FRAME)


def test_luma_changes_all_three_colors_alike_and_only_here() -> None:
    change = added(17, 0, 0)
    assert (change[PLACE.rows, PLACE.columns] == 17).all()
    change[PLACE.rows, PLACE.columns] = 0
    assert not change.any()


def test_differences_change_as_the_conversion_says() -> None:
    blue, green, red = added(0, 20, 0)[30, 50]
    assert (blue, red) == (0, 28)  # 1.403 a level
    assert green == -14  # -0.714
    blue, green, red = added(0, 0, -20)[30, 50]
    assert (blue, red) == (-35, 0)  # 1.773
    assert green == 7  # -0.344


def test_a_place_is_cut_at_the_frame_and_fits_its_unit() -> None:
    points = np.array([[-30, 10], [50, 70]], np.float32)
    place = Place.around(points, 13, FRAME, 2, 4)
    assert place is not None
    assert (place.rows, place.columns) == (slice(0, 84), slice(0, 64))
    assert place.shape == (42, 32)
    assert Place.around(points + np.float32(500), 13, FRAME, 2, 4) is None


def test_filled_polygons_lie_where_their_points_are() -> None:
    mask = np.zeros(PLACE.shape, np.uint8)
    PLACE.filled([np.array([[50, 30], [70, 30], [70, 50], [50, 50]], np.float32)], mask)
    assert mask[6:14, 6:14].min() == 255
    assert mask[:4].max() == 0
    assert mask[:, 17:].max() == 0


def test_the_picture_is_smaller_and_in_luma_and_differences() -> None:
    picture = PLACE.picture(FRAME, Buffers())
    region = cv2.resize(FRAME[PLACE.rows, PLACE.columns], (30, 20), interpolation=cv2.INTER_AREA)
    assert np.array_equal(picture, cv2.cvtColor(region, cv2.COLOR_BGR2YCrCb))


def test_masks_are_enlarged_and_weighed() -> None:
    large = enlarged("mask", np.full((4, 5), 0.5, np.float32), 0.5, (8, 10), Buffers())
    assert large.shape == (8, 10)
    assert np.allclose(large, 0.25)


@pytest.mark.parametrize(("side", "expected"), [(0.2, 3), (4.0, 5), (5.9, 5), (8.0, 9)])
def test_boxes_are_odd(side: float, expected: int) -> None:
    assert box(side) == (expected, expected)
