"""Pictures of any shape, made square for a network and back."""

import numpy as np
import pytest

from effects.squared import Squared


@pytest.mark.parametrize(("shape", "beside"), [((360, 640), 0), ((640, 360), 56), ((400, 400), 0)])
def test_a_high_picture_keeps_its_proportions_and_a_wide_one_is_squeezed(
    shape: tuple[int, int], beside: int
) -> None:
    squared = Squared()
    picture = np.zeros((*shape, 3), np.uint8)
    picture[..., 0] = 200
    rgb = squared.squared(picture, (256, 256))
    assert rgb.shape == (256, 256, 3)
    assert (rgb[..., 2] == 200).all()
    answer = np.zeros((256, 256), np.float32)
    answer[:, beside : 256 - beside] = 1
    cropped = squared.cropped(answer)
    assert cropped.shape == (256, 256 - 2 * beside)
    assert cropped.min() == 1


def test_answers_with_several_planes_are_cropped_alike() -> None:
    squared = Squared()
    squared.squared(np.zeros((640, 360, 3), np.uint8), (256, 256))
    assert squared.cropped(np.zeros((256, 256, 6), np.float32)).shape == (256, 144, 6)
