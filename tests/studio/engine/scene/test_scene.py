import numpy as np
import pytest

from studio.engine.media import VideoFrame
from studio.engine.scene.scene import Compositor, Place, Scene, SceneItem
from studio.project.project import Canvas, Fit

CANVAS = Canvas(width=90, height=160)
RED, BLUE, WHITE, BLACK = [0, 0, 255], [255, 0, 0], [255, 255, 255], [0, 0, 0]


class Still:
    """Shows one picture, or none."""

    def __init__(
        self, image: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None", at: float = 1.0
    ) -> None:
        self.image = image
        self.at = at

    def newest(self, at: float) -> VideoFrame | None:
        return VideoFrame(self.image, captured_at=self.at) if self.image is not None else None


def plain(width: int, height: int, color: list[int]) -> Still:
    image = np.zeros((height, width, len(color)), np.uint8)
    image[:] = color
    return Still(image)


def compose(*items: SceneItem) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    image = Compositor().compose(Scene(CANVAS, items), 2.0).image
    assert image.shape == (160, 90, 3)
    assert image.flags.c_contiguous
    return image


def test_a_picture_of_the_canvas_s_size_is_passed_on_without_a_copy() -> None:
    still = plain(90, 160, RED)
    assert compose(SceneItem(still)) is still.image


def test_a_wide_picture_covers_a_tall_canvas_with_its_middle() -> None:
    image = np.zeros((160, 480, 3), np.uint8)
    image[:, 195:285] = WHITE
    composed = compose(SceneItem(Still(image)))
    assert (composed == 255).all()


def test_a_tall_picture_covers_a_wide_place_with_its_middle() -> None:
    image = np.zeros((480, 90, 3), np.uint8)
    image[220:260] = WHITE
    composed = compose(SceneItem(Still(image), Place(0, 0, 1, 0.25)))
    assert (composed[:40] == 255).all()
    assert not composed[41:].any()


def test_a_contained_picture_is_whole_between_black_bars() -> None:
    composed = compose(SceneItem(plain(180, 90, RED), fit=Fit.CONTAIN))
    assert composed[80, 45].tolist() == RED
    assert composed[10, 45].tolist() == BLACK
    assert (composed[:, :, 2] == 255).all(axis=1).sum() == pytest.approx(45, abs=1)


@pytest.mark.parametrize("size", [(90, 160), (180, 320), (40, 40), (1920, 1080)])
def test_a_screen_s_four_channels_become_three(size: tuple[int, int]) -> None:
    composed = compose(SceneItem(plain(*size, [255, 0, 0, 9])))
    assert composed[80, 45].tolist() == BLUE


def test_four_channels_fit_a_part_of_the_canvas_too() -> None:
    composed = compose(
        SceneItem(plain(90, 160, RED)), SceneItem(plain(20, 20, [255, 0, 0, 9]), Place(0.5, 0.5, 0.2, 0.2))
    )
    assert composed[90, 50].tolist() == BLUE
    assert composed[70, 50].tolist() == RED


def test_later_items_lie_on_top_and_earlier_ones_show_beside_them() -> None:
    base, small = plain(90, 160, RED), plain(10, 10, BLUE)
    composed = compose(SceneItem(base), SceneItem(small, Place(0.0, 0.0, 0.5, 0.25)))
    assert composed[20, 20].tolist() == BLUE
    assert composed[60, 60].tolist() == RED
    assert base.image is not None
    assert (base.image == RED).all()  # what a source gave is never written


def test_a_place_beyond_the_canvas_is_cut_and_an_empty_one_is_nothing() -> None:
    base, small = plain(90, 160, RED), plain(10, 10, BLUE)
    composed = compose(
        SceneItem(base), SceneItem(small, Place(0.9, 0.9, 5, 5)), SceneItem(small, Place(2, 2, 1, 1))
    )
    assert composed[159, 89].tolist() == BLUE
    assert composed[0, 0].tolist() == RED


def test_nothing_to_show_is_black_and_has_no_time() -> None:
    composition = Compositor().compose(Scene(CANVAS, (SceneItem(Still(None)),)), 2.0)
    assert not composition.image.any()
    assert composition.captured_at is None


def test_the_oldest_part_says_when_the_picture_was_captured() -> None:
    items = (SceneItem(plain(90, 160, RED)), SceneItem(plain(9, 16, BLUE), Place(0, 0, 0.1, 0.1)))
    assert isinstance(items[1].provider, Still)
    items[1].provider.at = 0.5
    assert Compositor().compose(Scene(CANVAS, items), 2.0).captured_at == 0.5


def test_frames_still_held_are_not_written_again() -> None:
    compositor = Compositor()
    held = compositor.compose(Scene(CANVAS, (SceneItem(plain(9, 16, RED)),)), 1.0).image
    for _ in range(10):
        compositor.compose(Scene(CANVAS, (SceneItem(plain(9, 16, BLUE)),)), 2.0)
    assert (held == RED).all()
