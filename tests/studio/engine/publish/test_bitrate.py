from hypothesis import given
from hypothesis import strategies as st

from studio.engine.messages.values import Bitrate, BitrateReason
from studio.engine.publish.bitrate import BitrateController, LineReport

GOOD = LineReport(loss=0.0, rtt_ms=20.0)
BOUNDS = Bitrate(floor_kbps=400, ceiling_kbps=2500)


class Minutes:
    """Plays reports into a controller, one a second, on a clock of its own."""

    def __init__(self, bounds: Bitrate = BOUNDS) -> None:
        self.controller = BitrateController(bounds)
        self.now = 100.0

    def play(self, report: LineReport, seconds: int) -> "Minutes":
        for _ in range(seconds):
            self.now += 1.0
            self.controller.on_report(report, self.now)
        return self

    def remb(self, kbps: float) -> "Minutes":
        self.controller.on_remb(kbps, self.now)
        return self

    @property
    def kbps(self) -> int:
        return self.controller.target(self.now).kbps

    @property
    def reason(self) -> BitrateReason:
        return self.controller.target(self.now).reason


def test_the_bitrate_begins_below_the_ceiling_and_probes() -> None:
    line = Minutes()
    assert line.kbps == 1500
    assert line.reason is BitrateReason.PROBING


def test_a_good_line_reaches_the_ceiling_within_ten_seconds() -> None:
    line = Minutes().play(GOOD, 10)
    assert line.kbps == 2500
    assert line.reason is BitrateReason.CEILING


def test_heavy_loss_cuts_at_once() -> None:
    line = Minutes().play(GOOD, 10).play(LineReport(loss=0.4, rtt_ms=20.0), 1)
    assert line.kbps == 2000
    assert line.reason is BitrateReason.LOSS


def test_down_is_faster_than_up() -> None:
    line = Minutes().play(GOOD, 10).play(LineReport(loss=0.4, rtt_ms=20.0), 3)
    low = line.kbps
    assert low < 1300
    line.play(GOOD, 3)
    assert line.kbps < low * 1.2


def test_some_loss_holds_and_says_so() -> None:
    line = Minutes().play(LineReport(loss=0.05, rtt_ms=20.0), 20)
    assert line.kbps == 1500
    assert line.reason is BitrateReason.LOSS


def test_a_growing_round_trip_cuts_before_anything_is_lost() -> None:
    line = Minutes().play(GOOD, 10).play(LineReport(loss=0.0, rtt_ms=200.0), 2)
    assert line.kbps < 2500 * 0.75
    assert line.reason is BitrateReason.DELAY


def test_a_far_server_is_not_a_slow_line() -> None:
    assert Minutes().play(LineReport(loss=0.0, rtt_ms=300.0), 12).kbps == 2500


def test_pictures_that_queue_cut_the_rate() -> None:
    line = Minutes().play(GOOD, 10).play(LineReport(loss=0.0, rtt_ms=20.0, queued=5), 1)
    assert line.kbps == 2125
    assert line.reason is BitrateReason.DELAY


def test_remb_is_a_lid_with_room_left_for_sound() -> None:
    line = Minutes().play(GOOD, 10).remb(1000)
    assert line.kbps == 1000 * 0.95 - 140
    assert line.reason is BitrateReason.REMB


def test_the_rate_climbs_again_when_remb_rises() -> None:
    line = Minutes().play(GOOD, 10).remb(1000).play(GOOD, 1).remb(5000)
    assert line.kbps < 900
    assert line.play(GOOD, 1).reason is BitrateReason.PROBING
    assert line.remb(5000).play(GOOD, 8).remb(5000).play(GOOD, 8).kbps == 2500


def test_an_old_remb_is_forgotten() -> None:
    line = Minutes().play(GOOD, 10).remb(1000).play(GOOD, 11)
    assert line.kbps > 810
    assert line.reason is BitrateReason.PROBING


def test_new_bounds_hold_at_once() -> None:
    line = Minutes().play(GOOD, 10)
    line.controller.set_bounds(Bitrate(200, 900))
    assert line.kbps == 900
    line.controller.set_bounds(Bitrate(1200, 3000))
    assert line.kbps == 1200


reports = st.builds(
    LineReport,
    st.floats(0, 1),
    st.none() | st.floats(0, 60_000),
    st.integers(0, 100),
)


@given(st.lists(st.tuples(reports, st.none() | st.floats(0, 1e6)), max_size=60))
def test_whatever_the_line_says_the_rate_stays_between_its_bounds(
    steps: list[tuple[LineReport, float | None]],
) -> None:
    line = Minutes()
    for report, remb in steps:
        if remb is not None:
            line.remb(remb)
        line.play(report, 1)
        assert BOUNDS.floor_kbps <= line.kbps <= BOUNDS.ceiling_kbps
