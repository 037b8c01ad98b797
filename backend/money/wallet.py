"""Wallets: the coins that people have, as accounts of the shop's journal in a currency of their own."""

from enum import Enum, auto
from typing import Final

import msgspec
from sqlalchemy import Connection, select, text

from backend.money.ledger import Movement, Posting, post
from backend.storage.database import read_rows
from backend.storage.payment_tables import SHOP_JOURNAL, WALLETS

# No country's: what begins with X is nobody's in ISO 4217.
COINS: Final = "XLC"
# The house's accounts: where granted coins come from, and where given ones go. They may owe.
GRANTS: Final = "grants"
GIFT_INCOME: Final = "gift_income"

_GET = text(
    "INSERT INTO wallets (user_id, coins, version, changed_at_ms) VALUES (:user_id, :coins, 1, :now_ms) "
    "ON CONFLICT (user_id) DO UPDATE SET coins = wallets.coins + :coins, version = wallets.version + 1, "
    "changed_at_ms = :now_ms RETURNING user_id, coins, version"
)
_GIVE = text(
    "UPDATE wallets SET coins = coins + :coins, version = version + 1, changed_at_ms = :now_ms "
    "WHERE user_id = :user_id AND coins + :coins >= 0 RETURNING user_id, coins, version"
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


def wallet_account(user_id: str) -> str:
    """Return the name of a user's account in the journal."""
    return f"wallet:{user_id}"


def move_coins(connection: Connection, movement: CoinMovement, now_ms: int) -> Purse | NotMoved:
    """Move coins in the caller's transaction; return what the user has now."""
    is_this = (SHOP_JOURNAL.c.kind == movement.kind, SHOP_JOURNAL.c.ref == movement.ref)
    if connection.scalar(select(SHOP_JOURNAL.c.journal_id).where(*is_this)) is not None:
        return NotMoved.ALREADY
    values = {"user_id": movement.user_id, "coins": movement.coins, "now_ms": now_ms}
    row = connection.execute(_GET if movement.coins > 0 else _GIVE, values).first()
    if row is None:
        return NotMoved.NOT_ENOUGH
    postings = [
        Posting(wallet_account(movement.user_id), movement.coins),
        Posting(movement.house, -movement.coins),
    ]
    if not post(connection, Movement(movement.kind, movement.ref, COINS, postings), now_ms):
        raise RuntimeError(f"{movement.kind} {movement.ref} was moved by another meanwhile; nothing is kept")
    return Purse(str(row.user_id), int(row.coins), int(row.version))


def read_purses(connection: Connection, changed_since_ms: int = 0) -> list[Purse]:
    """Return what users have whose coins moved since a time."""
    columns = (WALLETS.c.user_id, WALLETS.c.coins, WALLETS.c.version)
    query = select(*columns).where(WALLETS.c.changed_at_ms >= changed_since_ms)
    return msgspec.convert(read_rows(connection, query), list[Purse])
