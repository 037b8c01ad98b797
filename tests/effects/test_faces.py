"""Faces are followed calmly: told apart, not trembling, fading in and out."""

import itertools

import cv2
import numpy as np
import pytest

from effects.faces import FADE_IN_S, FADE_OUT_S, FaceFollower
from effects.filter import Face
from effects.frame import Frame
from effects.landmarks import Points, face_width
from tests.effects.support.faces import LANDMARKS, placed

FRAME_S = 1 / 30
BLANK = np.zeros((360, 640, 3), np.uint8)


class ScriptedLandmarker:
    """Finds on the n-th picture it is asked about what the script says."""

    def __init__(self, script: list[list[Points]]) -> None:
        self._script = iter(script)
        self.times_ms: list[int] = []
        self.is_closed = False

    def landmarks(self, rgb: Frame, time_ms: int) -> list[Points]:
        self.times_ms.append(time_ms)
        return next(self._script)

    def forget(self) -> None:
        pass

    def close(self) -> None:
        self.is_closed = True


def follow(
    script: list[list[Points]], pictures: list[Frame] | None = None, every: int = 1, frames: int | None = None
) -> list[tuple[Face, ...]]:
    follower = FaceFollower(ScriptedLandmarker(script), every)
    count = frames or len(script)
    shown = pictures or [BLANK] * count
    return [follower.find(shown[number], 2.0, number * FRAME_S) for number in range(count)]


def test_landmarks_are_given_in_pixels_of_the_frame() -> None:
    ((face,),) = follow([[LANDMARKS]])
    assert np.allclose(face.points, LANDMARKS * 2)


def test_a_face_fades_in_and_out_in_the_stated_time_without_a_jump() -> None:
    script: list[list[Points]] = [[LANDMARKS]] * 15 + [[]] * 15
    strengths = [faces[0].strength if faces else 0.0 for faces in follow(script)]
    assert max(abs(b - a) for a, b in itertools.pairwise([0.0, *strengths])) < 0.2
    assert strengths[round(FADE_IN_S / FRAME_S)] == 1
    assert strengths[15 + round(FADE_OUT_S / FRAME_S)] == 0


def test_a_face_that_is_missed_now_and_then_stays_nearly_whole_and_the_same() -> None:
    script: list[list[Points]] = [[LANDMARKS]] * 10 + [[], [LANDMARKS]] * 10
    found = follow(script)[10:]
    assert min(faces[0].strength for faces in found) > 0.85
    assert {faces[0].track for faces in found} == {1}


def test_trembling_is_damped() -> None:
    random = np.random.default_rng(3)
    noise = 0.004 * face_width(LANDMARKS)
    script = [[LANDMARKS + random.normal(0, noise, LANDMARKS.shape).astype(np.float32)] for _ in range(60)]
    points = np.stack([faces[0].points / 2 for faces in follow(script)])[20:]
    raw = np.stack([found[0] for found in script])[20:]
    assert np.diff(points, axis=0).std() < 0.5 * np.diff(raw, axis=0).std()


def test_a_moving_head_is_followed_without_lag() -> None:
    script = [[LANDMARKS + np.array([6 * number, 2 * number], np.float32)] for number in range(20)]
    last = follow(script)[-1][0]
    assert np.abs(last.points / 2 - script[-1][0]).max() < 0.01


def test_a_blink_comes_through_at_once() -> None:
    eye = [159, 158, 160, 161, 157]
    shut = LANDMARKS.copy()
    shut[eye, 1] += 0.06 * face_width(LANDMARKS)
    before, after = follow([[LANDMARKS]] * 10 + [[shut]])[-2:]
    moved = (after[0].points - before[0].points)[eye, 1] / 2
    assert moved.mean() > 0.9 * 0.06 * face_width(LANDMARKS)


def test_between_looks_faces_are_carried_with_the_picture() -> None:
    frames = [placed((1280, 720), at=(0.4 + 0.004 * number, 0.4)) for number in range(8)]
    halves = [
        np.asarray(cv2.resize(frame, (640, 360), interpolation=cv2.INTER_AREA), np.uint8)
        for frame, _ in frames
    ]
    found = follow([[face.points * np.float32(0.5)] for _, face in frames[::4]], halves, every=4, frames=8)
    for (_, truth), faces in zip(frames[:4], found[:4], strict=True):
        off = np.hypot(*(faces[0].points - truth.points).T)
        assert off.mean() < 0.01 * face_width(truth.points)


def test_each_face_keeps_its_number_and_the_largest_comes_first() -> None:
    other = (LANDMARKS * 0.6 + np.array([350, 60], np.float32)).astype(np.float32)
    script = [[LANDMARKS, other], [other, LANDMARKS], [LANDMARKS], [other, LANDMARKS]]
    for large, small in follow(script):
        assert (large.track, small.track) == (1, 2)
        assert face_width(large.points) > face_width(small.points)


def test_somebody_elsewhere_is_somebody_else() -> None:
    elsewhere = LANDMARKS + np.array([250, 0], np.float32)
    found = follow([[LANDMARKS]] * 3 + [[elsewhere]] * 12)
    assert [face.track for face in found[-1]] == [2]
    assert {face.track for face in found[4]} == {1, 2}, "the first fades while the second comes"


def test_networks_are_asked_as_seldom_as_wished_and_always_in_time() -> None:
    landmarker = ScriptedLandmarker([[LANDMARKS]] * 20)
    follower = FaceFollower(landmarker, every=3)
    for number in range(12):
        follower.find(BLANK, 2.0, 1000 + number * 1e-4)
    assert len(landmarker.times_ms) == 4
    assert all(b > a for a, b in itertools.pairwise(landmarker.times_ms))


def test_a_source_of_another_size_starts_anew() -> None:
    follower = FaceFollower(ScriptedLandmarker([[LANDMARKS], []]))
    assert len(follower.find(BLANK, 2.0, 0.0)) == 1
    assert follower.find(np.zeros((180, 320, 3), np.uint8), 2.0, 0.1) == ()


def test_closing_frees_the_networks() -> None:
    landmarker = ScriptedLandmarker([])
    FaceFollower(landmarker).close()
    assert landmarker.is_closed


@pytest.mark.parametrize("size", [(1, 1), (8, 5)])
def test_tiny_pictures_do_no_harm(size: tuple[int, int]) -> None:
    follower = FaceFollower(ScriptedLandmarker([[LANDMARKS]] * 3), every=2)
    for number in range(4):
        follower.find(np.zeros((size[1], size[0], 3), np.uint8), 2.0, number * FRAME_S)
