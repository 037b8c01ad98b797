"""What we draw to stand behind somebody: at any size."""

import numpy as np
import pytest

from effects.drawings import DRAWN


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("size", [(1, 1), (3, 5), (720, 1280), (1280, 720)])
def test_ours_are_drawn_at_any_size(name: str, size: tuple[int, int]) -> None:
    picture = DRAWN[name][1](size)
    assert picture.shape == (size[1], size[0], 3)
    assert picture.dtype == np.uint8
