"""Measures of a face hold however it is turned."""

import numpy as np
import pytest

from effects import landmarks
from effects.landmarks import face_height, face_width, moved, similarity, upwards
from tests.effects.support.faces import LANDMARKS, placed


@pytest.mark.parametrize("degrees", [0.0, 45.0, 180.0])
def test_size_does_not_depend_on_the_turn_and_up_turns_with_it(degrees: float) -> None:
    upright, turned = placed()[1].points, placed(degrees=degrees)[1].points
    assert face_width(turned) == pytest.approx(face_width(upright), rel=1e-3)
    assert face_height(turned) == pytest.approx(face_height(upright), rel=1e-3)
    before, after = upwards(upright), upwards(turned)
    assert np.dot(before, after) == pytest.approx(np.cos(np.radians(degrees)), abs=1e-3)


def test_a_face_in_profile_does_not_lose_its_width() -> None:
    profile = LANDMARKS.copy()
    profile[:, 0] = profile[:, 0].mean() + 0.05 * (profile[:, 0] - profile[:, 0].mean())
    assert face_width(profile) > 0.5 * face_width(LANDMARKS)


def test_the_similarity_is_found_again() -> None:
    matrix = np.array([[1.1, -0.3, 20], [0.3, 1.1, -7]], np.float32)
    found = similarity(LANDMARKS, moved(LANDMARKS, matrix))
    assert np.allclose(found, matrix, atol=1e-2)


def test_contours_lie_where_their_names_say() -> None:
    middle = LANDMARKS[:, 0].mean()
    for left, right in (
        (landmarks.LEFT_EYE, landmarks.RIGHT_EYE),
        (landmarks.LEFT_BROW, landmarks.RIGHT_BROW),
        (landmarks.LEFT_JAW, landmarks.RIGHT_JAW),
    ):
        assert LANDMARKS[list(left), 0].mean() < middle < LANDMARKS[list(right), 0].mean()
    inside, outside = (
        np.ptp(LANDMARKS[list(each)], axis=0) for each in (landmarks.LIPS_INSIDE, landmarks.LIPS_OUTSIDE)
    )
    assert (inside < outside).all()
