"""Make-up colours lips, cheeks and brows, and neither teeth nor what is held before the face."""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from effects import landmarks
from effects.filter import Face
from effects.frame import Frame
from effects.make_up import MakeUp
from effects.params import Value, Values
from tests.effects.support.faces import WIDE, applied, change, free_but_for, oval_mask, placed

ALL: dict[str, Value] = {"lips": 100.0, "blush": 100.0, "brows": 100.0}


Area = npt.NDArray[np.bool_]


def area(face: Face, contour: tuple[int, ...]) -> Area:
    mask = np.zeros(WIDE[::-1], np.uint8)
    cv2.fillPoly(mask, [np.rint(face.points[list(contour)]).astype(np.int32)], (255,))
    return np.asarray(mask > 0)


def redness(frame: Frame, where: Area) -> float:
    red_difference = cv2.cvtColor(frame, cv2.COLOR_BGR2YCrCb)[..., 1]
    return float(np.asarray(red_difference)[where].mean())


def test_make_up_at_rest_has_no_plan() -> None:
    assert MakeUp().plan(Values(MakeUp.parameters)) is None


def test_lipstick_reddens_the_lips_and_keeps_their_texture() -> None:
    frame, face = placed(zoom=3.0)
    painted = applied(MakeUp(), frame, (face,), {"lips": 80.0, "lips_color": "#c01030"})
    lips = area(face, landmarks.LIPS_OUTSIDE) & ~area(face, landmarks.LIPS_INSIDE)
    assert redness(painted, lips) > redness(frame, lips) + 12
    before, after = (cv2.cvtColor(each, cv2.COLOR_BGR2GRAY).astype(float)[lips] for each in (frame, painted))
    assert np.corrcoef(before, after)[0, 1] > 0.9


def test_lipstick_spares_the_teeth() -> None:
    frame, face = placed(zoom=3.0)
    painted = applied(MakeUp(), frame, (face,), {"lips": 100.0})
    teeth = cv2.erode(area(face, landmarks.LIPS_INSIDE).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert teeth.any()
    assert change(frame, painted)[teeth].mean() < 3


def test_blush_reddens_both_cheeks_alike() -> None:
    frame, face = placed(zoom=3.0)
    blushing = applied(MakeUp(), frame, (face,), {"blush": 100.0})
    gained = []
    for index in (landmarks.LEFT_CHEEK, landmarks.RIGHT_CHEEK):
        x, y = np.rint(face.points[index]).astype(int)
        part = np.zeros(WIDE[::-1], np.bool_)
        part[y - 10 : y + 10, x - 10 : x + 10] = True
        gained.append(redness(blushing, part) - redness(frame, part))
    assert min(gained) > 4


def test_brows_get_darker_and_the_skin_around_them_does_not() -> None:
    frame, face = placed(zoom=3.0)
    painted = applied(MakeUp(), frame, (face,), {"brows": 100.0})
    brow = area(face, landmarks.LEFT_BROW) | area(face, landmarks.RIGHT_BROW)
    before, after = (cv2.cvtColor(each, cv2.COLOR_BGR2GRAY).astype(float) for each in (frame, painted))
    assert (before - after)[brow].mean() > 4
    skin = (before > 180) & (oval_mask(face.points, WIDE) > 0)
    assert (before - after)[skin].mean() < 0.5


@pytest.mark.parametrize("values", [{"lips": 100.0}, {"blush": 100.0}, {"brows": 100.0}, ALL])
def test_nothing_outside_the_face_changes(values: dict[str, Value]) -> None:
    frame, face = placed()
    changed = change(frame, applied(MakeUp(), frame, (face,), values))
    assert changed[oval_mask(face.points, WIDE, 1.1) == 0].max() == 0


@pytest.mark.parametrize("color", [(40, 160, 60), (200, 90, 20), (250, 250, 250), (15, 15, 15)])
def test_a_thing_held_before_mouth_cheek_and_brow_keeps_its_color(color: tuple[int, int, int]) -> None:
    frame, face = placed(zoom=3.0)
    effect = MakeUp()
    for _ in range(15):
        applied(effect, frame, (face,), ALL)
    held = frame.copy()
    for index in (0, 17, landmarks.LEFT_CHEEK, landmarks.LEFT_BROW[3]):
        x, y = np.rint(face.points[index]).astype(int)
        held[y - 14 : y + 14, x - 14 : x + 14] = color
    shown = applied(effect, held, (face,), ALL)
    for index in (0, 17, landmarks.LEFT_CHEEK, landmarks.LEFT_BROW[3]):
        x, y = np.rint(face.points[index]).astype(int)
        inside = np.s_[y - 8 : y + 8, x - 8 : x + 8]
        assert change(held, shown)[inside].max() <= (6 if color == (15, 15, 15) else 3)


def test_a_fading_face_is_painted_by_as_much() -> None:
    frame, face = placed()
    whole, none = (
        change(frame, applied(MakeUp(), frame, (replace(face, strength=each),), ALL)).mean()
        for each in (1.0, 0.0)
    )
    assert none == 0
    assert whole > 0.1


@pytest.mark.parametrize("at", [(0.0, 0.4), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0), (-0.3, 0.5), (1.4, 1.4)])
@pytest.mark.parametrize("size", [(1, 1), (63, 41), (1279, 719)])
def test_make_up_takes_no_harm_from_a_missing_face_or_frame(
    size: tuple[int, int], at: tuple[float, float]
) -> None:
    frame, face = placed(size, zoom=size[1] / 360, at=at)
    assert applied(MakeUp(), frame, (face,), ALL).shape == frame.shape


