import numpy as np
import pytest
from hypothesis import given

from studio.engine.scene.geometry import Box, PixelBox, bounds, matrix, place
from studio.project.project import Crop, Fit, Transform
from tests.studio.project.random_edits import TRANSFORMS

CANVAS = (720, 1280)
CAMERA = (1920, 1080)


def corner(transform: Transform, x: float, y: float) -> tuple[float, float]:
    """Where a point of the picture lies on the canvas, both counted from their edges."""
    at = matrix(place(transform, CAMERA, CANVAS), transform) @ np.array([x - 0.5, y - 0.5, 1])
    return float(at[0] + 0.5), float(at[1] + 0.5)


def test_a_camera_covers_a_tall_canvas_with_its_middle() -> None:
    placed = place(Transform(), CAMERA, CANVAS)
    assert placed.box == Box(0, 0, 720, 1280)
    assert placed.part == Box(656.25, 0, 607.5, 1080)
    assert corner(Transform(), 656.25, 1080) == pytest.approx((0, 1280))


def test_a_contained_picture_lies_in_the_middle_of_its_box() -> None:
    placed = place(Transform(fit=Fit.CONTAIN), CAMERA, CANVAS)
    assert placed.part == Box(0, 0, 1920, 1080)
    assert placed.box == Box(0, 437.5, 720, 405)


def test_a_crop_comes_before_the_fit() -> None:
    placed = place(Transform(fit=Fit.CONTAIN, crop=Crop(left=0.5, top=0.25)), CAMERA, CANVAS)
    assert placed.part == Box(960, 270, 960, 810)
    assert placed.box.width / placed.box.height == pytest.approx(960 / 810)


def test_the_matrix_turns_clockwise_about_the_middle_of_the_box() -> None:
    turned = Transform(fit=Fit.STRETCH, rotation=90)
    assert corner(turned, 960, 540) == pytest.approx((360, 640))
    assert corner(turned, 0, 0) == pytest.approx((360 + 640, 640 - 360))


@given(TRANSFORMS)
def test_the_middle_of_the_part_is_drawn_in_the_middle_of_the_box(transform: Transform) -> None:
    placed = place(transform, CAMERA, CANVAS)
    middle = placed.part.x + placed.part.width / 2, placed.part.y + placed.part.height / 2
    expected = placed.box.x + placed.box.width / 2, placed.box.y + placed.box.height / 2
    assert corner(transform, *middle) == pytest.approx(expected, abs=1e-6)
    around = bounds(placed.box, transform.rotation)
    assert around.width * around.height >= placed.box.width * placed.box.height * 0.999


def test_pixels_are_whole_and_cut_at_the_canvas() -> None:
    assert Box(0.4, 0.6, 10, 0.1).rounded() == PixelBox(0, 1, 10, 1)
    assert PixelBox(-5, 1270, 20, 20).within(CANVAS) == PixelBox(0, 1270, 15, 10)
    assert PixelBox(720, 0, 5, 5).within(CANVAS) is None
