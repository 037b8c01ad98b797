"""What sweeps leave alone for a while."""

from backend.shop.left_alone import FIRST_PAUSE_MS, LONGEST_PAUSE_MS, LeftAlone
from tests.backend.shop.conftest import Clock


def test_what_fails_again_is_left_alone_for_twice_as_long(clock: Clock) -> None:
    left_alone = LeftAlone(clock)
    for pause_ms in (FIRST_PAUSE_MS, 2 * FIRST_PAUSE_MS):
        left_alone.add("a")
        clock.turn(pause_ms - 1)
        assert left_alone.names() == ["a"]
        clock.turn(1)
        assert left_alone.names() == []


def test_pauses_grow_no_longer_than_they_may(clock: Clock) -> None:
    left_alone = LeftAlone(clock, longest_ms=FIRST_PAUSE_MS)
    for _ in range(3):
        left_alone.add("a")
    clock.turn(FIRST_PAUSE_MS)
    assert left_alone.names() == []


def test_what_is_done_is_left_alone_no_more(clock: Clock) -> None:
    left_alone = LeftAlone(clock)
    left_alone.add("a")
    left_alone.forget("a")
    assert left_alone.names() == []


def test_what_failed_long_ago_is_forgotten(clock: Clock) -> None:
    left_alone = LeftAlone(clock)
    for number in range(100):
        left_alone.add(str(number))
    clock.turn(2 * LONGEST_PAUSE_MS)
    left_alone.add("late")
    assert list(left_alone._failed) == ["late"]
