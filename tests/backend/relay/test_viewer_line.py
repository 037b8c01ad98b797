from backend.contract.stream import LineTrouble
from backend.relay.viewer_line import HOLD_S, SETTLED_S, WINDOW, ViewerLine

STREAM_BPS = 2_500_000
SENT = 300


def watched(line: ViewerLine, seconds: int, since: int = 0, lost: int = 0, never_came: int = 0) -> float:
    """Let so many seconds go by, with so many packets lost in each; the time after them."""
    for second in range(since, since + seconds):
        for packet in range(lost):
            line.on_lost(second * SENT + packet)
        for packet in range(never_came):
            line.on_never_came(second * SENT + 100 + packet)
        line.end_second(SENT, 0, STREAM_BPS, float(second + 1))
    return float(since + seconds)


def test_a_line_that_loses_little_is_well() -> None:
    line = ViewerLine()
    now = watched(line, 10, lost=15)
    assert line.trouble(now) is None
    assert line.lost_share == 0.05


def test_a_line_that_loses_much_is_weak_and_a_while_longer() -> None:
    line = ViewerLine()
    now = watched(line, 10, lost=60)
    assert line.trouble(now) is LineTrouble.OWN_LINE
    # Two seconds later too much of the last five is still lost; from then on it is held.
    assert line.trouble(watched(line, 2 + int(HOLD_S) - 1, since=10)) is LineTrouble.OWN_LINE
    now = watched(line, WINDOW, since=10 + 2 + int(HOLD_S) - 1)
    assert line.trouble(now) is None


def test_a_packet_asked_for_many_times_is_lost_once() -> None:
    line = ViewerLine()
    for _ in range(100):
        line.on_lost(7)
    line.end_second(SENT, 0, STREAM_BPS, 1.0)
    line.on_lost(7)
    line.end_second(SENT, 0, STREAM_BPS, 2.0)
    assert line.lost_share == 1 / (2 * SENT)


def test_what_never_came_is_the_uplinks_and_what_was_not_sent_the_relays() -> None:
    line = ViewerLine()
    assert line.trouble(watched(line, 5, never_came=10)) is LineTrouble.UPLINK
    line.end_second(SENT, 100, STREAM_BPS, 6.0)
    assert line.trouble(6.0) is LineTrouble.RELAY


def test_an_estimate_below_the_stream_is_a_full_line_only_when_it_fell() -> None:
    for estimates, trouble in (
        ((1_000_000, 1_100_000), None),
        ((2_900_000, 1_500_000), LineTrouble.OWN_LINE),
    ):
        line = ViewerLine()
        line.on_estimate(estimates[0], 0.0)
        now = watched(line, int(SETTLED_S) + 1)
        line.on_estimate(estimates[0], now)
        line.on_estimate(estimates[1], now)
        assert line.trouble(watched(line, 1, since=int(now))) is trouble


def test_a_report_counts_while_it_is_fresh() -> None:
    line = ViewerLine()
    line.on_report(0.3, 0.0)
    assert line.trouble(watched(line, 5)) is LineTrouble.OWN_LINE
    assert line.trouble(watched(line, 20, since=5)) is None


def test_before_anything_was_sent_a_line_is_well() -> None:
    line = ViewerLine()
    line.on_report(1.0, 0.0)
    line.end_second(0, 0, 0, 1.0)
    assert line.trouble(1.0) is None
    assert (line.lost_share, line.estimate_age_s(1.0)) == (0.0, None)
