"""Frames come with an even delay, though some of them take longer."""

import pytest

from effects.pace import Pace


def test_quick_frames_wait_for_as_long_as_the_slow_ones_take() -> None:
    pace = Pace()
    delays_s = []
    for number in range(60):
        taken_s = 0.028 if number % 2 else 0.020
        delays_s.append(taken_s + pace.wait_s(taken_s))
    assert delays_s[24:] == pytest.approx([0.028] * 36)


def test_one_frame_in_four_is_enough_to_wait_for() -> None:
    pace = Pace()
    delays_s = [each + pace.wait_s(each) for each in [0.020, 0.020, 0.020, 0.028] * 15]
    assert delays_s[24:] == pytest.approx([0.028] * 36)


def test_a_single_slow_frame_delays_no_other() -> None:
    pace = Pace()
    waits_s = [pace.wait_s(0.200 if number == 30 else 0.020) for number in range(60)]
    assert waits_s == [0.0] * 60


def test_no_frame_waits_before_it_is_known_what_they_take() -> None:
    pace = Pace()
    assert [pace.wait_s(0.020 + 0.008 * (number % 2)) for number in range(23)] == [0.0] * 23


def test_evenness_is_worth_no_more_than_a_third_of_a_frame() -> None:
    pace = Pace()
    waits_s = [pace.wait_s(0.200 if number % 2 else 0.020) for number in range(60)]
    assert max(waits_s) == 0.012
