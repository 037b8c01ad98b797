"""The shop's journal: each movement of money once, with sides that sum up to 0, in one currency."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, or_, select
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


def numbered(kind: str, before: int) -> str:
    """Return the kind of what happens again, after so many times before."""
    return f"{kind}_{before + 1}" if before else kind


def movements_of(connection: Connection, kind: str, ref: str) -> list[int]:
    """Return the movements of a thing that happened once or more often, the oldest first."""
    is_one = or_(SHOP_JOURNAL.c.kind == kind, SHOP_JOURNAL.c.kind.regexp_match(f"^{kind}_[0-9]+$"))
    query = select(SHOP_JOURNAL.c.journal_id).where(SHOP_JOURNAL.c.ref == ref, is_one)
    return list(connection.scalars(query.order_by(SHOP_JOURNAL.c.journal_id)))


def moved_to(connection: Connection, movements: Sequence[int], account: str) -> int:
    """Return what an account got by movements in all."""
    posting = SHOP_POSTINGS.c
    is_one = posting.journal_id.in_(movements), posting.account == account
    return int(connection.scalar(select(func.sum(posting.amount_minor)).where(*is_one)) or 0)


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
