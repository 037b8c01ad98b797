import pytest

from widgets.common.text import clock, rate, size


@pytest.mark.parametrize(
    ("seconds", "text"), [(-3, "00:00:00"), (59.9, "00:00:59"), (2537, "00:42:17"), (360000, "100:00:00")]
)
def test_a_duration_is_hours_minutes_seconds(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(("kbps", "text"), [(0, "0 kb/s"), (850.4, "850 kb/s"), (2480, "2.48 Mb/s")])
def test_a_rate_is_in_the_unit_that_fits(kbps: float, text: str) -> None:
    assert rate(kbps) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(0, "0 kB"), (850_400, "850 kB"), (48_240_000, "48.2 MB"), (2_312_000_000, "2.31 GB")],
)
def test_a_size_is_in_the_unit_that_fits(size_bytes: int, text: str) -> None:
    assert size(size_bytes) == text