@pytest.mark.parametrize(
    ("values", "contour"),
    [
        ({"lips": 100.0}, landmarks.LIPS_OUTSIDE),
        ({"brows": 100.0}, landmarks.LEFT_BROW),
        ({"blush": 100.0}, (landmarks.LEFT_CHEEK, landmarks.LEFT_SIDE)),
    ],
)
def test_where_the_second_opinion_sees_no_free_skin_nothing_is_painted(
    values: dict[str, Value], contour: tuple[int, ...]
) -> None:
    frame, face = placed(zoom=3.0)
    effect = MakeUp()
    painted = change(frame, applied(effect, frame, (face,), values))
    covered = face.points[list(contour)]
    gated = change(frame, applied(effect, frame, (face,), values, opinion=free_but_for(covered)))
    x, y = np.rint(covered.mean(0)).astype(int)
    around = np.s_[y - 20 : y + 20, x - 20 : x + 20]
    assert painted[around].max() > 6
    assert gated[around].max() == 0


def test_skin_that_is_free_is_painted_as_without_a_second_opinion() -> None:
    frame, face = placed(zoom=3.0)
    free = free_but_for(np.array([[5, 5], [6, 6]], np.float32))
    without, with_it = (applied(MakeUp(), frame, (face,), ALL, opinion=each) for each in (None, free))
    assert np.array_equal(without, with_it)


def test_the_lips_colour_is_not_learnt_from_a_hand_before_them() -> None:
    frame, face = placed(zoom=3.0)
    lips = area(face, landmarks.LIPS_OUTSIDE)
    hidden = frame.copy()
    hidden[cv2.dilate(lips.astype(np.uint8), np.ones((25, 25), np.uint8)) > 0] = (120, 150, 190)
    covered = free_but_for(face.points[list(landmarks.LIPS_OUTSIDE)])
    effect = MakeUp()
    for _ in range(15):
        applied(effect, hidden, (face,), {"lips": 100.0}, opinion=covered)
    after, fresh = (applied(each, frame, (face,), {"lips": 100.0}) for each in (effect, MakeUp()))
    assert np.array_equal(after, fresh)
