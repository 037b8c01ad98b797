"""Wallets: the coins that people have, as accounts of the shop's journal in a currency of their own."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.storage.bulk import insert_rows
from backend.storage.database import read_rows
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS, WALLETS

# No country's: what begins with X is nobody's in ISO 4217.
COINS: Final = "XLC"
# The house's accounts: where granted and sold coins come from, and where given ones go. They may owe.
GRANTS: Final = "grants"
GIFT_INCOME: Final = "gift_income"
COINS_SOLD: Final = "coins_sold"

_NOW_SO: Final = (
    "ON CONFLICT (user_id) DO UPDATE SET coins = excluded.coins, version = excluded.version, "
    "changed_at_ms = excluded.changed_at_ms"
)


class Purse(msgspec.Struct, frozen=True):
    """What a user has; the higher `version` is the newer one."""

    user_id: str
    coins: int
    version: int


class CoinMovement(msgspec.Struct, frozen=True):
    """Coins that go between a user and the house.

    Attributes:
        kind, ref: name it; the same pair moves coins once.
        coins: what the user gets, or gives where it is below 0.
        house: the house's account.
    """

    kind: str
    ref: str
    user_id: str
    coins: int
    house: str


class NotMoved(Enum):
    """Why coins did not move; nothing was written."""

    ALREADY = auto()
    NOT_ENOUGH = auto()
    AGE_UNCONFIRMED = auto()  # who pays did not say that they are old enough


def wallet_account(user_id: str) -> str:
    """Return the name of a user's account in the journal."""
    return f"wallet:{user_id}"


def move_coins(
    connection: Connection, movements: Sequence[CoinMovement], now_ms: int
) -> list[Purse | NotMoved]:
    """Move coins in the caller's transaction, in this order; return what each user has after each of them."""
    known = _known(connection, movements)
    purses = _locked(connection, {movement.user_id for movement in movements})
    answers: list[Purse | NotMoved] = []
    moved: list[CoinMovement] = []
    for movement in movements:
        purse = purses.get(movement.user_id) or Purse(movement.user_id, 0, 0)
        after = Purse(movement.user_id, purse.coins + movement.coins, purse.version + 1)
        if (movement.kind, movement.ref) in known:
            answers.append(NotMoved.ALREADY)
        elif after.coins < 0:
            answers.append(NotMoved.NOT_ENOUGH)
        else:
            known.add((movement.kind, movement.ref))
            purses[movement.user_id] = after
            moved.append(movement)
            answers.append(after)
    if moved:
        _post(connection, moved, now_ms)
        now_have = [msgspec.structs.asdict(purses[one]) for one in sorted({one.user_id for one in moved})]
        insert_rows(
            connection, WALLETS, [{**row, "changed_at_ms": now_ms} for row in now_have], on_conflict=_NOW_SO
        )
    return answers


def _known(connection: Connection, movements: Sequence[CoinMovement]) -> set[tuple[str, str]]:
    return set(_ids(connection, movements))


def _ids(connection: Connection, movements: Sequence[CoinMovement]) -> dict[tuple[str, str], int]:
    """Return the journal's numbers of movements that stand there, by kind and ref."""
    journal = SHOP_JOURNAL.c
    query = select(journal.kind, journal.ref, journal.journal_id).where(
        journal.kind.in_(sorted({one.kind for one in movements})),
        journal.ref.in_([one.ref for one in movements]),
    )
    return {(str(kind), str(ref)): int(number) for kind, ref, number in connection.execute(query)}


def _locked(connection: Connection, user_ids: set[str]) -> dict[str, Purse]:
    """Read wallets that nobody else changes until this transaction ends; all lock them in one order."""
    columns = (WALLETS.c.user_id, WALLETS.c.coins, WALLETS.c.version)
    query = select(*columns).where(WALLETS.c.user_id.in_(sorted(user_ids))).order_by(WALLETS.c.user_id)
    rows = read_rows(connection, query.with_for_update())
    return {purse.user_id: purse for purse in msgspec.convert(rows, list[Purse])}


def _post(connection: Connection, moved: Sequence[CoinMovement], now_ms: int) -> None:
    names = [{"kind": one.kind, "ref": one.ref, "currency": COINS, "at_ms": now_ms} for one in moved]
    insert_rows(connection, SHOP_JOURNAL, names)
    ids = _ids(connection, moved)
    sides = [
        {"journal_id": ids[one.kind, one.ref], "account": account, "amount_minor": coins}
        for one in moved
        for account, coins in ((wallet_account(one.user_id), one.coins), (one.house, -one.coins))
    ]
    insert_rows(connection, SHOP_POSTINGS, sides)


def read_coins(connection: Connection, user_id: str) -> int:
    """Return what a user has."""
    return connection.scalar(select(WALLETS.c.coins).where(WALLETS.c.user_id == user_id)) or 0


def read_purses(connection: Connection, changed_since_ms: int = 0) -> list[Purse]:
    """Return what users have whose coins moved since a time."""
    columns = (WALLETS.c.user_id, WALLETS.c.coins, WALLETS.c.version)
    query = select(*columns).where(WALLETS.c.changed_at_ms >= changed_since_ms)
    return msgspec.convert(read_rows(connection, query), list[Purse])
