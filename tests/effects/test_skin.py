"""Skin is found on face and neck, and not on what only looks like it."""

import cv2
import numpy as np
import pytest

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Face
from effects.frame import Frame
from effects.skin import Skin, SkinFinder
from tests.effects.support.faces import placed


def found(frame: Frame, face: Face, divisor: int = 2) -> Skin:
    skin = SkinFinder().find(frame, face, divisor, Buffers())
    assert skin is not None
    return skin


def weight_at(skin: Skin, name: str, point: "np.typing.NDArray[np.float32]") -> float:
    x, y = np.rint(skin.place.smaller(2).points(point)).astype(int)
    return float(getattr(skin, name)[y, x])


def test_cheeks_chin_and_nose_are_skin() -> None:
    frame, face = placed()
    skin = found(frame, face)
    for index in (landmarks.LEFT_CHEEK, landmarks.RIGHT_CHEEK, 199, landmarks.NOSE_TIP):
        assert weight_at(skin, "smooth", face.points[index]) > 0.6
        assert weight_at(skin, "tone", face.points[index]) > 0.6


def test_eyes_brows_and_lips_are_features_and_not_smoothed() -> None:
    frame, face = placed()
    skin = found(frame, face)
    for contour in (landmarks.LEFT_EYE, landmarks.RIGHT_EYE, landmarks.LIPS_OUTSIDE):
        middle = face.points[list(contour)].mean(0)
        assert weight_at(skin, "features", middle) > 0.6
        assert weight_at(skin, "smooth", middle) < 0.1


def test_hair_and_background_are_not_skin() -> None:
    frame, face = placed()
    skin = found(frame, face)
    above = face.points[landmarks.FOREHEAD] - np.array([0, 45], np.float32)
    beside = face.points[landmarks.RIGHT_SIDE] + np.array([25, -40], np.float32)
    for point in (above, beside):
        assert weight_at(skin, "smooth", point) < 0.25
        assert weight_at(skin, "tone", point) < 0.25


@pytest.mark.parametrize("side", [8, 14])
def test_a_small_patch_of_skin_color_apart_from_the_face_is_goods(side: int) -> None:
    frame, face = placed()
    x, y = np.rint(face.points[landmarks.CHIN] + np.array([0, 22])).astype(int)
    cheek = frame[tuple(np.rint(face.points[landmarks.LEFT_CHEEK]).astype(int)[::-1])].tolist()
    cv2.rectangle(frame, (int(x) - side - 6, int(y) - 6), (int(x) + side + 6, int(y) + 40), (20, 20, 20), -1)
    cv2.rectangle(frame, (int(x) - side, int(y)), (int(x) + side, int(y) + 34), cheek, -1)
    middle = np.array([x, y + 17], np.float32)
    assert weight_at(found(frame, face), "tone", middle) < 0.05


def test_a_close_face_is_worked_on_smaller() -> None:
    assert found(*placed(zoom=1.5)).place.scale == 2
    assert found(*placed((3840, 2160), zoom=6.0)).place.scale == 4


def test_a_face_that_is_too_small_or_outside_has_none() -> None:
    finder, buffers = SkinFinder(), Buffers()
    for zoom, at in ((0.2, (0.5, 0.5)), (1.0, (-0.5, 0.5))):
        frame, face = placed(zoom=zoom, at=at)
        assert finder.find(frame, face, 2, buffers) is None
