"""Checks of the journal: each movement sums up to 0, and each wallet is what its movements say."""

from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, literal, select

from backend.keeping.finding import Finding, rows_of
from backend.money.wallet import COINS, wallet_account
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS, WALLETS


def check_money(connection: Connection) -> Iterator[Finding]:
    """Give what is wrong with the shop's journal and the wallets in it."""
    yield from _sums(connection)
    yield from _wallets(connection)
    yield from _without_wallet(connection)


def _sums(connection: Connection) -> Iterator[Finding]:
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


_IN_COINS = and_(SHOP_JOURNAL.c.journal_id == SHOP_POSTINGS.c.journal_id, SHOP_JOURNAL.c.currency == COINS)
_ACCOUNT = literal(wallet_account("")) + WALLETS.c.user_id


def _wallets(connection: Connection) -> Iterator[Finding]:
    posted = (
        select(SHOP_POSTINGS.c.account, func.sum(SHOP_POSTINGS.c.amount_minor).label("coins"))
        .join(SHOP_JOURNAL, _IN_COINS)
        .group_by(SHOP_POSTINGS.c.account)
        .subquery()
    )
    said = func.coalesce(posted.c.coins, 0)
    query = (
        select(WALLETS.c.user_id, WALLETS.c.coins, said)
        .outerjoin(posted, posted.c.account == _ACCOUNT)
        .where((said != WALLETS.c.coins) | (WALLETS.c.coins < 0))
        .order_by(WALLETS.c.user_id)
    )
    for user_id, coins, amount in rows_of(connection, query):
        what = f"it holds {coins} coins, its movements say {amount}"
        yield Finding(f"wallet of {user_id}", what if coins != amount else f"it owes: {coins} coins")


def _without_wallet(connection: Connection) -> Iterator[Finding]:
    account = SHOP_POSTINGS.c.account
    query = (
        select(account, func.sum(SHOP_POSTINGS.c.amount_minor))
        .join(SHOP_JOURNAL, _IN_COINS)
        .where(account.startswith(wallet_account("")), account.not_in(select(_ACCOUNT)))
        .group_by(account)
        .order_by(account)
    )
    for name, coins in rows_of(connection, query):
        yield Finding(name, f"there is no such wallet, its movements say {coins}")
