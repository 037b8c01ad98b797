"""Faces by LiteRT: as good as mediapipe's, and small ones too."""

import cv2
import numpy as np
import pytest

from effects.frame import Frame
from effects.landmarks import Points, face_width
from effects.models.lite_faces import LiteLandmarker
from effects.models.registry import ModelError, Registry
from tests.effects.support.faces import LANDMARKS, placed
from tests.effects.support.footage import frames_of


@pytest.fixture
def landmarker(models: Registry) -> LiteLandmarker:
    return LiteLandmarker(models.content("face_landmarker"))


def rgb(frame: Frame) -> Frame:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8)


def settled(landmarker: LiteLandmarker, frame: Frame, pictures: int = 12) -> list[Points]:
    found: list[Points] = []
    for number in range(pictures):
        found = landmarker.landmarks(rgb(frame), number)
    return found


def distance(one: Points, other: Points) -> float:
    """Return the mean distance in face widths."""
    return float(np.hypot(*(one - other).T).mean() / face_width(other))


@pytest.mark.parametrize("degrees", [-40, 0, 25])
@pytest.mark.parametrize("zoom", [0.6, 2.0])
def test_the_portrait_is_found_wherever_and_however_it_is(
    landmarker: LiteLandmarker, zoom: float, degrees: float
) -> None:
    frame, face = placed((640, 360), zoom=zoom, degrees=degrees, at=(0.4, 0.5))
    (points,) = settled(landmarker, frame)
    assert points.shape == (478, 2)
    assert distance(points, face.points) < 0.025


def test_small_faces_are_found_and_all_of_them(landmarker: LiteLandmarker) -> None:
    frame = np.full((360, 640, 3), 128, np.uint8)
    for x in (0.15, 0.5, 0.85):
        part, _ = placed((200, 200), zoom=0.55)
        left = int(x * 640) - 100
        region = frame[80:280, max(left, 0) : left + 200]
        region[:] = part[:, : region.shape[1]] if left >= 0 else part[:, -left:]
    assert len(settled(landmarker, frame, 60)) == 3


def test_no_more_faces_than_wished_are_followed(models: Registry) -> None:
    left, right = placed((320, 360), zoom=1.2)[0], placed((320, 360), zoom=1.0)[0]
    one = LiteLandmarker(models.content("face_landmarker"), most_faces=1)
    assert len(settled(one, np.hstack([left, right]))) == 1


def test_where_there_is_no_face_none_is_found(landmarker: LiteLandmarker) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8)
    assert settled(landmarker, noise) == []


def test_a_face_that_left_is_not_found_any_more(landmarker: LiteLandmarker) -> None:
    frame, _ = placed((640, 360), zoom=1.0)
    assert settled(landmarker, frame)
    assert settled(landmarker, np.full_like(frame, 90), 2) == []


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (333, 77)])
def test_pictures_of_any_size_are_taken(landmarker: LiteLandmarker, size: tuple[int, int]) -> None:
    assert landmarker.landmarks(np.zeros((size[1], size[0], 3), np.uint8), 0) == []


@pytest.mark.parametrize("content", [b"", b"no zip archive", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_bundle_is_refused_with_the_reason(content: bytes) -> None:
    with pytest.raises(ModelError, match="bundle"):
        LiteLandmarker(content)


def test_lite_faces_agree_with_mediapipe_on_a_talking_head(models: Registry) -> None:
    from effects.models.mediapipe_faces import MediapipeLandmarker

    lite, task = (
        each(models.content("face_landmarker"), 1) for each in (LiteLandmarker, MediapipeLandmarker)
    )
    apart = []
    for number, frame in enumerate(frames_of(models.folder, (640, 360), count=30)):
        picture = rgb(frame)
        one, other = lite.landmarks(picture, number * 33), task.landmarks(picture, number * 33)
        if one and other:
            apart.append(distance(one[0], other[0]))
    task.close()
    assert len(apart) > 25
    assert np.median(apart) < 0.015


def test_mediapipe_finds_the_portrait_too(models: Registry) -> None:
    from effects.models.mediapipe_faces import MediapipeLandmarker

    task = MediapipeLandmarker(models.content("face_landmarker"))
    frame, face = placed((640, 360), zoom=1.0)
    (points,) = task.landmarks(rgb(frame), 1)
    task.close()
    assert distance(points, face.points) < 0.03
    assert LANDMARKS.shape == points.shape


def test_mediapipe_refuses_what_is_no_bundle() -> None:
    from effects.models.mediapipe_faces import MediapipeLandmarker

    with pytest.raises(ModelError, match="face model"):
        MediapipeLandmarker(b"no bundle")
