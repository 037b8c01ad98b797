import random

import pytest

from backend.relay.reception import NACK_FOR_S, NACK_TRIES, Reception
from backend.relay.roundtrip import RoundTrip
from backend.relay.rtcp import SenderReport

CLOCK = 90_000


def reception(first: int = 100, round_trip_s: float = 0.01) -> Reception:
    return Reception(1, first, CLOCK, RoundTrip(round_trip_s))


def feed(one: Reception, *numbers: int, now: float = 0.0) -> None:
    for number in numbers:
        one.on_packet(number & 0xFFFF, 0, now)


def test_nothing_is_lost_in_a_whole_stream_even_across_the_wrap() -> None:
    one = reception(first=65530)
    feed(one, *range(65530, 65550))
    report = one.report(now=1.0)
    assert (report.lost, report.fraction_lost) == (0, 0)
    assert report.highest_sequence == 65549
    assert one.is_complete


def test_a_stream_that_begins_at_zero_counts_its_cycles_from_zero() -> None:
    one = reception(first=0)
    feed(one, 0, 1, 2)
    assert one.report(now=1.0).highest_sequence == 2


def test_the_part_that_is_lost_is_told_once() -> None:
    one = reception()
    feed(one, *(number for number in range(100, 200) if number % 4))
    report = one.report(now=1.0)
    assert 60 <= report.fraction_lost <= 66
    assert report.lost == 25
    feed(one, *range(200, 300))
    assert one.report(now=2.0).fraction_lost == 0


def test_what_is_missing_is_asked_for_after_a_moment_and_again_after_an_interval() -> None:
    one = reception()
    feed(one, 100, 104)
    assert one.due_resends(now=0.001) == [], "it may merely be out of order"
    assert one.due_resends(now=0.01) == [101, 102, 103]
    assert one.due_resends(now=0.02) == []
    assert one.due_resends(now=0.05) == [101, 102, 103]


def test_missing_packets_are_asked_for_in_the_order_of_the_stream() -> None:
    one = reception(first=65533)
    feed(one, 65533, 65537)
    assert one.due_resends(now=1.0) == [65534, 65535, 0]


def test_what_comes_late_or_by_resending_is_no_longer_asked_for() -> None:
    one = reception()
    feed(one, 100, 103)
    assert one.on_packet(101, 0, 0.0)
    assert one.on_resent(102, 0.0) == 102
    assert one.on_resent(102, 0.0) is None, "only once"
    assert one.is_complete
    assert one.resent == 1


def test_a_packet_asked_for_in_vain_is_given_up() -> None:
    one = reception()
    feed(one, 100, 102)
    asked = sum(len(one.due_resends(now=step / 20)) for step in range(1, 30))
    assert asked == NACK_TRIES
    assert one.is_complete
    assert one.lost == 1


def test_a_packet_asked_for_too_long_is_given_up_too() -> None:
    one = reception(round_trip_s=1.0)
    feed(one, 100, 102)
    asked = sum(len(one.due_resends(now=step / 20)) for step in range(1, 200))
    assert asked == 2
    assert one.lost == 1
    assert NACK_FOR_S == 3.0


def test_a_jump_of_the_sender_is_not_a_loss() -> None:
    one = reception()
    feed(one, 100, 5000)
    assert one.is_complete


def test_the_number_of_open_requests_is_bounded() -> None:
    one = reception()
    feed(one, *range(100, 60_000, 200))
    assert len(one.due_resends(now=1.0)) <= 256


def test_packets_from_before_the_first_are_refused() -> None:
    one = reception()
    feed(one, 100)
    assert one.on_packet(99, 0, 0.0) is None


def test_a_late_packet_far_behind_the_first_and_before_the_first_wrap_is_taken() -> None:
    one = reception(first=100)
    feed(one, *range(100, 40_000), *range(40_001, 40_010))
    assert one.on_packet(40_000, 0, 0.0) == 40_000


def test_numbers_go_on_across_every_wrap() -> None:
    one = reception(first=65_000)
    numbers = [one.on_packet(number & 0xFFFF, 0, 0.0) for number in range(65_000, 200_000) if number % 7]
    assert numbers == [number for number in range(65_000, 200_000) if number % 7]
    late = 199_990 - 199_990 % 7
    assert one.on_packet(late & 0xFFFF, 0, 0.0) == late


@pytest.mark.parametrize("round_trip_s", [0.02, 0.12, 0.3, 0.8])
def test_a_packet_is_asked_for_once_a_round_trip_and_mended_however_long_that_is(round_trip_s: float) -> None:
    one = reception(round_trip_s=round_trip_s)
    asked, mended = asked_over(one, round_trip_s, losses=20)
    assert mended == 20
    assert asked == 20


@pytest.mark.parametrize("round_trip_s", [0.12, 0.3, 0.5])
def test_a_wrong_guess_of_the_round_trip_is_corrected_by_what_is_sent_again(round_trip_s: float) -> None:
    one = reception(round_trip_s=0.01)
    asked_over(one, round_trip_s, losses=20)
    asked, mended = asked_over(one, round_trip_s, losses=20, began=60.0)
    assert (asked, mended) == (20, 20)


def asked_over(one: Reception, round_trip_s: float, losses: int, began: float = 0.0) -> tuple[int, int]:
    """Lose packets, one every two seconds, and resend each that is asked for: times asked, packets mended."""
    asked = mended = 0
    under_way: list[tuple[float, int]] = []
    for step in range(losses * 400):
        now = began + step * 0.005
        if step % 400 == 0:
            feed(one, one.highest + 2, now=now)
        for number in one.due_resends(now):
            asked += 1
            under_way.append((now + round_trip_s, number))
        arrived = [number for at, number in under_way if at <= now]
        under_way = [(at, number) for at, number in under_way if at > now]
        mended += sum(one.on_resent(number, now) is not None for number in arrived)
    return asked, mended


def test_jitter_is_nothing_for_a_steady_stream_and_grows_with_an_unsteady_one() -> None:
    dice = random.Random(1)
    steady, unsteady = reception(0), reception(0)
    for number in range(300):
        steady.on_packet(number, number * 3000, number / 30)
        unsteady.on_packet(number, number * 3000, number / 30 + dice.random() * 0.02)
    assert steady.report(10.0).jitter == 0
    assert 300 < unsteady.report(10.0).jitter < 1800


def test_the_report_says_how_long_ago_the_senders_report_came() -> None:
    one = reception()
    feed(one, 100)
    one.on_sender_report(SenderReport(1, 0x1122334455667788, 0), now=5.0)
    report = one.report(now=5.5)
    assert report.last_sr == 0x33445566
    assert report.delay == 32768


def test_no_sequence_of_numbers_makes_it_fail() -> None:
    dice = random.Random(2)
    one = reception()
    for step in range(3000):
        one.on_packet(dice.getrandbits(16), dice.getrandbits(32), step / 100)
        one.due_resends(step / 100)
        if step % 50 == 0:
            assert 0 <= one.report(step / 100).fraction_lost <= 255
