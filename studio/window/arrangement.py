"""Where the docks of a window stand at its width, so that the middle has at least 45% of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from widgets.common.rail import WIDTH as RAIL

SMALLEST: Final = (1024, 576)
NARROW: Final = 1200
WIDE: Final = 1680
LOW: Final = 660
"""Of the window's height: below, a chat under the products would show one message."""
SEPARATOR: Final = 6
LEAST_MIDDLE: Final = 0.45
TABS_WIDTH: Final = 416
SIDE: Final = (208, 256)
RIGHT: Final = (378, 440)
"""Least and most width of a column, from the narrow to the wide window."""


class Right(StrEnum):
    """How products and chat share the right side."""

    TABS = "tabs"
    STACKED = "stacked"
    ABREAST = "abreast"


@dataclass(frozen=True)
class Places:
    """Where docks stand.

    Attributes:
        side_width: of the side panel, in pixels; 0 where it lies over the middle when it is opened.
        right: how products and chat share the right side.
        right_width: of both together, in pixels.
    """

    side_width: int
    right: Right
    right_width: int


def places(width: int, height: int, least_side: int = 0, least_right: int = 0) -> Places:
    """Return the places at a window's size, given what the panels need at least."""
    if width < NARROW:
        return Places(0, Right.TABS, max(TABS_WIDTH, least_right))
    if width >= WIDE:
        return Places(max(SIDE[1], least_side), Right.ABREAST, max(width // 3, least_right))
    share = (width - NARROW) / (WIDE - NARROW)
    side = max(round(SIDE[0] + share * (SIDE[1] - SIDE[0])), least_side)
    right = round(RIGHT[0] + share * (RIGHT[1] - RIGHT[0]))
    left_over = width - RAIL - side - 2 * SEPARATOR - round(width * LEAST_MIDDLE)
    form = Right.STACKED if height >= LOW else Right.TABS
    return Places(side, form, max(least_right, min(right, left_over)))
