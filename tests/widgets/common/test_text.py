import pytest

from widgets.common.text import clock, money, rate


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "¥0"), (5, "¥0.05"), (5990, "¥59.90"), (12900, "¥129"), (123456700, "¥1,234,567")]
)
def test_money_is_shown_in_yuan_without_rounding(fen: int, text: str) -> None:
    assert money(fen) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(-3, "00:00:00"), (59.9, "00:00:59"), (2537, "00:42:17"), (360000, "100:00:00")]
)
def test_a_duration_is_hours_minutes_seconds(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(("kbps", "text"), [(0, "0 kb/s"), (850.4, "850 kb/s"), (2480, "2.48 Mb/s")])
def test_a_rate_is_in_the_unit_that_fits(kbps: float, text: str) -> None:
    assert rate(kbps) == text
