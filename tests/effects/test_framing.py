"""The crop follows the head like somebody behind the camera: late, softly, not for trifles."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from effects.buffers import Buffers
from effects.filter import Context, Face
from effects.framing import Crop, Framing, Operator, Window
from effects.landmarks import face_width
from effects.params import Values
from tests.effects.support.faces import WIDE, applied, placed

FRAME_S = 1 / 30


def followed(faces: list[tuple[Face, ...]], closeness: float = 0.8) -> list[Crop]:
    operator = Operator(WIDE)
    return [operator.follow(each, closeness, number * FRAME_S) for number, each in enumerate(faces)]


def at(x: float, y: float = 0.45, zoom: float = 1.2) -> tuple[Face, ...]:
    return (placed(zoom=zoom, at=(x, y))[1],)


def steps(crops: list[Crop]) -> "np.typing.NDArray[np.float64]":
    return np.array([(crop.x, crop.y, crop.zoom * 500) for crop in crops])


def test_framing_at_rest_has_no_plan() -> None:
    assert Framing().plan(Values(Framing.parameters)) is None


def test_the_crop_comes_to_the_head_and_stays_inside_the_frame() -> None:
    crops = followed([at(0.7)] * 120)
    last = crops[-1]
    assert last.zoom > 1.5
    assert abs(last.x - 0.7 * WIDE[0]) < 0.05 * WIDE[0]
    for crop in crops:
        for middle, size in ((crop.x, WIDE[0]), (crop.y, WIDE[1])):
            assert size / crop.zoom / 2 - 0.5 <= middle <= size - size / crop.zoom / 2 + 0.5


def test_framing_starts_and_ends_softly_and_never_overshoots() -> None:
    crops = steps(followed([at(0.45)] * 100 + [at(0.55)] * 100))[100:]
    speed = np.diff(crops[:, 0])
    assert speed.min() > -0.05
    assert np.abs(np.diff(speed)).max() < 2.5
    assert speed[-1] == 0


def test_framing_rests_while_the_head_only_sways() -> None:
    settled = [at(0.5)] * 120
    swaying = [at(0.5 + 0.015 * np.sin(number / 5)) for number in range(60)]
    assert np.ptp(steps(followed([*settled, *swaying]))[120:], axis=0).max() == 0


def test_framing_opens_when_nobody_has_been_there_for_a_while() -> None:
    crops = followed([at(0.5)] * 90 + [()] * 200)
    assert crops[90 + 30].zoom == crops[90].zoom, "somebody may come back"
    assert crops[-1].zoom == pytest.approx(1, abs=0.02)


def test_all_faces_stay_in_view() -> None:
    two = (*at(0.2, zoom=1.0), *at(0.8, zoom=1.0))
    crop = followed([two] * 120)[-1]
    for face in two:
        assert abs(face.points[:, 0] - crop.x).max() <= WIDE[0] / crop.zoom / 2 + 1


def test_faces_that_fade_away_do_not_count() -> None:
    fading = (replace(at(0.2)[0], strength=0.3),)
    assert followed([fading] * 60)[-1].zoom == 1


def test_the_whole_frame_is_given_on_bit_for_bit() -> None:
    frame, _ = placed()
    assert np.array_equal(applied(Framing(), frame, (), {"closeness": 50.0}), frame)


def test_matte_and_landmarks_move_with_the_picture() -> None:
    frame, face = placed(zoom=1.2, at=(0.6, 0.45))
    effect, buffers = Framing(), Buffers()
    plan = effect.plan(Values(effect.parameters, {"closeness": 80.0}))
    assert plan is not None
    spot = np.zeros_like(frame)
    x, y = face.points[4]
    cv2.circle(
        spot, (round(float(x) * 16), round(float(y) * 16)), 5 * 16, (255, 255, 255), -1, cv2.LINE_AA, 4
    )
    shown, context = spot, Context()
    for number in range(90):
        buffers.begin(spot)
        context = Context(number * FRAME_S, faces=(face,), matte=spot[..., 0].copy())
        shown = effect.apply(spot, context, plan, buffers)
    weight = shown[..., 0].astype(float)
    rows, columns = np.mgrid[0 : WIDE[1], 0 : WIDE[0]]
    middle = np.array([(columns * weight).sum(), (rows * weight).sum()]) / weight.sum()
    assert np.hypot(*(middle - context.faces[0].points[4])) < 0.3
    assert face_width(context.faces[0].points) > 1.3 * face_width(face.points)
    assert context.matte is not None
    assert np.abs(context.matte.astype(int) - shown[..., 0]).max() <= 1


def test_the_crop_is_placed_between_pixels() -> None:
    errors = []
    for zoom in (1.1, 1.3, 1.5, 1.9):
        for x in np.linspace(600, 680, 81):
            window = Window.of(Crop(float(x), 360.0, zoom), WIDE)
            columns, shown = window.source[1], window.shown[1]
            scale = window.enlarged[0] / (columns.stop - columns.start)
            middle = columns.start + (shown.start + shown.stop) / 2 / scale
            errors.append(abs(middle - x))
    assert np.mean(errors) < 0.06
    assert np.max(errors) < 0.3


@pytest.mark.parametrize("size", [(1, 1), (3, 7), (63, 41), (1279, 719), (3840, 2160)])
def test_framing_takes_frames_of_any_size(size: tuple[int, int]) -> None:
    frame, face = placed(size, zoom=size[1] / 700)
    effect, buffers = Framing(), Buffers()
    plan = effect.plan(Values(effect.parameters, {"closeness": 100.0}))
    assert plan is not None
    for number in range(20):
        buffers.begin(frame)
        context = Context(number * FRAME_S, faces=(face,))
        assert effect.apply(frame, context, plan, buffers).shape == frame.shape
