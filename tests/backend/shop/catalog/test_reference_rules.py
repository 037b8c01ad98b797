"""What may be crossed out: the lowest offered in 30 days, or the lowest paid in 7."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.shop.catalog.reference_rules import DAY_MS, Offer, Sale, lowest_offered, lowest_sold

NOW = 100 * DAY_MS


def offers(*steps: tuple[float, int | None]) -> list[Offer]:
    """Prices from so many days ago on."""
    return [Offer(NOW - int(days * DAY_MS), price) for days, price in steps]


@pytest.mark.parametrize(
    ("history", "lowest"),
    [
        ([], None),
        (offers((40, 90)), 90),
        (offers((90, 50), (40, 90)), 90),
        (offers((90, 50), (30, 90)), 90),
        (offers((90, 50), (29, 90)), 50),
        (offers((20, 100), (10, 70), (9.99, 100)), 70),
        (offers((20, 100), (10, None)), 100),
        (offers((60, 40), (31, None)), None),
        (offers((60, 40), (31, None), (1, 80)), 80),
        (offers((20, 100), (0, 30)), 100),
        (offers((1, 1), (1, None)), None),
    ],
)
def test_the_lowest_offered_price_is_that_of_the_30_days_before(
    history: Sequence[Offer], lowest: int | None
) -> None:
    assert lowest_offered(history, NOW) == lowest


@given(st.lists(st.tuples(st.integers(0, 80), st.none() | st.integers(1, 999)), max_size=12))
def test_the_lowest_offered_price_is_what_each_moment_of_the_30_days_says(
    steps: list[tuple[int, int | None]],
) -> None:
    history = offers(*sorted(steps, key=lambda step: -step[0]))
    seen = set()
    for hour in range(1, 30 * 24 + 1):
        at_ms = NOW - hour * DAY_MS // 24
        current = [one for one in history if one.at_ms <= at_ms]
        seen.add(current[-1].price_minor if current else None)
    assert lowest_offered(history, NOW) == min((one for one in seen if one is not None), default=None)


def sales(*steps: tuple[float, int]) -> list[Sale]:
    return [Sale(NOW - int(days * DAY_MS), price) for days, price in steps]


@pytest.mark.parametrize(
    ("paid", "lowest"),
    [
        ([], None),
        (sales((3, 80), (1, 90)), 80),
        (sales((8, 10), (7, 80), (1, 90)), 80),
        (sales((30, 60), (20, 70)), 70),
        (sales((1, 90), (0, 5)), 90),
    ],
)
def test_the_lowest_paid_price_is_that_of_the_7_days_before_else_the_last(
    paid: Sequence[Sale], lowest: int | None
) -> None:
    assert lowest_sold(paid, NOW) == lowest
