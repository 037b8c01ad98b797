"""Refused requests, as they are counted by the time they came."""

import pytest

from backend.contract.base import RejectReason
from backend.shop.campaigns.refusals import FINE, LAST, MINUTE, MOST_KEPT, Refusals, tenth_of
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OPENS_MS = 1_000_000


@pytest.mark.parametrize(
    ("after_ms", "tenth"),
    [(-60_000, -1), (-1, -1), (0, 0), (99, 0), (100, 1), (599_999, 5999), (600_000, 6000), (659_999, 6000)],
)
def test_the_first_ten_minutes_are_counted_by_the_tenth(after_ms: int, tenth: int) -> None:
    assert tenth_of(OPENS_MS + after_ms, OPENS_MS) == tenth


def test_a_day_has_few_buckets() -> None:
    found = {tenth_of(OPENS_MS + after_ms, OPENS_MS) for after_ms in range(-1000, 25 * 3_600_000, 100)}
    assert len(found) == FINE.stop + 1 + (LAST - FINE.stop) // MINUTE + 1
    assert max(found) == LAST


def test_while_the_database_takes_nothing_little_is_kept(database: Database) -> None:
    refusals = Refusals(GroupWriter(database))
    for at_ms in range(3 * MOST_KEPT):
        refusals.count("c", at_ms, RejectReason.UNAVAILABLE)
    assert len(refusals._counts) <= MOST_KEPT + 2 * MOST_KEPT // 1000 + 1
    assert refusals._counts.total() == 3 * MOST_KEPT
