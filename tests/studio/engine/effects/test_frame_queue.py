"""Finished pictures come evenly, whatever the work on them was like."""

from itertools import pairwise

from studio.engine.effects.frame_queue import Finished, FrameQueue, Pace
from studio.engine.media import VideoFrame
from tests.studio.engine.pictures import plain


def finished(number: int) -> Finished:
    return Finished(plain(0, number), plain(1, number))


def shown(queue: FrameQueue) -> float | None:
    taken = queue.take()
    return taken.after.captured_at if taken is not None else None


def test_before_the_first_there_is_none_and_the_last_one_stands_until_the_next() -> None:
    queue = FrameQueue()
    assert shown(queue) is None
    queue.put(finished(1))
    assert [shown(queue), shown(queue)] == [1, 1]


def test_two_that_come_at_once_are_shown_one_after_the_other() -> None:
    queue = FrameQueue()
    queue.put(finished(1))
    queue.put(finished(2))
    assert [shown(queue), shown(queue)] == [1, 2]


def test_of_three_that_wait_the_oldest_is_left_out() -> None:
    queue = FrameQueue()
    for number in (1, 2, 3):
        queue.put(finished(number))
    assert [shown(queue), shown(queue)] == [2, 3]


def test_a_delay_that_is_not_needed_any_more_goes_away() -> None:
    queue = FrameQueue()
    queue.put(finished(0))
    delays = []
    for number in range(1, 101):
        queue.put(finished(number))
        delays.append(number - (shown(queue) or 0))
    assert delays[0] == 1
    assert delays[-1] == 0
    assert sorted(delays, reverse=True) == delays


def test_a_cleared_outbox_shows_nothing_old() -> None:
    queue = FrameQueue()
    queue.put(finished(1))
    queue.take()
    queue.put(finished(2))
    queue.clear()
    assert shown(queue) is None


def taken(pace: Pace, fps: float, frames: list[VideoFrame]) -> list[float]:
    return [frame.captured_at for frame in frames if pace.lets_through(frame.captured_at, fps)]


def test_24_of_30_are_taken_evenly() -> None:
    times = taken(Pace(), 24, [plain(0, number / 30) for number in range(300)])
    gaps = {round((b - a) * 30) for a, b in pairwise(times)}
    assert len(times) in range(236, 245)
    assert gaps == {1, 2}


def test_after_a_pause_no_more_than_wanted_are_taken() -> None:
    frames = [plain(0, 0.0), *(plain(0, 10 + number / 30) for number in range(30))]
    assert len(taken(Pace(), 15, frames)) in range(15, 18)
