"""Beauty changes skin, visibly, and nothing else at all."""

import resource
from dataclasses import replace

import cv2
import numpy as np
import pytest

from effects.beauty import Beauty, whitening
from effects.buffers import Buffers
from effects.filter import Context, Quality
from effects.frame import Frame
from effects.landmarks import CHIN, FOREHEAD, LEFT_CHEEK, RIGHT_CHEEK, face_width
from effects.params import Value, Values
from tests.effects.support.color import ColorCard, delta_e_2000
from tests.effects.support.faces import WIDE, applied, change, free_but_for, oval_mask, placed

ALL: dict[str, Value] = {"smooth": 100.0, "whiten": 60.0, "rosy": 60.0, "sharpen": 60.0}
EACH = [{name: 80.0} for name in ALL]


def luma(frame: Frame) -> "np.typing.NDArray[np.float64]":
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), np.float64)


def cheek(frame: Frame, points: "np.typing.NDArray[np.float32]", index: int = LEFT_CHEEK) -> Frame:
    x, y = np.rint(points[index]).astype(int)
    return frame[y - 12 : y + 12, x - 12 : x + 12]


def test_at_rest_it_has_no_plan_so_the_frame_stays_bit_for_bit() -> None:
    assert Beauty().plan(Values(Beauty.parameters)) is None


@pytest.mark.parametrize("values", [*EACH, ALL])
def test_each_slider_changes_the_face(values: dict[str, Value]) -> None:
    frame, face = placed()
    changed = change(frame, applied(Beauty(), frame, (face,), values))
    assert changed[oval_mask(face.points, WIDE) > 0].mean() > 0.15


@pytest.mark.parametrize("zoom", [1.0, 2.0, 4.0])
def test_nothing_outside_face_and_neck_changes_at_all(zoom: float) -> None:
    frame, face = placed(zoom=zoom)
    changed = change(frame, applied(Beauty(), frame, (face,), ALL))
    width = face_width(face.points)
    rows, columns = np.nonzero(changed)
    low, high = face.points.min(0), face.points.max(0)
    assert columns.min() > low[0] - 0.35 * width
    assert columns.max() < high[0] + 0.35 * width
    assert rows.min() > low[1] - 0.5 * width
    assert rows.max() < high[1] + 0.8 * width


def test_the_change_fades_to_nothing_at_the_border_of_its_region() -> None:
    frame, face = placed()
    flat = np.full_like(frame, (120, 145, 190))  # all of it has the colour of skin
    changed = change(flat, applied(Beauty(), flat, (face,), ALL))
    touched = np.nonzero(changed)
    box = changed[touched[0].min() : touched[0].max() + 1, touched[1].min() : touched[1].max() + 1]
    assert changed.max() > 15
    assert max(box[0].max(), box[-1].max(), box[:, 0].max(), box[:, -1].max()) <= 1
    # Not only there: nowhere does the change jump, so no rim can be seen.
    steps = [np.abs(np.diff(changed.astype(int), axis=axis)).max() for axis in (0, 1)]
    assert max(steps) <= 4


