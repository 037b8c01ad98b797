"""Stickers stand on heads: in the right place, turned with them, and fading with them."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import msgspec
import numpy as np
import numpy.typing as npt
import pytest

from effects.filter import EffectError, Face, Quality
from effects.frame import Frame
from effects.landmarks import LEFT_EYE, RIGHT_EYE, face_width
from effects.params import Value, Values
from effects.stickers import FOLDER, Sticker, Stickers, read_stickers
from tests.effects.support.faces import WIDE, applied, change, placed

NAMES = [place.name for place in read_stickers()]


def worn(name: str, face: Face, frame: Frame | None = None, **values: Value) -> Frame:
    blank = np.full((WIDE[1], WIDE[0], 3), 128, np.uint8) if frame is None else frame
    return change(blank, applied(Stickers(), blank, (face,), {name: True, **values}))


def middle_of(mask: Frame) -> npt.NDArray[np.float64]:
    return np.asarray(np.argwhere(mask > 8).mean(0)[::-1])


def test_with_none_chosen_it_has_no_plan() -> None:
    assert Stickers().plan(Values(Stickers.parameters)) is None


def test_there_are_glasses_ears_and_a_hat() -> None:
    assert set(NAMES) == {"glasses", "cat_ears", "hat"}


def test_glasses_cover_the_eyes() -> None:
    _, face = placed()
    drawn = worn("glasses", face)
    for eye in (LEFT_EYE, RIGHT_EYE):
        x, y = np.rint(face.points[list(eye)].mean(0)).astype(int)
        assert drawn[y - 3 : y + 3, x - 3 : x + 3].min() > 0


@pytest.mark.parametrize("name", ["cat_ears", "hat"])
def test_ears_and_hat_are_on_top_of_the_head(name: str) -> None:
    _, face = placed(zoom=1.5, at=(0.5, 0.6))
    rows, columns = np.nonzero(worn(name, face))
    brows = face.points[[105, 334], 1].min()
    assert rows.max() < brows
    assert abs(columns.mean() - face.points[:, 0].mean()) < 0.06 * face_width(face.points)


@pytest.mark.parametrize("name", NAMES)
def test_they_turn_and_grow_with_the_head(name: str) -> None:
    upright, tilted = (placed(zoom=1.2, degrees=degrees, at=(0.5, 0.6))[1] for degrees in (0.0, 30.0))
    arm, turned_arm = (middle_of(worn(name, face)) - face.points[4] for face in (upright, tilted))
    turn = np.radians(-30)  # anticlockwise, with y downwards
    expected = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ arm
    assert np.hypot(*(turned_arm - expected)) < 0.05 * face_width(upright.points)
    larger = placed(zoom=1.8, at=(0.5, 0.6))[1]
    areas = [np.count_nonzero(worn(name, face)) for face in (upright, larger)]
    assert areas[1] / areas[0] == pytest.approx((1.8 / 1.2) ** 2, rel=0.1)


def test_size_lets_a_hat_grow_upwards() -> None:
    _, face = placed(zoom=1.0, at=(0.5, 0.7))
    plain, large = (np.nonzero(worn("hat", face, size=size))[0] for size in (100.0, 150.0))
    assert large.min() < plain.min()
    assert large.max() == pytest.approx(plain.max(), abs=8)


def test_a_fading_face_has_a_fading_sticker() -> None:
    _, face = placed()
    whole, half, none = (worn("hat", replace(face, strength=each)).mean() for each in (1.0, 0.5, 0.0))
    assert none == 0
    assert half == pytest.approx(whole / 2, rel=0.1)


def test_in_need_only_the_largest_faces_wear_them() -> None:
    frame, left = placed(zoom=1.2, at=(0.3, 0.6))
    right = placed(zoom=1.0, at=(0.7, 0.6))[1]
    shown = applied(Stickers(), frame, (left, right), {"hat": True}, Quality(most_stickers=1))
    columns = np.nonzero(change(frame, shown))[1]
    assert columns.max() < 0.5 * WIDE[0]


@pytest.mark.parametrize("at", [(0.0, 0.4), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0), (-3.0, 0.5), (9.0, 9.0)])
@pytest.mark.parametrize("size", [(1, 1), (63, 41), (1279, 719)])
def test_stickers_take_no_harm_from_a_missing_face_or_frame(
    size: tuple[int, int], at: tuple[float, float]
) -> None:
    frame, face = placed(size, zoom=size[1] / 360, at=at)
    values: dict[str, Value] = dict.fromkeys(NAMES, True)
    assert applied(Stickers(), frame, (face,), values).shape == frame.shape


def test_a_head_that_fell_together_to_a_point_does_no_harm() -> None:
    frame, face = placed()
    flat = replace(face, points=np.full_like(face.points, 300))
    assert applied(Stickers(), frame, (flat,), {"hat": True}).shape == frame.shape


def test_a_picture_without_transparency_is_refused(tmp_path: Path) -> None:
    place = msgspec.structs.replace(read_stickers()[0], file="opaque.png")
    cv2.imwrite(str(tmp_path / "opaque.png"), np.zeros((32, 32, 3), np.uint8))
    with pytest.raises(EffectError, match="transparency"):
        Sticker.read(place, tmp_path)


def test_the_pictures_are_those_the_script_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Path(__file__).parents[2] / "scripts" / "draw_stickers.py"
    spec = importlib.util.spec_from_file_location("draw_stickers", script)
    assert spec is not None
    assert spec.loader is not None
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    monkeypatch.setattr(sys, "argv", ["draw_stickers.py", str(tmp_path)])
    assert drawing.main() == 0
    for name in NAMES:
        fresh, kept = (
            cv2.imread(str(folder / f"{name}.png"), cv2.IMREAD_UNCHANGED) for folder in (tmp_path, FOLDER)
        )
        assert fresh is not None
        assert kept is not None
        assert np.abs(fresh.astype(int) - kept).mean() < 1
