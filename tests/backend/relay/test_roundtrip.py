import pytest

from backend.relay.roundtrip import LONGEST_S, RoundTrip


def test_a_round_trip_is_a_guess_until_the_first_measurement_which_counts_in_full() -> None:
    one = RoundTrip(0.4)
    assert (one.seconds, one.ms) == (0.4, None)
    one.measure(0.1)
    assert one.ms == pytest.approx(100)


def test_a_single_late_answer_changes_the_round_trip_little() -> None:
    one = RoundTrip()
    one.measure(0.1)
    one.measure(0.9)
    assert one.seconds == pytest.approx(0.2)


def test_a_round_trip_is_never_negative_nor_beyond_all_patience() -> None:
    one = RoundTrip(60.0)
    assert one.seconds == LONGEST_S
    one.measure(-5.0)
    assert one.seconds == 0.0
    for _ in range(100):
        one.measure(60.0)
    assert one.seconds == pytest.approx(LONGEST_S, rel=0.01)
