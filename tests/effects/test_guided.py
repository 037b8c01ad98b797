"""The guided filter takes edges from the picture, against a straightforward one."""

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Mask
from effects.guided import GuidedFilter, Plane


def plain(plane: Plane, guide: Mask, radius: int, epsilon: float) -> npt.NDArray[np.float64]:
    """He, Sun, Tang (2010), equations 5, 6 and 8, as they stand there."""
    box = (2 * radius + 1, 2 * radius + 1)
    luma = guide.astype(np.float64)
    mean_luma, mean = cv2.blur(luma, box), cv2.blur(plane.astype(np.float64), box)
    slope = (cv2.blur(luma * plane, box) - mean_luma * mean) / (
        cv2.blur(luma * luma, box) - mean_luma**2 + epsilon
    )
    offset = mean - slope * mean_luma
    return np.asarray(cv2.blur(slope, box) * luma + cv2.blur(offset, box))


def test_the_fast_filter_is_the_guided_filter() -> None:
    draw = np.random.default_rng(2)
    guide = cv2.blur(draw.integers(0, 256, (90, 120), np.uint8), (5, 5)).astype(np.uint8)
    plane = draw.random((90, 120)).astype(np.float32)
    found = GuidedFilter(3, 20.0, Buffers()).apply(plane, guide, guide)
    assert np.abs(found - plain(plane, guide, 3, 20.0)).max() < 1e-3


def test_a_coarse_edge_takes_the_place_of_the_fine_one() -> None:
    fine = np.full((80, 80), 40, np.uint8)
    fine[:, 37:] = 200
    guide = cv2.resize(fine, (40, 40), interpolation=cv2.INTER_AREA).astype(np.uint8)
    coarse = np.zeros((40, 40), np.float32)
    coarse[:, 20:] = 1  # three pixels of the fine picture beside its edge
    found = GuidedFilter(3, 20.0, Buffers()).apply(coarse, guide, fine)
    assert found[40, 30] < 0.25
    assert found[40, 44] > 0.75
    steps = np.diff(found[40])
    assert int(np.argmax(steps)) == 36


def test_the_mask_and_the_pictures_are_not_written() -> None:
    plane, guide = np.ones((9, 9), np.float32), np.full((9, 9), 7, np.uint8)
    GuidedFilter(2, 1.0, Buffers()).apply(plane, guide, guide)
    assert (plane == 1).all()
    assert (guide == 7).all()
