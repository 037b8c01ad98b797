import numpy as np
import pytest
from msgspec.structs import replace

from studio.engine.media import Picture, VideoFrame
from studio.engine.scene.compositor import Compositor
from studio.engine.scene.draw_list import DrawItem, DrawList
from studio.engine.scene.slates import NoPicture
from studio.project.project import Canvas, Crop, Fit, Transform

CANVAS = Canvas(width=90, height=160)
RED, BLUE, WHITE, BLACK = [0, 0, 255], [255, 0, 0], [255, 255, 255], [0, 0, 0]


class Still:
    """Shows one picture, or none."""

    def __init__(self, image: Picture | None, at: float = 1.0, *, has_alpha: bool = False) -> None:
        self.image = image
        self.at = at
        self.has_alpha = has_alpha
        self.asked = 0

    def newest(self, at: float) -> VideoFrame | None:
        self.asked += 1
        return VideoFrame(self.image, self.at, self.has_alpha) if self.image is not None else None


def plain(width: int, height: int, color: list[int]) -> Still:
    image = np.zeros((height, width, len(color)), np.uint8)
    image[:] = color
    return Still(image)


def compose(*items: DrawItem) -> Picture:
    image = Compositor().compose(DrawList(CANVAS, items), 2.0).image
    assert image.shape == (160, 90, 3)
    assert image.flags.c_contiguous
    return image


def test_a_picture_of_the_canvas_s_size_is_passed_on_without_a_copy() -> None:
    still = plain(90, 160, RED)
    assert compose(DrawItem(still)) is still.image


def test_a_wide_picture_covers_a_tall_canvas_with_its_middle() -> None:
    image = np.zeros((160, 480, 3), np.uint8)
    image[:, 195:285] = WHITE
    composed = compose(DrawItem(Still(image)))
    assert (composed == 255).all()


def test_a_tall_picture_covers_a_wide_place_with_its_middle() -> None:
    image = np.zeros((480, 90, 3), np.uint8)
    image[220:260] = WHITE
    composed = compose(DrawItem(Still(image), Transform(0, 0, 1, 0.25)))
    assert (composed[:40] == 255).all()
    assert not composed[41:].any()


def test_a_contained_picture_is_whole_between_black_bars() -> None:
    composed = compose(DrawItem(plain(180, 90, RED), Transform(fit=Fit.CONTAIN)))
    assert composed[80, 45].tolist() == RED
    assert composed[10, 45].tolist() == BLACK
    assert (composed[:, :, 2] == 255).all(axis=1).sum() == pytest.approx(45, abs=1)


@pytest.mark.parametrize("size", [(90, 160), (180, 320), (40, 40), (1920, 1080)])
def test_a_screen_s_four_channels_become_three(size: tuple[int, int]) -> None:
    composed = compose(DrawItem(plain(*size, [255, 0, 0, 9])))
    assert composed[80, 45].tolist() == BLUE


def test_four_channels_fit_a_part_of_the_canvas_too() -> None:
    composed = compose(
        DrawItem(plain(90, 160, RED)), DrawItem(plain(20, 20, [255, 0, 0, 9]), Transform(0.5, 0.5, 0.2, 0.2))
    )
    assert composed[90, 50].tolist() == BLUE
    assert composed[70, 50].tolist() == RED


def test_later_items_lie_on_top_and_earlier_ones_show_beside_them() -> None:
    base, small = plain(90, 160, RED), plain(10, 10, BLUE)
    composed = compose(DrawItem(base), DrawItem(small, Transform(0.0, 0.0, 0.5, 0.25)))
    assert composed[20, 20].tolist() == BLUE
    assert composed[60, 60].tolist() == RED
    assert base.image is not None
    assert (base.image == RED).all()  # what a source gave is never written


def test_a_place_beyond_the_canvas_is_cut_and_an_empty_one_is_nothing() -> None:
    base, small = plain(90, 160, RED), plain(10, 10, BLUE)
    composed = compose(
        DrawItem(base), DrawItem(small, Transform(0.9, 0.9, 5, 5)), DrawItem(small, Transform(2, 2, 1, 1))
    )
    assert composed[159, 89].tolist() == BLUE
    assert composed[0, 0].tolist() == RED


