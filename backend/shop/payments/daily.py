"""What each way to pay brought on each day, added up from the journal."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, or_, select

from backend.contract.bookkeeping import DaySum
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS

DAY_MS: Final = 24 * 3_600_000
_WAYS: Final = ("provider:", "method:")
_REFUNDS: Final = ("refund", "suspense_settled", "suspense_return")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_days(connection: Connection, first_day: str, days: int, offset_ms: int) -> list[DaySum]:
    """Return the sums of so many days from one such as 2026-12-01 on, the newest day first.

    The shop's clock is `offset_ms` ahead of UTC's.

    Raises:
        ValueError: there is no such day.
    """
    first = (datetime.fromisoformat(first_day).replace(tzinfo=UTC) - _EPOCH) // timedelta(days=1)
    journal, posting = SHOP_JOURNAL.c, SHOP_POSTINGS.c
    day = (journal.at_ms + offset_ms) // DAY_MS
    begin_ms = first * DAY_MS - offset_ms
    query = (
        select(
            day, posting.account, journal.currency, journal.kind, func.sum(posting.amount_minor), func.count()
        )
        .join(SHOP_POSTINGS, posting.journal_id == journal.journal_id)
        .where(journal.at_ms >= begin_ms, journal.at_ms < begin_ms + days * DAY_MS)
        .where(or_(*(posting.account.startswith(way) for way in _WAYS)))
        .group_by(day, posting.account, journal.currency, journal.kind)
    )
    sums: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
    for number, account, currency, kind, amount, count in connection.execute(query):
        sums[int(number), str(account), str(currency)].update({str(kind): int(amount), "": int(count)})
    return [_day_sum(key, sums[key]) for key in sorted(sums, key=lambda key: (-key[0], *key[1:]))]


def _day_sum(key: tuple[int, str, str], by_kind: Counter[str]) -> DaySum:
    number, account, currency = key
    movements = by_kind.pop("")
    return DaySum(
        day=(_EPOCH + timedelta(days=number)).date().isoformat(),
        way=account.partition(":")[2],
        currency=currency,
        paid_minor=by_kind["payment"],
        aside_minor=by_kind["suspense"],
        refunded_minor=-sum(minor for kind, minor in by_kind.items() if kind.startswith(_REFUNDS)),
        net_minor=by_kind.total(),
        movements=movements,
    )
