"""What each way to pay brought on each day is what the journal says."""

import pytest

from backend.contract.bookkeeping import DaySum
from backend.money.ledger import Movement, Posting, post
from backend.shop.payments.daily import DAY_MS, read_days
from backend.storage.database import Database

# 2026-12-01, midnight in UTC.
FIRST_MS = 1_796_083_200_000
HOUR_MS = 3_600_000


@pytest.fixture
def journal(database: Database) -> Database:
    """Three days, two providers, two currencies, and a transfer."""
    moves = (
        ("payment", "1", "CNY", "provider:stripe", 1_000, 0),
        ("payment", "2", "CNY", "provider:stripe", 500, HOUR_MS),
        ("refund", "3", "CNY", "provider:stripe", -300, 2 * HOUR_MS),
        ("suspense", "4", "CNY", "provider:stripe", 77, 2 * HOUR_MS),
        ("suspense_settled", "4", "CNY", "provider:stripe", -77, 3 * HOUR_MS),
        ("payment", "5", "EUR", "provider:wechat", 20, DAY_MS - 1),
        ("payment", "6", "CNY", "method:transfer", 40, DAY_MS),
        ("payment", "7", "CNY", "method:transfer", 1, -1),
    )
    with database.transaction() as connection:
        for kind, ref, currency, account, amount, at_ms in moves:
            sides = [Posting(account, amount), Posting("sales", -amount)]
            post(connection, Movement(kind, ref, currency, sides), FIRST_MS + at_ms)
    return database


def days(database: Database, first: str, count: int = 1, offset_ms: int = 0) -> list[DaySum]:
    with database.reading() as connection:
        return read_days(connection, first, count, offset_ms)


STRIPE = DaySum("2026-12-01", "stripe", "CNY", 1_500, 77, 377, 1_200, 5)
WECHAT = DaySum("2026-12-01", "wechat", "EUR", 20, 0, 0, 20, 1)
TRANSFER = DaySum("2026-12-02", "transfer", "CNY", 40, 0, 0, 40, 1)


def test_a_day_is_summed_by_way_and_currency(journal: Database) -> None:
    assert days(journal, "2026-12-01") == [STRIPE, WECHAT]
    assert days(journal, "2026-12-01", 2) == [TRANSFER, STRIPE, WECHAT]
    assert days(journal, "2026-12-03") == []


def test_a_day_begins_where_the_shop_is(journal: Database) -> None:
    [late, *others] = days(journal, "2026-12-01", 2, 8 * HOUR_MS)
    assert (late.day, late.way, late.movements) == ("2026-12-02", "transfer", 1)
    assert [(one.day, one.way, one.paid_minor) for one in others] == [
        ("2026-12-02", "wechat", 20),
        ("2026-12-01", "transfer", 1),
        ("2026-12-01", "stripe", 1_500),
    ]


def test_a_day_that_is_none_is_refused(journal: Database) -> None:
    with pytest.raises(ValueError, match="month"):
        days(journal, "2026-13-01")
