from backend.relay.bitrate import FLOOR_BPS, BitrateEstimate

CEILING = 8_000_000


def test_a_clean_line_gets_the_ceiling_and_never_more() -> None:
    estimate = BitrateEstimate(CEILING)
    assert [estimate.update(0.0, 2_500_000) for _ in range(5)] == [CEILING] * 5


def test_heavy_loss_is_felt_at_once_even_far_below_the_ceiling() -> None:
    estimate = BitrateEstimate(CEILING)
    assert estimate.update(0.2, 2_000_000) <= 2_500_000


def test_the_bitrate_gives_way_step_by_step_and_stops_at_the_floor() -> None:
    estimate = BitrateEstimate(CEILING)
    steps = [estimate.update(0.3, max(FLOOR_BPS // 2, estimate.allowed_bps * 7 // 10)) for _ in range(60)]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] == FLOOR_BPS


def test_little_loss_holds_and_calm_brings_it_back() -> None:
    estimate = BitrateEstimate(CEILING)
    low = estimate.update(0.3, 2_000_000)
    assert estimate.update(0.05, 2_000_000) == low
    risen = [estimate.update(0.0, 2_000_000) for _ in range(30)]
    assert risen[0] > low
    assert risen[-1] == CEILING


def test_loss_without_a_measured_flow_changes_nothing() -> None:
    estimate = BitrateEstimate(CEILING)
    assert estimate.update(1.0, 0) == CEILING
