"""The shop's journal: each movement of money once, with sides that sum up to 0, in one currency."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from backend.storage.database import read_rows
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS

# What the house earned: by goods, and by coins, which it still owes gifts for.
SALES: Final = "sales"
COIN_SALES: Final = "coin_sales"


class Posting(msgspec.Struct, frozen=True):
    """One side of a movement: what an account gets, or gives where it is below 0."""

    account: str
    amount_minor: int


class Movement(msgspec.Struct, frozen=True):
    """Money that moves.

    Attributes:
        kind, ref: name it; the same pair moves money once.
        currency: of all its sides.
        postings: an account once; sides of 0 are left out.
    """

    kind: str
    ref: str
    currency: str
    postings: Sequence[Posting]


def post(connection: Connection, movement: Movement, now_ms: int) -> bool:
    """Write a movement in the caller's transaction; False where it stands there already.

    Raises:
        ValueError: its sides do not sum up to 0.
    """
    if total := sum(posting.amount_minor for posting in movement.postings):
        raise ValueError(f"expected sides that sum up to 0 of {movement.kind} {movement.ref}, got {total}")
    values = {"kind": movement.kind, "ref": movement.ref, "currency": movement.currency, "at_ms": now_ms}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(SHOP_JOURNAL).values(values).on_conflict_do_nothing()
    journal_id = connection.scalar(statement.returning(SHOP_JOURNAL.c.journal_id))
    if journal_id is None:
        return False
    rows = [
        {"journal_id": journal_id, "account": posting.account, "amount_minor": posting.amount_minor}
        for posting in movement.postings
        if posting.amount_minor
    ]
    if rows:
        connection.execute(insert(SHOP_POSTINGS), rows)
    return True


class Balance(msgspec.Struct, frozen=True):
    """What an account holds in a currency."""

    account: str
    currency: str
    amount_minor: int


def balances(connection: Connection) -> list[Balance]:
    """Add the journal up, by account and currency."""
    query = (
        select(
            SHOP_POSTINGS.c.account,
            SHOP_JOURNAL.c.currency,
            func.sum(SHOP_POSTINGS.c.amount_minor).label("amount_minor"),
        )
        .join(SHOP_JOURNAL, SHOP_JOURNAL.c.journal_id == SHOP_POSTINGS.c.journal_id)
        .group_by(SHOP_POSTINGS.c.account, SHOP_JOURNAL.c.currency)
        .order_by(SHOP_POSTINGS.c.account, SHOP_JOURNAL.c.currency)
    )
    return [
        # PostgreSQL sums up to a decimal number.
        Balance(str(row["account"]), str(row["currency"]), int(str(row["amount_minor"])))
        for row in read_rows(connection, query)
    ]


def unbalanced(connection: Connection) -> list[int]:
    """Return the movements whose sides do not sum up to 0: their rows were changed by hand."""
    query = (
        select(SHOP_POSTINGS.c.journal_id)
        .group_by(SHOP_POSTINGS.c.journal_id)
        .having(func.sum(SHOP_POSTINGS.c.amount_minor) != 0)
        .order_by(SHOP_POSTINGS.c.journal_id)
    )
    return list(connection.scalars(query))
