from backend.relay.succession import (
    HOLD_ENDED_S,
    HOLD_S,
    HOLD_TAKEN_BACK_S,
    MOST_DISPLACED,
    STILL_SENDS_S,
    Contender,
    Succession,
)

STUDIO, OBS, PHONE = Contender("host/1"), Contender("key:1", "OBS"), Contender("key:2", "Phone")
BACK = Contender("host/1", takes_over=True)


def displaced() -> Succession:
    """OBS took the room from the studio at 100 s."""
    succession = Succession()
    succession.take(STUDIO, 50.0)
    succession.on_media(100.0)
    succession.take(OBS, 100.0)
    return succession


def test_an_empty_room_refuses_nobody() -> None:
    assert Succession().problem(STUDIO, 1.0) is None


def test_who_was_displaced_is_refused_and_told_by_whom() -> None:
    problem = displaced().problem(STUDIO, 101.0)
    assert problem is not None
    assert (problem.status, problem.error, problem.by) == (409, "taken_over", "OBS")
    assert "OBS" in problem.message


def test_a_newcomer_may_take_over_from_anybody() -> None:
    assert displaced().problem(PHONE, 101.0) is None


def test_who_displaced_may_come_back_at_once() -> None:
    assert displaced().problem(OBS, 101.0) is None


def test_who_says_that_they_take_over_is_not_refused() -> None:
    assert displaced().problem(BACK, 101.0) is None


def test_a_publisher_that_fell_silent_is_waited_for_before_the_displaced_one_may_come() -> None:
    succession = displaced()
    succession.on_media(200.0)
    assert succession.problem(STUDIO, 200.0 + HOLD_S) is not None
    assert succession.problem(STUDIO, 201.0 + HOLD_S) is None


def test_a_publisher_that_ended_in_order_is_waited_for_only_shortly() -> None:
    succession = displaced()
    succession.end()
    assert succession.problem(STUDIO, 100.0 + HOLD_ENDED_S) is not None
    assert succession.problem(STUDIO, 101.0 + HOLD_ENDED_S) is None


def test_after_a_take_back_the_other_stays_away_even_when_the_show_is_over() -> None:
    succession = displaced()
    succession.take(BACK, 110.0)
    succession.end()
    assert succession.problem(OBS, 110.0 + HOLD_TAKEN_BACK_S) is not None
    assert succession.problem(OBS, 111.0 + HOLD_TAKEN_BACK_S) is None


def test_a_take_back_outlives_a_reconnection() -> None:
    succession = displaced()
    succession.take(BACK, 110.0)
    succession.take(STUDIO, 120.0)
    succession.end()
    assert succession.problem(OBS, 120.0 + HOLD_TAKEN_BACK_S) is not None


def test_one_that_reconnects_after_a_silence_displaces_nobody() -> None:
    succession = Succession()
    succession.take(STUDIO, 100.0)
    succession.take(STUDIO, 101.0 + STILL_SENDS_S)
    assert succession.problem(STUDIO, 101.1 + STILL_SENDS_S) is None


def test_of_two_with_the_same_key_the_first_is_refused_while_the_second_sends() -> None:
    succession = Succession()
    succession.take(OBS, 100.0)
    succession.take(OBS, 100.5)
    assert succession.problem(OBS, 101.0) is not None
    assert succession.problem(OBS, 102.0 + STILL_SENDS_S) is None


def test_a_room_that_nobody_held_any_more_forgets_who_was_displaced() -> None:
    succession = displaced()
    succession.take(PHONE, 101.0 + HOLD_S)
    assert succession.problem(STUDIO, 102.0 + HOLD_S) is None


def test_no_more_than_a_bounded_number_is_remembered() -> None:
    succession = Succession()
    for number in range(MOST_DISPLACED + 10):
        succession.take(Contender(f"host/{number}"), 100.0)
    assert succession.problem(Contender("host/0"), 100.0) is None
    assert succession.problem(Contender(f"host/{MOST_DISPLACED}"), 100.0) is not None


def test_a_take_over_names_who_was_displaced_and_a_return_nobody() -> None:
    succession = Succession()
    assert succession.take(STUDIO, 100.0) is None
    assert succession.take(OBS, 100.5) == STUDIO
    assert succession.take(OBS, 100.6) is None


def test_a_displaced_party_that_is_let_in_may_take_over_again() -> None:
    succession = displaced()
    succession.take(BACK, 110.0)
    assert succession.held_back(111.0) == [OBS.party]
    succession.let_in(OBS.party)
    assert succession.held_back(111.0) == []
    assert succession.problem(OBS, 111.0) is None