def test_nothing_to_show_is_black_and_has_no_time() -> None:
    composition = Compositor().compose(DrawList(CANVAS, (DrawItem(Still(None)),)), 2.0)
    assert not composition.image.any()
    assert composition.captured_at is None


def test_the_oldest_part_says_when_the_picture_was_captured() -> None:
    items = (DrawItem(plain(90, 160, RED)), DrawItem(plain(9, 16, BLUE), Transform(0, 0, 0.1, 0.1)))
    assert isinstance(items[1].provider, Still)
    items[1].provider.at = 0.5
    assert Compositor().compose(DrawList(CANVAS, items), 2.0).captured_at == 0.5


def test_frames_still_held_are_not_written_again() -> None:
    compositor = Compositor()
    held = compositor.compose(DrawList(CANVAS, (DrawItem(plain(9, 16, RED)),)), 1.0).image
    for _ in range(10):
        compositor.compose(DrawList(CANVAS, (DrawItem(plain(9, 16, BLUE)),)), 2.0)
    assert (held == RED).all()


# --- Turned, flipped, cropped, seen through ---


def corners(size: int = 40) -> Still:
    """Red, white over blue, black: each corner a colour."""
    image = np.zeros((size, size, 3), np.uint8)
    half = size // 2
    image[:half, :half], image[:half, half:], image[half:, :half] = RED, WHITE, BLUE
    return Still(image)


BOX = Transform(10 / 90, 20 / 160, 60 / 90, 60 / 160, fit=Fit.STRETCH)
QUARTERS = {"upper left": (20, 30), "upper right": (60, 30), "lower left": (20, 70), "lower right": (60, 70)}


def quarters(transform: Transform, picture: Still | None = None) -> list[list[int]]:
    """The colours in the four quarters of the box: upper left, upper right, lower left, lower right."""
    composed = compose(DrawItem(picture or corners(), transform))
    return [composed[y, x].tolist() for x, y in QUARTERS.values()]


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        (BOX, [RED, WHITE, BLUE, BLACK]),
        (replace(BOX, is_mirrored=True), [WHITE, RED, BLACK, BLUE]),
        (replace(BOX, is_upside_down=True), [BLUE, BLACK, RED, WHITE]),
        (replace(BOX, is_mirrored=True, is_upside_down=True), [BLACK, BLUE, WHITE, RED]),
        (replace(BOX, rotation=90), [BLUE, RED, BLACK, WHITE]),
        (replace(BOX, rotation=180), [BLACK, BLUE, WHITE, RED]),
        (replace(BOX, rotation=-90), [WHITE, BLACK, RED, BLUE]),
        (replace(BOX, rotation=90, is_mirrored=True), [BLACK, WHITE, BLUE, RED]),
        (replace(BOX, crop=Crop(right=0.5)), [RED, RED, BLUE, BLUE]),
        (replace(BOX, crop=Crop(left=0.5, bottom=0.5)), [WHITE] * 4),
    ],
)
def test_a_picture_is_turned_clockwise_flipped_and_cropped(
    transform: Transform, expected: list[list[int]]
) -> None:
    assert quarters(transform) == expected


def test_a_turned_picture_leaves_the_rest_of_the_canvas_alone() -> None:
    base = plain(90, 160, RED)
    turned = DrawItem(plain(40, 40, BLUE), replace(BOX, rotation=45))
    composed = compose(DrawItem(base), turned)
    assert composed[50, 40].tolist() == BLUE
    assert composed[22, 12].tolist() == RED  # a corner of the box, which the turned picture leaves free
    assert composed[50, 2].tolist() == BLUE  # and a corner of the picture, beyond the box
    assert composed[120, 40].tolist() == RED


def test_what_reaches_beyond_the_canvas_is_cut_and_not_squeezed() -> None:
    half_out = replace(BOX, x=-30 / 90)
    composed = compose(DrawItem(corners(), half_out))
    assert composed[30, 10].tolist() == WHITE  # its right half
    assert composed[70, 10].tolist() == BLACK
    assert composed[30, 40].tolist() == BLACK  # beside it
    assert not compose(DrawItem(corners(), replace(BOX, x=2.0))).any()


