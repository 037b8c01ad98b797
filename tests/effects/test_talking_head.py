"""On a real talking head: followed all the time, beautified without flicker, at a steady cost of memory."""

import resource

import cv2
import numpy as np
import pytest

from effects.beauty import Beauty
from effects.buffers import Buffers
from effects.chain import Chain
from effects.faces import FaceFollower
from effects.filter import Context, Face
from effects.frame import Frame
from effects.framing import Framing
from effects.landmarks import face_width
from effects.make_up import MakeUp
from effects.models.faces import best_landmarker
from effects.models.registry import Registry
from effects.params import Settings, Values
from effects.reshape import Reshape
from effects.stickers import Stickers
from tests.effects.support.faces import WIDE, applied
from tests.effects.support.footage import read_clip

FRAMES = 75
Film = list[tuple[Frame, tuple[Face, ...]]]


@pytest.fixture(scope="module", params=["talking_woman", "talking_man"])
def film(request: pytest.FixtureRequest, models: Registry) -> Film:
    frames = read_clip(models.folder / f"{request.param}.mp4", WIDE, FRAMES)
    if not frames:
        pytest.skip("footage is missing: scripts/fetch_models.py --all --manifest tests/effects/footage.toml")
    follower = FaceFollower(best_landmarker(models), every=2)
    shown = []
    for number, frame in enumerate(frames):
        half = cv2.resize(frame, (WIDE[0] // 2, WIDE[1] // 2), interpolation=cv2.INTER_AREA)
        shown.append((frame, follower.find(np.asarray(half, np.uint8), 2.0, number / 30)))
    follower.close()
    return shown


def test_the_face_is_followed_all_the_time_as_one(film: Film) -> None:
    followed = [faces for _, faces in film[10:]]
    assert {len(faces) for faces in followed} == {1}
    assert {faces[0].track for faces in followed} == {1}
    assert min(faces[0].strength for faces in followed) == 1


def test_landmarks_do_not_jump(film: Film) -> None:
    points = np.stack([faces[0].points for _, faces in film[10:]])
    steps = np.hypot(*np.moveaxis(np.diff(points, axis=0), -1, 0)).mean(1)
    turns = np.hypot(*np.moveaxis(np.diff(points, n=2, axis=0), -1, 0)).mean(1)
    width = face_width(points[0])
    assert steps.max() < 0.12 * width
    assert np.median(turns) < 0.01 * width


def test_beauty_does_not_flicker(film: Film) -> None:
    beauty, buffers = Beauty(), Buffers()
    plan = beauty.plan(Values(beauty.parameters, {"smooth": 80.0, "whiten": 60.0, "rosy": 40.0}))
    assert plan is not None
    amounts = []
    for frame, faces in film:
        buffers.begin(frame)
        shown = beauty.apply(frame, Context(faces=faces), plan, buffers)
        amounts.append(float(cv2.absdiff(shown, frame).mean()))
    steady = np.array(amounts[10:])
    assert steady.min() > 0.5 * steady.mean() > 0.1
    assert np.abs(np.diff(steady)).max() < 0.1 * steady.mean()


def test_what_is_far_from_the_face_stays_bit_for_bit(film: Film) -> None:
    for frame, faces in film[::15]:
        if not faces:
            continue
        shown = applied(Beauty(), frame, faces, {"smooth": 100.0, "whiten": 100.0, "rosy": 100.0})
        points = faces[0].points
        reach = 0.5 * face_width(points)
        left, right = points[:, 0].min() - reach, points[:, 0].max() + reach
        columns = np.flatnonzero((shown != frame).any((0, 2)))
        assert columns.min() > left
        assert columns.max() < right


def test_all_face_effects_together_ask_for_no_memory_in_steady_state(film: Film) -> None:
    chain = Chain([Beauty(), Reshape(), MakeUp(), Stickers(), Framing()])
    rejections = chain.change(
        Settings(
            {
                "beauty": {"smooth": 80.0, "whiten": 40.0, "rosy": 20.0, "sharpen": 20.0},
                "reshape": {"slim": 60.0, "eyes": 40.0, "nose": 20.0},
                "make_up": {"lips": 50.0, "blush": 40.0, "brows": 30.0},
                "stickers": {"glasses": True, "hat": True},
                "framing": {"closeness": 60.0},
            }
        )
    )
    assert rejections == ()
    faults = []
    for number, (frame, faces) in enumerate(film):
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        chain.apply(frame, Context(number / 30, faces=faces))
        faults.append(resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)
    assert chain.failures == {}
    assert np.median(faults[30:]) < 50
