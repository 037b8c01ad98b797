import pytest

from widgets.live.studio_stats import StudioStats, dropped_tone, fps_tone, rtt_tone


@pytest.mark.parametrize(("fps", "tone"), [(30.0, ""), (28.6, ""), (28.0, "warn"), (20.0, "bad")])
def test_a_low_frame_rate_is_coloured(fps: float, tone: str) -> None:
    assert fps_tone(StudioStats(fps=fps, target_fps=30)) == tone


@pytest.mark.parametrize(("dropped", "tone"), [(0, ""), (5, ""), (20, "warn"), (100, "bad")])
def test_dropped_frames_are_coloured_by_their_share(dropped: int, tone: str) -> None:
    assert dropped_tone(StudioStats(sent=1000 - dropped, dropped=dropped)) == tone


@pytest.mark.parametrize(("rtt_ms", "tone"), [(None, ""), (20, ""), (200, "warn"), (500, "bad")])
def test_a_long_round_trip_is_coloured(rtt_ms: float | None, tone: str) -> None:
    assert rtt_tone(StudioStats(rtt_ms=rtt_ms)) == tone


def test_nothing_sent_is_nothing_dropped() -> None:
    assert StudioStats().dropped_share == 0.0
