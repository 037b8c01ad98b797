"""Checks of the two ledgers: each movement sums up to 0, and each wallet is what its movements say."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from backend.keeping.finding import Finding, rows_of
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS
from backend.storage.tables import POSTINGS, WALLET_ACCOUNTS


def check_money(connection: Connection) -> Iterator[Finding]:
    """Give what is wrong with the shop's journal and the rooms' wallets."""
    yield from _shop_sums(connection)
    yield from _wallet_sums(connection)
    yield from _wallets(connection)


def _shop_sums(connection: Connection) -> Iterator[Finding]:
    total = func.sum(SHOP_POSTINGS.c.amount_minor)
    query = (
        select(SHOP_JOURNAL.c.kind, SHOP_JOURNAL.c.ref, total)
        .join(SHOP_POSTINGS, SHOP_POSTINGS.c.journal_id == SHOP_JOURNAL.c.journal_id)
        .group_by(SHOP_JOURNAL.c.journal_id, SHOP_JOURNAL.c.kind, SHOP_JOURNAL.c.ref)
        .having(total != 0)
        .order_by(SHOP_JOURNAL.c.journal_id)
    )
    for kind, ref, amount in rows_of(connection, query):
        yield Finding(f"shop journal, {kind} {ref}", f"its sides sum up to {amount}, not to 0")


def _wallet_sums(connection: Connection) -> Iterator[Finding]:
    total = func.sum(POSTINGS.c.coins)
    query = (
        select(POSTINGS.c.room_id, POSTINGS.c.number, total)
        .group_by(POSTINGS.c.room_id, POSTINGS.c.number)
        .having(total != 0)
        .order_by(POSTINGS.c.room_id, POSTINGS.c.number)
    )
    for room, number, coins in rows_of(connection, query):
        yield Finding(f"coins of room {room}, movement {number}", f"its sides sum up to {coins}, not to 0")


def _wallets(connection: Connection) -> Iterator[Finding]:
    account = WALLET_ACCOUNTS.c
    posted = func.coalesce(func.sum(POSTINGS.c.coins), 0)
    is_same = (POSTINGS.c.room_id == account.room_id, POSTINGS.c.account == account.account)
    query = (
        select(account.room_id, account.account, account.kind, account.coins, posted)
        .outerjoin(POSTINGS, is_same[0] & is_same[1])
        .group_by(account.room_id, account.account, account.kind, account.coins)
        .having((posted != account.coins) | ((account.kind != "house") & (account.coins < 0)))
        .order_by(account.room_id, account.account)
    )
    for room, name, _kind, coins, said in rows_of(connection, query):
        what = f"it holds {coins} coins, its movements say {said}"
        yield Finding(f"wallet {name} of room {room}", what if coins != said else f"it owes: {coins} coins")
