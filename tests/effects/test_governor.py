"""The governor: gives up one step at a time, takes it back when there is room, and does not swing."""

from itertools import pairwise

from effects.filter import Quality
from effects.governor import STEPS, Governor, Verdict

PARTS = {"networks": 9.0, "beauty": 20.0}


def run(governor: Governor, cost_ms: float, frames: int) -> Verdict:
    for _ in range(frames):
        governor.frame_took(cost_ms, PARTS)
    return governor.verdict


def test_while_frames_are_in_time_nothing_is_given_up() -> None:
    assert run(Governor(30), 25.0, 1000) == Verdict(0, Quality())


def test_a_single_slow_frame_is_no_reason() -> None:
    governor = Governor(30)
    for _ in range(20):
        run(governor, 10.0, 29)
        run(governor, 500.0, 1)
    assert governor.verdict.number == 0


def test_frames_that_cost_too_much_take_a_step_down_and_the_reason_is_told() -> None:
    verdict = run(Governor(30), 40.0, 30)
    assert verdict.number == 1
    assert verdict.reason == "40 of 33 ms, most of it beauty: 20 ms"


def test_steps_go_down_to_the_last_and_no_further() -> None:
    verdict = run(Governor(30), 90.0, 1000)
    assert verdict.number == len(STEPS) - 1
    assert verdict.quality.fps == 24


def test_each_step_gives_up_more_than_the_one_before() -> None:
    for before, after in pairwise(STEPS):
        assert before.name != after.name
        assert after.matte_every >= before.matte_every
        assert after.faces_every >= before.faces_every
        assert after.beauty_divisor >= before.beauty_divisor
        assert after.most_stickers <= before.most_stickers
        assert after.fps <= before.fps


def test_between_too_much_and_enough_room_the_step_is_kept() -> None:
    governor = Governor(30)
    run(governor, 40.0, 30)
    assert run(governor, 26.0, 2000).number == 1


def test_with_enough_room_for_five_seconds_a_step_is_taken_back() -> None:
    governor = Governor(30)
    run(governor, 40.0, 30)
    assert run(governor, 15.0, 150).number == 1
    verdict = run(governor, 15.0, 60)
    assert (verdict.number, verdict.reason) == (0, "")


def test_a_step_taken_back_too_early_is_taken_back_later_the_next_time() -> None:
    """Its cost is 15 ms on the second step and 40 on the first: it must not swing every few seconds."""
    governor = Governor(30)
    changes = []
    number = 0
    for frame in range(60 * 30):
        verdict = governor.frame_took(40.0 if governor.verdict.number == 0 else 15.0, PARTS)
        if verdict.number != number:
            number = verdict.number
            changes.append(frame)
    waits = [later - earlier for earlier, later in zip(changes[::2], changes[1::2], strict=False)]
    assert len(changes) <= 9
    assert all(later >= 1.8 * earlier for earlier, later in pairwise(waits))


def test_no_step_asks_for_more_frames_than_are_to_come() -> None:
    assert Governor(15).verdict.quality.fps == 15
    assert run(Governor(15), 60.0, 2000).number == 0
