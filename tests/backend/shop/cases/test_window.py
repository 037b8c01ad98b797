"""The last day counts whole, wherever the shop is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.shop.cases.window import DAY_MS, end_of_days
from backend.shop.settings import ReturnRules

HOUR_MS = 3_600_000
CHINA = ReturnRules(7, -8 * HOUR_MS)


@given(st.integers(0, 2**42), st.integers(1, 30), st.integers(-12, 12))
def test_a_window_is_never_shorter_than_its_days_and_ends_at_midnight(
    start_ms: int, days: int, hours: int
) -> None:
    rules = ReturnRules(days, hours * HOUR_MS)
    end = end_of_days(start_ms, rules)
    assert days * DAY_MS < end - start_ms <= (days + 1) * DAY_MS
    assert (end - rules.day_begins_ms) % DAY_MS == 0


@pytest.mark.parametrize(("hour", "days"), [(15, 7), (16, 8)])
def test_a_day_in_china_begins_at_16_hours_of_the_day_before(hour: int, days: int) -> None:
    assert end_of_days(hour * HOUR_MS, CHINA) == days * DAY_MS + 16 * HOUR_MS
