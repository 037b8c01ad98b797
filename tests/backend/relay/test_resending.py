import pytest

from backend.relay.resending import ASSUMED_BPS, BURST_S, MOST_BPS, SHARE, Resending
from backend.relay.roundtrip import RoundTrip

PACKET = 1200
SECONDS = 20


def sent_again(one: Resending, sent_bps: int = 2_700_000, wanted: int = 300) -> float:
    """Ask for so many packets a second, all different; bits a second that were sent again."""
    bits, number = 0, 0
    for step in range(SECONDS * 100):
        for _ in range(wanted // 100):
            number = number + 1 & 0xFFFF
            bits += PACKET * 8 * one.take(1, number, PACKET, step / 100, sent_bps)
    return bits / SECONDS


@pytest.mark.parametrize("estimate_bps", [100_000, 400_000, 1_500_000, 2_900_000])
def test_resending_takes_a_fifth_of_what_the_viewer_says_its_line_carries(estimate_bps: int) -> None:
    one = Resending(RoundTrip())
    one.estimate_bps = estimate_bps
    assert sent_again(one) == pytest.approx(SHARE * estimate_bps, rel=BURST_S / SECONDS + 0.05)


def test_resending_follows_an_estimate_that_falls() -> None:
    one = Resending(RoundTrip())
    one.estimate_bps = 2_900_000
    before = sent_again(one)
    one.estimate_bps = 290_000
    assert sent_again(one) < before / 8


def test_without_an_estimate_resending_takes_a_fifth_of_what_is_sent() -> None:
    assert sent_again(Resending(RoundTrip()), 0) == pytest.approx(SHARE * ASSUMED_BPS, rel=0.05)
    assert sent_again(Resending(RoundTrip()), 2_700_000) == pytest.approx(SHARE * 2_700_000, rel=0.05)


def test_an_estimate_beyond_reason_buys_no_more_than_the_most() -> None:
    one = Resending(RoundTrip())
    one.estimate_bps = 1 << 40
    assert sent_again(one, wanted=3000) == pytest.approx(MOST_BPS, rel=0.05)


def test_a_packet_is_under_way_for_a_round_trip_and_no_longer() -> None:
    one = Resending(RoundTrip(0.3))
    assert not one.is_under_way(1, 7, 0.0)
    assert one.take(1, 7, PACKET, 0.0, 0)
    assert one.is_under_way(1, 7, 0.29)
    assert not one.is_under_way(1, 8, 0.29), "another packet"
    assert not one.is_under_way(2, 7, 0.29), "another stream"
    assert not one.is_under_way(1, 7, 0.31)


def test_what_was_resent_long_ago_is_forgotten_and_memory_stays_bounded() -> None:
    one = Resending(RoundTrip(1.0))
    one.estimate_bps = 1 << 40
    for number in range(5000):
        assert one.take(1, number, 10, number / 1000, 0)
    assert not one.is_under_way(1, 3900, 4.9)
    assert one.is_under_way(1, 4000, 4.9)
    assert len(one._sent_at) == 1024
