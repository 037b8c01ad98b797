import random

import pytest

from backend.relay.resending import ASSUMED_BPS, BURST_S, MOST_BPS, SHARE, Resending
from backend.relay.roundtrip import RoundTrip
from backend.relay.viewer_line import ViewerLine

PACKET = 1200
SECONDS = 20


def resending(estimate_bps: int | None = None, round_trip_s: float = 0.1) -> tuple[Resending, ViewerLine]:
    """A budget, and the line that has it; the viewer says something of it or not."""
    line = ViewerLine()
    if estimate_bps is not None:
        line.on_estimate(estimate_bps, 0.0)
    return Resending(line, RoundTrip(round_trip_s)), line


def sent_again(one: Resending, sent_bps: int = 2_700_000, wanted: int = 300, since_s: float = 0.0) -> float:
    """Ask for so many packets a second, all different; bits a second that were sent again."""
    bits, number = 0, 0
    for step in range(SECONDS * 100):
        for _ in range(wanted // 100):
            number = number + 1 & 0xFFFF
            bits += PACKET * 8 * one.take(1, number, PACKET, since_s + step / 100, sent_bps)
    return bits / SECONDS


@pytest.mark.parametrize("estimate_bps", [100_000, 400_000, 1_500_000, 2_900_000])
def test_resending_takes_a_fifth_of_what_the_viewer_says_its_line_carries(estimate_bps: int) -> None:
    one, _ = resending(estimate_bps)
    assert sent_again(one) == pytest.approx(SHARE * estimate_bps, rel=BURST_S / SECONDS + 0.05)


def test_resending_follows_an_estimate_that_falls() -> None:
    one, line = resending(2_900_000)
    before = sent_again(one)
    line.on_estimate(290_000, SECONDS)
    assert sent_again(one, since_s=SECONDS) < before / 8


def test_without_an_estimate_resending_takes_a_fifth_of_what_is_sent() -> None:
    assert sent_again(resending()[0], 0) == pytest.approx(SHARE * ASSUMED_BPS, rel=0.05)
    assert sent_again(resending()[0], 2_700_000) == pytest.approx(SHARE * 2_700_000, rel=0.05)


def test_an_estimate_beyond_reason_buys_no_more_than_the_most() -> None:
    one, line = resending(1 << 40)
    line.on_estimate(1 << 40, SECONDS)
    assert sent_again(one, wanted=3000) == pytest.approx(MOST_BPS, rel=0.05)


def test_a_packet_is_under_way_for_a_round_trip_and_no_longer() -> None:
    one, _ = resending(round_trip_s=0.3)
    assert not one.is_under_way(1, 7, 0.0)
    assert one.take(1, 7, PACKET, 0.0, 0)
    assert one.is_under_way(1, 7, 0.29)
    assert not one.is_under_way(1, 8, 0.29), "another packet"
    assert not one.is_under_way(2, 7, 0.29), "another stream"
    assert not one.is_under_way(1, 7, 0.31)


def test_what_was_resent_long_ago_is_forgotten_and_memory_stays_bounded() -> None:
    one, _ = resending(1 << 40, round_trip_s=1.0)
    for number in range(5000):
        assert one.take(1, number, 10, number / 1000, 0)
    assert not one.is_under_way(1, 3900, 4.9)
    assert one.is_under_way(1, 4000, 4.9)
    assert len(one._sent_at) == 1024


def test_what_the_line_has_no_room_for_is_counted() -> None:
    one, line = resending(400_000)
    assert sum(one.take(1, number, PACKET, 0.0, 0) for number in range(10)) == 4
    assert line.not_resent == 6


@pytest.mark.parametrize("seed", range(20))
def test_in_no_stretch_of_time_more_is_resent_than_a_fifth_of_the_estimate_and_a_burst(seed: int) -> None:
    dice = random.Random(seed)
    one, line = resending()
    now, sent = 0.0, list[tuple[float, int]]()
    for number in range(3000):
        now += dice.choice((0.0, 0.0, 0.001, 0.02, 0.5))
        line.on_estimate(400_000, now)
        size = dice.randrange(20, 1500)
        if one.take(1, number & 0xFFFF, size, now, dice.randrange(8_000_000)):
            sent.append((now, size * 8))
    burst = 400_000 * SHARE * BURST_S
    for first in range(0, len(sent), 7):
        bits = 0
        for at, size in sent[first:]:
            bits += size
            assert bits <= burst + 400_000 * SHARE * (at - sent[first][0]) + 1e-6
    assert len(sent) > 100


def test_an_old_estimate_counts_where_it_is_less_than_what_is_sent() -> None:
    for estimate_bps, believed in ((290_000, 290_000), (8_000_000, 2_700_000)):
        one, line = resending(estimate_bps)
        sent_again(one)
        assert line.carries_bps(2_700_000, SECONDS) == believed
        assert sent_again(one, since_s=SECONDS) == pytest.approx(SHARE * believed, rel=0.06)


def test_what_a_line_is_known_to_carry_counts_where_it_says_less() -> None:
    budget, _ = resending(50_000)
    budget.carried_bps = 500_000
    assert sent_again(budget) == pytest.approx(500_000 * SHARE, rel=0.1)
