from backend.egress.clock import NTP_EPOCH_S, StreamClock
from backend.relay.rtcp import SenderReport


def report(day_s: float, rtp_time: int) -> SenderReport:
    return SenderReport(1, int((day_s + NTP_EPOCH_S) * (1 << 32)), rtp_time)


def test_times_are_counted_on_across_the_wrap() -> None:
    clock = StreamClock(90_000)
    first = clock.ticks((1 << 32) - 100)
    assert clock.ticks(100) - first == 200
    assert clock.ticks((1 << 32) - 100) == first


def test_before_a_report_the_first_packets_arrival_counts() -> None:
    clock = StreamClock(90_000)
    first = clock.ticks(1000)
    assert clock.day_s(first, 50.0) == 50.0
    assert clock.day_s(first + 90_000, 77.0) == 51.0
    assert not clock.is_exact


def test_a_report_sets_the_time_of_day() -> None:
    clock = StreamClock(48_000)
    first = clock.ticks(1000)
    clock.day_s(first, 50.0)
    clock.on_report(report(1_800_000_000, 1000 + 48_000))
    assert clock.day_s(first, 60.0) == 1_799_999_999
    assert clock.is_exact
