from backend.contract.live import Presence
from backend.room.presence import INTERVAL_MS, PresenceCounter


def test_two_tabs_of_one_viewer_are_one_viewer() -> None:
    counter = PresenceCounter()
    for user_id in ("a", "a", "b"):
        counter.enter(user_id)
    assert counter.presence == Presence(2, 2)
    counter.leave("a")
    assert counter.presence == Presence(2, 2)
    counter.leave("a")
    assert counter.presence == Presence(1, 2)


def test_the_first_change_is_told_at_once_and_the_next_a_second_later() -> None:
    counter = PresenceCounter()
    counter.enter("a")
    assert counter.take_change(0) == Presence(1, 1)
    counter.enter("b")
    assert counter.take_change(INTERVAL_MS - 1) is None
    assert counter.take_change(INTERVAL_MS) == Presence(2, 2)


def test_nothing_is_told_when_nothing_changed() -> None:
    counter = PresenceCounter()
    counter.enter("a")
    counter.take_change(0)
    counter.enter("b")
    counter.leave("b")
    assert counter.take_change(5 * INTERVAL_MS) == Presence(1, 2)
    assert counter.take_change(9 * INTERVAL_MS) is None


def test_a_new_session_counts_its_own_peak() -> None:
    counter = PresenceCounter()
    for user_id in ("a", "b", "c"):
        counter.enter(user_id)
    counter.leave("c")
    counter.begin_anew()
    assert counter.presence == Presence(2, 2)
