"""When pictures and sounds are due, whatever the times written in the file."""

import pytest

from effects.files.times import Jumps, Times


def times(begin_s: float = 0.0, longest_gap_s: float = 10.0, jumps: Jumps | None = None) -> Times:
    return Times(begin_s, longest_gap_s, jumps or Jumps())


def dues(clock: Times, *raw: float | None, length_s: float = 0.1) -> list[float]:
    return [round(clock.due(each, length_s), 3) for each in raw]


def test_times_of_a_variable_frame_rate_stay_as_they_are_written() -> None:
    clock = times(begin_s=100.0)
    assert dues(clock, 100.0, 100.1, 105.0, 105.02) == [0.0, 0.1, 5.0, 5.02]
    assert clock.over_s == pytest.approx(5.12)


def test_pictures_without_times_follow_each_other() -> None:
    assert dues(times(), None, None, None) == [0.0, 0.1, 0.2]


@pytest.mark.parametrize("jump", [3600.0, -3600.0, 95443.7, 11.0, -1.0])
def test_a_jump_of_the_times_is_passed_over(jump: float) -> None:
    clock = times(begin_s=5000.0)
    before = dues(clock, 5000.0, 5000.1)
    after = dues(clock, 5000.2 + jump, 5000.3 + jump)
    assert (before, after) == ([0.0, 0.1], [0.2, 0.3])


def test_a_time_a_little_back_is_shown_with_the_one_before() -> None:
    assert dues(times(), 0.0, 0.1, 0.05, 0.2) == [0.0, 0.1, 0.1, 0.2]


def test_picture_and_sound_stay_together_over_a_jump() -> None:
    jumps = Jumps()
    picture, sound = times(jumps=jumps), times(jumps=jumps)
    dues(picture, 0.0, 1.0)
    dues(sound, 0.0, 0.5, 1.0)
    assert dues(picture, 500.0) == [1.1]
    assert dues(sound, 500.2) == [
        1.3
    ]  # 0.2 s after the picture, as written, not right after the sound before


def test_a_long_gap_is_kept_where_times_do_not_jump() -> None:
    assert dues(times(longest_gap_s=3600.0), 0.0, 900.0) == [0.0, 900.0]
