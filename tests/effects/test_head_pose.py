"""Flat landmarks tell how a head is turned."""

import numpy as np
import pytest

from effects.head_pose import camera_of, plane
from tests.effects.support.faces import LANDMARKS, placed


def test_things_on_the_head_lie_where_the_face_shows_them() -> None:
    camera = camera_of(LANDMARKS)
    for index, place in ((33, (-4.45, 2.66, 3.17)), (263, (4.45, 2.66, 3.17)), (10, (0.0, 8.26, 4.48))):
        shown = camera @ np.array([*place, 1.0])
        assert np.hypot(*(shown - LANDMARKS[index])) < 4  # of a face 92 pixels wide


@pytest.mark.parametrize("degrees", [0.0, 25.0, -70.0])
def test_a_turned_picture_gives_a_turned_camera(degrees: float) -> None:
    camera = camera_of(placed(degrees=degrees)[1].points)
    across = camera[:, 0]
    straight = camera_of(placed()[1].points)[:, 0]
    turned = np.degrees(np.arctan2(straight[1], straight[0]) - np.arctan2(across[1], across[0]))
    assert turned == pytest.approx(degrees, abs=0.5)


def test_of_a_head_turned_aside_what_stands_out_goes_with_the_nose() -> None:
    aside = LANDMARKS.copy()
    aside[:, 0] = aside[:, 0].mean() + 0.8 * (aside[:, 0] - aside[:, 0].mean())
    aside[4, 0] += 12
    front, turned = camera_of(LANDMARKS), camera_of(aside)
    assert np.hypot(*turned[:, 0]) < np.hypot(*front[:, 0])
    assert turned[0, 2] > front[0, 2]


def test_a_picture_on_the_head_is_upright_and_to_scale() -> None:
    camera = np.array([[10.0, 0, 0, 100], [0, -10.0, 0, 200]])
    matrix = plane(camera, left=-2, top=3, depth=5, scale=20)
    assert np.allclose(matrix @ [0, 0, 1], [80, 170])
    assert np.allclose(matrix @ [20, 40, 1], [90, 190])
