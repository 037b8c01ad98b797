"""The host compares before and after; nobody else sees it."""

import numpy as np

from studio.engine.effects.comparison import BeforeAfter
from studio.engine.effects.frame_queue import Finished
from studio.engine.messages.values import Comparison
from tests.studio.engine.pictures import plain

COMPOSED = plain(200, 10.0)
PAIR = Finished(plain(50, 9.95), plain(200, 9.95))


def before_after(comparison: Comparison) -> BeforeAfter:
    made = BeforeAfter()
    made.comparison = comparison
    return made


def test_usually_the_composed_picture_itself_is_shown() -> None:
    assert before_after(Comparison.AFTER).compared(COMPOSED, PAIR) is COMPOSED


def test_before_shows_the_same_moment_without_effects() -> None:
    shown = before_after(Comparison.BEFORE).compared(COMPOSED, PAIR)
    assert (shown.image == 50).all()
    assert shown.captured_at == COMPOSED.captured_at


def test_split_shows_before_on_the_left_and_after_on_the_right_of_a_line() -> None:
    image = before_after(Comparison.SPLIT).compared(COMPOSED, PAIR).image
    assert (image[:, :44] == 50).all()
    assert (image[:, 44:46] == 255).all()
    assert (image[:, 46:] == 200).all()
    assert (PAIR.before.image == 50).all()
    assert (PAIR.after.image == 200).all()


def test_a_source_smaller_than_the_canvas_is_enlarged_for_it() -> None:
    small = Finished(plain(50, 9.95, 45, 80), plain(200, 9.95, 45, 80))
    image = before_after(Comparison.SPLIT).compared(COMPOSED, small).image
    assert image.shape == COMPOSED.image.shape
    assert (image[:, :40] == 50).all()


def test_without_effects_and_behind_a_slate_nothing_is_compared() -> None:
    split = before_after(Comparison.SPLIT)
    assert split.compared(COMPOSED, None) is COMPOSED
    long_ago = Finished(plain(50, 5.0), plain(200, 5.0))
    assert split.compared(COMPOSED, long_ago) is COMPOSED


def test_comparisons_do_not_write_into_each_other() -> None:
    split = before_after(Comparison.SPLIT)
    first = split.compared(COMPOSED, PAIR)
    kept = first.image.copy()
    split.compared(COMPOSED, Finished(plain(1, 9.99), plain(2, 9.99)))
    assert np.array_equal(first.image, kept)
