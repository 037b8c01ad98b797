"""What coins a person got and gave, from the journal. Inside the caller's transaction."""

from sqlalchemy import Connection, select

from backend.contract.coins import CoinHistory, CoinMove
from backend.money.wallet import COINS, read_coins, wallet_account
from backend.shop.coins.crediting import BOUGHT, RETURNED
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS


def read_history(
    connection: Connection, *, user_id: str, before: int | None = None, limit: int = 20
) -> CoinHistory:
    """Return a page of it, the newest first; `before` is the `next` of the page before."""
    journal, posting = SHOP_JOURNAL.c, SHOP_POSTINGS.c
    query = (
        select(journal.journal_id, journal.kind, journal.ref, posting.amount_minor, journal.at_ms)
        .join(SHOP_POSTINGS, posting.journal_id == journal.journal_id)
        .where(posting.account == wallet_account(user_id), journal.currency == COINS)
        .order_by(journal.journal_id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(journal.journal_id < before)
    moves = [
        CoinMove(int(number), str(kind), int(coins), int(at_ms), _order_id(str(kind), str(ref)))
        for number, kind, ref, coins, at_ms in connection.execute(query)
    ]
    shown = moves[:limit]
    following = shown[-1].move_id if len(moves) > limit else None
    return CoinHistory(read_coins(connection, user_id), shown, following)


def _order_id(kind: str, ref: str) -> str:
    return ref.partition(":")[0] if kind in {BOUGHT, RETURNED} else ""