def test_a_stretched_picture_fills_its_box_and_a_contained_one_keeps_its_shape() -> None:
    wide = plain(80, 20, RED)
    assert quarters(BOX, wide) == [RED] * 4
    contained = compose(DrawItem(wide, replace(BOX, fit=Fit.CONTAIN)))
    rows = (contained[:, 40, 2] == 255).nonzero()[0]
    assert (rows.min(), rows.max()) == (42, 57) or len(rows) == pytest.approx(15, abs=1)


@pytest.mark.parametrize(("opacity", "red", "blue"), [(1.0, 0, 255), (0.5, 127, 128), (0.0, 255, 0)])
def test_opacity_mixes_a_picture_with_what_is_below(opacity: float, red: int, blue: int) -> None:
    transforms = (replace(BOX, opacity=opacity), replace(BOX, opacity=opacity, rotation=180))
    for transform in transforms:
        composed = compose(DrawItem(plain(90, 160, RED)), DrawItem(plain(40, 40, BLUE), transform))
        assert composed[50, 40].tolist() == pytest.approx([blue, 0, red], abs=1)


def halves(color: list[int]) -> Still:
    """Left half of this colour, right half transparent, between them a column half seen; premultiplied."""
    image = np.zeros((40, 41, 4), np.uint8)
    image[:, :20] = [*color, 255]
    image[:, 20] = [*(channel // 2 for channel in color), 128]
    return Still(image, has_alpha=True)


def test_what_is_transparent_shows_what_is_below_without_a_fringe() -> None:
    base, white = plain(90, 160, BLUE), halves(WHITE)
    for transform in (BOX, replace(BOX, rotation=180, is_mirrored=True, is_upside_down=True)):
        composed = compose(DrawItem(base), DrawItem(white, transform))
        assert composed[50, 20].tolist() == WHITE
        assert composed[50, 60].tolist() == BLUE
        edge = composed[50, 30:52].astype(int)
        assert (edge[:, 0] >= 254).all()  # white over blue: nothing between them is darker than both
        assert (np.diff(edge[:, 1]) <= 0).all()


def test_opacity_weighs_what_is_transparent_too() -> None:
    composed = compose(DrawItem(plain(90, 160, BLUE)), DrawItem(halves(RED), replace(BOX, opacity=0.5)))
    assert composed[50, 20].tolist() == pytest.approx([127, 0, 127], abs=2)
    assert composed[50, 60].tolist() == BLUE


def test_a_picture_made_much_smaller_is_averaged() -> None:
    stripes = np.zeros((960, 960, 3), np.uint8)
    stripes[:, ::2] = 255
    composed = compose(DrawItem(Still(stripes), BOX))
    assert composed[25:75, 15:65].min() > 120
    assert composed[25:75, 15:65].max() < 135


def test_a_picture_that_stands_still_is_scaled_once() -> None:
    compositor, still = Compositor(), plain(400, 400, BLUE)
    drawn = DrawList(CANVAS, (DrawItem(plain(90, 160, RED)), DrawItem(still, BOX)))
    first = compositor.compose(drawn, 1.0).image
    assert still.image is not None
    still.image[:] = 0  # against the rule, to tell a kept drawing from one made anew
    assert (compositor.compose(drawn, 2.0).image == first).all()
    moved = DrawList(CANVAS, (drawn.items[0], DrawItem(still, replace(BOX, x=0.2))))
    assert compositor.compose(moved, 3.0).image[50, 40].tolist() == BLACK


def test_what_is_hidden_is_watched_but_not_drawn() -> None:
    below, above = plain(10, 10, BLUE), plain(90, 160, RED)
    assert compose(DrawItem(below), DrawItem(above)) is above.image
    assert below.asked == 1


def test_a_source_in_two_places_is_asked_once_a_frame() -> None:
    still = plain(10, 10, BLUE)
    compose(DrawItem(still, BOX), DrawItem(still, replace(BOX, y=0.6)))
    assert still.asked == 1


def test_where_there_is_no_picture_yet_what_is_below_is_seen() -> None:
    assert compose(DrawItem(plain(90, 160, RED)), DrawItem(NoPicture()))[80, 45].tolist() == RED
