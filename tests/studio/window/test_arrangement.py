import pytest

from studio.window.arrangement import LEAST_MIDDLE, SEPARATOR, Right, places
from widgets.common.rail import WIDTH as RAIL


@pytest.mark.parametrize("width", range(1024, 2600, 7))
def test_every_width_leaves_the_middle_its_share(width: int) -> None:
    wanted = places(width, 768, least_side=200, least_right=300)
    taken = RAIL + wanted.side_width + wanted.right_width + SEPARATOR * (2 if wanted.side_width else 1)

    assert width - taken >= LEAST_MIDDLE * width - 1
    assert wanted.right_width >= 300
    assert wanted.side_width in {0, *range(200, 257)}


@pytest.mark.parametrize(
    ("width", "right"),
    [
        (1024, Right.TABS),
        (1199, Right.TABS),
        (1200, Right.STACKED),
        (1679, Right.STACKED),
        (1680, Right.ABREAST),
    ],
)
def test_products_and_chat_share_the_right_by_the_width(width: int, right: Right) -> None:
    assert places(width, 768).right is right


def test_panels_that_need_more_get_it() -> None:
    assert places(1366, 768, least_side=264, least_right=330).side_width == 264
    assert places(1200, 768, least_side=264, least_right=330).right_width >= 330


def test_the_chat_lies_behind_the_products_where_the_window_is_low() -> None:
    assert places(1366, 659).right is Right.TABS
    assert places(1366, 660).right is Right.STACKED
    assert places(1920, 600).right is Right.ABREAST
