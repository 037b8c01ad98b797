import pytest

from studio.engine.publish.stats import RateMeter


def test_the_rate_is_that_of_the_last_second() -> None:
    meter = RateMeter()
    for index in range(100):
        meter.add(1250, 10 + index / 10)
    assert meter.kbps(19.95) == pytest.approx(100)


def test_silence_is_zero() -> None:
    meter = RateMeter()
    assert meter.kbps(1.0) == 0
    meter.add(1000, 1.0)
    assert meter.kbps(2.5) == 0