def test_spots_fade_but_not_to_plastic() -> None:
    frame, face = placed(zoom=3.0)
    rough = np.random.default_rng(1).normal(0, 6, (frame.shape[0] // 4, frame.shape[1] // 4))
    spots = cv2.resize(rough, WIDE, interpolation=cv2.INTER_CUBIC)[..., None]
    spotted = np.clip(frame + spots, 0, 255).astype(np.uint8)
    smooth, smooth_spotted = (
        applied(Beauty(), each, (face,), {"smooth": 100.0}) for each in (frame, spotted)
    )
    before, after = (
        (luma(cheek(one, face.points)) - luma(cheek(other, face.points))).std()
        for one, other in ((spotted, frame), (smooth_spotted, smooth))
    )
    assert 0.15 * before < after < 0.6 * before
    # The skin's finest texture stays: what is left when a blur of two pixels is taken away.
    fine = [
        (levels - cv2.GaussianBlur(levels, (0, 0), 1)).std()
        for levels in (luma(cheek(each, face.points)) for each in (frame, smooth))
    ]
    assert fine[1] > 0.4 * fine[0]


def test_edges_of_the_features_stay_sharp() -> None:
    frame, face = placed(zoom=3.0)
    smooth = applied(Beauty(), frame, (face,), {"smooth": 100.0})
    for index in (33, 263, 61, 291):  # corners of eyes and mouth
        x, y = np.rint(face.points[index]).astype(int)
        part = np.s_[y - 10 : y + 10, x - 10 : x + 10]
        before, after = (np.abs(np.diff(luma(each[part]), axis=0)).max() for each in (frame, smooth))
        assert after > 0.85 * before


def test_whitening_lightens_skin_and_leaves_black_and_white() -> None:
    frame, face = placed()
    light = applied(Beauty(), frame, (face,), {"whiten": 60.0})
    for index in (LEFT_CHEEK, RIGHT_CHEEK):
        assert (
            luma(cheek(light, face.points, index)).mean() > luma(cheek(frame, face.points, index)).mean() + 6
        )
    table = whitening(1.0)[0]
    assert abs(table[0]) < 0.5
    assert abs(table[255]) < 0.5
    assert table.max() < 45


def test_rosy_makes_skin_redder_without_changing_its_lightness() -> None:
    frame, face = placed()
    rosy = applied(Beauty(), frame, (face,), {"rosy": 100.0})
    before, after = (cheek(each, face.points).reshape(-1, 3).mean(0) for each in (frame, rosy))
    assert (after[2] - after[1]) - (before[2] - before[1]) > 6
    assert luma(cheek(rosy, face.points)).mean() == pytest.approx(
        luma(cheek(frame, face.points)).mean(), abs=1.5
    )


@pytest.mark.parametrize(
    ("left", "top"),
    [(690, 330), (760, 200), (330, 250), (520, 460)],
    ids=["cheek", "ear", "shoulder", "throat"],
)
def test_a_color_card_in_the_hand_keeps_its_colors(left: int, top: int) -> None:
    frame, face = placed()
    card = ColorCard(left, top, field=28)
    held = card.hold_into(frame)
    beauty = Beauty()
    for _ in range(15):  # the person's skin is known before the card comes
        applied(beauty, frame, (face,), ALL)
    seen = applied(beauty, held, (face,), ALL)
    differences = delta_e_2000(card.fields_of(held), card.fields_of(seen))
    assert differences.max() < 2
    assert change(held, seen).max() > 10, "beauty must be at work for this to mean anything"


def test_a_face_that_fades_in_is_changed_by_as_much() -> None:
    frame, face = placed()
    whole, half, none = (
        change(frame, applied(Beauty(), frame, (replace(face, strength=each),), {"whiten": 100.0})).mean()
        for each in (1.0, 0.5, 0.0)
    )
    assert none == 0
    assert half == pytest.approx(whole / 2, rel=0.1)


def test_all_faces_are_changed() -> None:
    left_frame, left = placed(zoom=1.5, at=(0.25, 0.4))
    right_frame, right = placed(zoom=1.5, at=(0.75, 0.4))
    frame = np.hstack([left_frame[:, :640], right_frame[:, 640:]])
    faces = (left, replace(right, track=1))
    changed = change(frame, applied(Beauty(), frame, faces, ALL))
    for face in faces:
        assert changed[oval_mask(face.points, WIDE) > 0].mean() > 2


@pytest.mark.parametrize("at", [(0.0, 0.4), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0), (-0.3, 0.5), (1.4, 1.4)])
def test_a_face_that_is_partly_or_wholly_out_of_the_frame_does_no_harm(at: tuple[float, float]) -> None:
    frame, face = placed(at=at)
    assert applied(Beauty(), frame, (face,), ALL).shape == frame.shape


@pytest.mark.parametrize("size", [(1, 1), (3, 7), (63, 41), (641, 361), (1279, 719), (3840, 2160)])
def test_beauty_takes_frames_of_any_size(size: tuple[int, int]) -> None:
    frame, face = placed(size, zoom=size[1] / 360)
    assert applied(Beauty(), frame, (face,), ALL).shape == frame.shape


def test_with_fewer_pixels_it_looks_much_the_same() -> None:
    frame, face = placed()
    full = applied(Beauty(), frame, (face,), ALL)
    light = applied(Beauty(), frame, (face,), ALL, Quality(beauty_divisor=4))
    assert cv2.PSNR(full, light) > 38


def test_in_steady_state_no_memory_is_asked_for() -> None:
    frame, face = placed()
    beauty, buffers = Beauty(), Buffers()
    plan = beauty.plan(Values(beauty.parameters, ALL))
    assert plan is not None
    faults = []
    for number in range(40):
        swaying = replace(
            face, points=face.points + np.array([10 * np.sin(number), 4 * np.cos(number)], np.float32)
        )
        buffers.begin(frame)
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        beauty.apply(frame, Context(faces=(swaying,)), plan, buffers)
        faults.append(resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)
    assert np.median(faults[20:]) < 50


def test_the_landmarks_of_the_portrait_are_where_its_face_is() -> None:
    frame, face = placed()
    assert face.points[FOREHEAD][1] < face.points[CHIN][1]
    b, _, r = cheek(frame, face.points).reshape(-1, 3).mean(0)
    assert r > b + 20


def test_where_the_second_opinion_sees_a_hand_nothing_is_smoothed() -> None:
    frame, face = placed(zoom=2.0)
    noisy = np.clip(frame + np.random.default_rng(4).normal(0, 9, frame.shape), 0, 255).astype(np.uint8)
    x, y = np.rint(face.points[LEFT_CHEEK]).astype(int)
    covered = free_but_for(face.points[LEFT_CHEEK] + np.array([[-40, -40], [40, 40]], np.float32))
    changes = [
        change(noisy, applied(Beauty(), noisy, (face,), {"smooth": 100.0}, opinion=each))
        for each in (None, covered)
    ]
    middle = np.s_[y - 10 : y + 10, x - 10 : x + 10]
    assert changes[0][middle].mean() > 2
    assert changes[1][middle].max() <= 1
