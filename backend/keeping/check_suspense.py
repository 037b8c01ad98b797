"""Checks of the money that was put aside: what waits to be settled is what the journal holds of it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from backend.keeping.finding import Finding
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS, SUSPENSE


def check_suspense(connection: Connection) -> Iterator[Finding]:
    """Give the currencies in which money put aside and the journal's account differ."""
    item, left = SUSPENSE.c, func.sum(SUSPENSE.c.amount_minor - SUSPENSE.c.returned_minor)
    is_open = item.settled_at_ms.is_(None)
    waiting = _amounts(connection, select(item.currency, left).where(is_open).group_by(item.currency))
    posted = (
        select(SHOP_JOURNAL.c.currency, -func.sum(SHOP_POSTINGS.c.amount_minor))
        .join(SHOP_POSTINGS, SHOP_POSTINGS.c.journal_id == SHOP_JOURNAL.c.journal_id)
        .where(SHOP_POSTINGS.c.account == "suspense")
        .group_by(SHOP_JOURNAL.c.currency)
    )
    booked = _amounts(connection, posted)
    for currency in sorted(waiting.keys() | booked.keys()):
        open_minor, booked_minor = waiting.get(currency, 0), booked.get(currency, 0)
        if open_minor != booked_minor:
            what = f"{open_minor} wait to be settled, the journal has {booked_minor} of them"
            yield Finding(f"money put aside in {currency}", what)


def _amounts(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {str(currency): int(amount) for currency, amount in connection.execute(query)}
