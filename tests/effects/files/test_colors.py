"""Colours of other screens as ours."""

import numpy as np
import pytest

from effects.buffers import Buffers
from effects.files.colors import ADOBE_RGB, DISPLAY_P3, HLG, LINEAR, PQ, Colors, ToScreen, to_screen

BT2020 = 9


def shown(colors: Colors, *bgr: float) -> list[int]:
    """Return what a pixel of these signals, 0 to 1, is shown as."""
    kind, most = (np.uint16, 65535) if colors.needs_depth else (np.uint8, 255)
    pixel = np.rint(np.array(bgr) * most).astype(kind)
    picture = np.tile(pixel, (2, 2, 1))
    return [int(value) for value in to_screen(colors).apply(picture, Buffers())[0, 0]]


@pytest.mark.parametrize(
    ("signal", "level"),
    [(0.0, 0), (0.38, 101), (0.75, 229), (1.0, 255)],  # black, 18 % grey, diffuse white, the brightest
)
def test_grey_of_hlg_is_shown_as_bright_as_meant(signal: float, level: int) -> None:
    assert shown(Colors(BT2020, HLG), signal, signal, signal) == pytest.approx([level] * 3, abs=3)


@pytest.mark.parametrize(("signal", "level"), [(0.0, 0), (0.5081, 183), (0.5807, 229), (0.7518, 255)])
def test_grey_of_pq_is_shown_as_bright_as_meant(signal: float, level: int) -> None:
    assert shown(Colors(BT2020, PQ), signal, signal, signal) == pytest.approx([level] * 3, abs=4)


@pytest.mark.parametrize("transfer", [HLG, PQ])
def test_brighter_hdr_is_never_shown_darker_and_highlights_keep_steps(transfer: int) -> None:
    ramp = np.linspace(0, 65535, 512).astype(np.uint16)
    frame = ToScreen(Colors(BT2020, transfer)).apply(np.repeat(ramp[None, :, None], 3, axis=2), Buffers())
    levels = frame[0, :, 1].astype(int)
    assert np.diff(levels).min() >= -2
    assert levels[round(512 * 0.68)] < levels[round(512 * 0.72)] <= 255


def test_a_brighter_mastering_peak_leaves_more_room_for_highlights() -> None:
    assert shown(Colors(BT2020, PQ, 4000), 0.65, 0.65, 0.65) < shown(
        Colors(BT2020, PQ, 1000), 0.65, 0.65, 0.65
    )


def test_colours_of_hdr_are_not_pale() -> None:
    blue, green, red = shown(Colors(BT2020, HLG), 0.2, 0.2, 0.6)
    assert red > 180
    assert max(blue, green) < 60


@pytest.mark.parametrize("primaries", [BT2020, DISPLAY_P3, ADOBE_RGB, 5, 6])
def test_other_primaries_leave_grey_alone_and_move_colours(primaries: int) -> None:
    colors = Colors(primaries)
    assert shown(colors, 0.5, 0.5, 0.5) == pytest.approx([128] * 3, abs=2)
    assert shown(colors, 0.2, 0.7, 0.3) != pytest.approx([51, 178, 76], abs=2)


def test_red_of_a_wide_screen_is_redder_on_ours() -> None:
    blue, _, red = shown(Colors(DISPLAY_P3), 0.3, 0.3, 0.7)
    assert red > 0.7 * 255 + 4
    assert blue < 0.3 * 255 + 1


def test_linear_light_is_encoded() -> None:
    assert shown(Colors(1, LINEAR), 0.5, 0.5, 0.5) == pytest.approx([186] * 3, abs=2)


@pytest.mark.parametrize("primaries", [1, 2, 77])
def test_our_own_and_unknown_colours_are_left_alone(primaries: int) -> None:
    assert Colors(primaries).is_ours
    assert not Colors(primaries, PQ).is_ours
