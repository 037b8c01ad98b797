"""Reshaping moves the face, its mask and its landmarks together, and nothing around it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Context, Face
from effects.frame import Frame, Mask
from effects.landmarks import Points, face_width
from effects.params import Value, Values
from effects.reshape import Reshape, warp_of
from tests.effects.support.faces import WIDE, applied, change, placed

ALL: dict[str, Value] = {"slim": 100.0, "eyes": 100.0, "nose": 100.0, "chin": 100.0, "mouth": 100.0}
ONE_EACH: list[dict[str, Value]] = [
    {"slim": 100.0},
    {"eyes": 100.0},
    {"nose": 100.0},
    {"chin": 100.0},
    {"mouth": 100.0},
    {"chin": -100.0},
    {"mouth": -100.0},
]


def reshaped(
    frame: Frame, face: Face, values: dict[str, Value], matte: Mask | None = None
) -> tuple[Frame, Context]:
    effect, buffers = Reshape(), Buffers()
    plan = effect.plan(Values(effect.parameters, values))
    assert plan is not None
    context = Context(matte=None if matte is None else matte.copy(), faces=(face,))
    buffers.begin(frame)
    return effect.apply(frame, context, plan, buffers).copy(), context


def spread(points: Points, indices: tuple[int, ...]) -> float:
    part = points[list(indices)]
    return float(np.hypot(*(part - part.mean(0)).T).mean())


def test_reshaping_at_rest_has_no_plan() -> None:
    assert Reshape().plan(Values(Reshape.parameters)) is None


def test_each_slider_moves_what_it_is_named_after() -> None:
    frame, face = placed()
    before = face.points
    after = {name: reshaped(frame, face, {name: 100.0})[1].faces[0].points for name in ALL}
    jaw = [landmarks.LEFT_JAW[4], landmarks.RIGHT_JAW[4]]
    assert np.ptp(after["slim"][jaw, 0]) < 0.96 * np.ptp(before[jaw, 0])
    assert spread(after["eyes"], landmarks.LEFT_EYE) > 1.08 * spread(before, landmarks.LEFT_EYE)
    nostrils = [landmarks.LEFT_NOSTRIL, landmarks.RIGHT_NOSTRIL]
    assert np.ptp(after["nose"][nostrils, 0]) < 0.9 * np.ptp(before[nostrils, 0])
    assert after["chin"][landmarks.CHIN, 1] > before[landmarks.CHIN, 1] + 4
    assert spread(after["mouth"], landmarks.LIPS_OUTSIDE) > 1.05 * spread(before, landmarks.LIPS_OUTSIDE)


@pytest.mark.parametrize("values", ONE_EACH)
def test_landmarks_go_where_the_pixels_go(values: dict[str, Value]) -> None:
    _, face = placed()
    for index in (152, 61, 33, 159, 4, 172, 397, 129):
        x, y = face.points[index]
        spot = np.zeros((WIDE[1], WIDE[0], 3), np.uint8)
        cv2.circle(
            spot, (round(float(x) * 16), round(float(y) * 16)), 4 * 16, (255, 255, 255), -1, cv2.LINE_AA, 4
        )
        shown, context = reshaped(spot, face, values)
        weight = shown[..., 0].astype(np.float64)
        rows, columns = np.mgrid[0 : WIDE[1], 0 : WIDE[0]]
        middle = np.array([(columns * weight).sum(), (rows * weight).sum()]) / weight.sum()
        assert np.hypot(*(middle - context.faces[0].points[index])) < 1.0


@pytest.mark.parametrize("values", [*ONE_EACH, ALL])
def test_nothing_moves_outside_the_face_and_the_rim_does_not_jump(values: dict[str, Value]) -> None:
    frame, face = placed()
    noise = np.random.default_rng(1).integers(0, 255, frame.shape, np.uint8)
    changed = change(noise, reshaped(noise, face, values)[0])
    width = face_width(face.points)
    rows, columns = np.nonzero(changed)
    low, high = face.points.min(0) - 0.45 * width, face.points.max(0) + 0.45 * width
    assert columns.min() > low[0]
    assert rows.min() > low[1]
    assert columns.max() < high[0]
    assert rows.max() < high[1]
    # A soft picture would show a seam: its change at the border of what changed is nothing.
    soft = cv2.GaussianBlur(noise, (0, 0), 6).astype(np.uint8)
    changed = change(soft, reshaped(soft, face, values)[0])
    touched = np.argwhere(changed)
    (top, left), (bottom, right) = touched.min(0), touched.max(0)
    box = changed[top : bottom + 1, left : right + 1]
    assert max(box[0].max(), box[-1].max(), box[:, 0].max(), box[:, -1].max()) <= 1


@pytest.mark.parametrize("degrees", [0, 30])
@pytest.mark.parametrize("values", [*ONE_EACH, ALL])
def test_no_part_of_the_face_is_folded_over_another(values: dict[str, Value], degrees: float) -> None:
    _, face = placed(degrees=degrees)
    plan = Reshape().plan(Values(Reshape.parameters, values))
    assert plan is not None
    warp = warp_of(face, plan, (*WIDE[::-1], 3))
    assert warp is not None
    slopes = [np.gradient(warp.shifts[..., axis], warp.step) for axis in (0, 1)]
    (x_down, x_across), (y_down, y_across) = slopes
    assert ((1 + x_across) * (1 + y_down) - x_down * y_across).min() > 0.2


def test_the_mask_moves_with_the_picture() -> None:
    _, face = placed()
    matte = np.zeros(WIDE[::-1], np.uint8)
    cv2.fillPoly(matte, [face.points[list(landmarks.OVAL)].astype(np.int32)], (255,))
    picture = np.repeat(matte[..., None], 3, axis=2)
    shown, context = reshaped(picture, face, ALL, matte)
    assert context.matte is not None
    assert np.array_equal(shown[..., 0], context.matte)
    assert not np.array_equal(context.matte, matte)


def test_a_fading_face_is_moved_by_as_much() -> None:
    frame, face = placed()
    whole, half, none = (
        np.abs(
            reshaped(frame, replace(face, strength=each), {"chin": 100.0})[1].faces[0].points - face.points
        ).max()
        for each in (1.0, 0.5, 0.0)
    )
    assert none == 0
    assert half == pytest.approx(whole / 2, rel=0.1)


@pytest.mark.parametrize("at", [(0.0, 0.4), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0), (-0.3, 0.5), (1.4, 1.4)])
def test_a_face_at_the_frames_edge_leaves_no_seam(at: tuple[float, float]) -> None:
    frame, face = placed(at=at)
    shown = applied(Reshape(), frame, (face,), ALL)
    edges = [change(frame, shown)[part].max() for part in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1])]
    assert max(edges) <= 24, "only what little the outermost half cell moves"


@pytest.mark.parametrize("size", [(1, 1), (3, 7), (63, 41), (1279, 719), (3840, 2160)])
def test_reshaping_takes_frames_of_any_size(size: tuple[int, int]) -> None:
    frame, face = placed(size, zoom=size[1] / 360)
    assert applied(Reshape(), frame, (face,), ALL).shape == frame.shape
