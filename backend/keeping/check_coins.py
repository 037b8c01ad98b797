"""Checks of orders of coins: what was paid came into a wallet once, what went back was taken out of it."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, ScalarSelect, String, and_, case, func, literal, or_, select

from backend.keeping.finding import Finding, rows_of
from backend.money.wallet import COINS, wallet_account
from backend.shop.coins.crediting import BOUGHT, RETURNED
from backend.storage.order_tables import ORDER_LINES, ORDERS
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS


def check_coins(connection: Connection) -> Iterator[Finding]:
    """Give what is wrong with the coins of orders."""
    yield from _orders(connection)
    yield from _without_order(connection)


def _orders(connection: Connection) -> Iterator[Finding]:
    order, line = ORDERS.c, ORDER_LINES.c
    came = _moved(BOUGHT, SHOP_JOURNAL.c.ref == order.order_id)
    went = -_moved(RETURNED, SHOP_JOURNAL.c.ref.startswith(order.order_id + ":"))
    expected = case((order.payment_state == "unpaid", 0), else_=order.coins)
    query = (
        select(order.number, order.payment_state, order.coins, came, line.refunded, went)
        .join(ORDER_LINES, line.order_id == order.order_id)
        .where(order.coins > 0, or_(came != expected, went != line.refunded))
        .order_by(order.order_id)
    )
    for number, state, coins, credited, refunded, taken in rows_of(connection, query):
        what = f"it is {state} with {coins} coins, {credited} came into the wallet"
        yield Finding(f"order {number}", f"{what}, and {taken} of {refunded} went back")


def _moved(kind: str, is_its: ColumnElement[bool]) -> ScalarSelect[int]:
    """What an order's buyer got of coins, by movements of a kind."""
    journal, posting = SHOP_JOURNAL.c, SHOP_POSTINGS.c
    account = literal(wallet_account(""), String) + ORDERS.c.buyer_id
    return (
        select(func.coalesce(func.sum(posting.amount_minor), 0))
        .select_from(SHOP_JOURNAL)
        .join(SHOP_POSTINGS, and_(posting.journal_id == journal.journal_id, posting.account == account))
        .where(journal.kind == kind, journal.currency == COINS, is_its)
        .correlate(ORDERS)
        .scalar_subquery()
    )


def _without_order(connection: Connection) -> Iterator[Finding]:
    journal = SHOP_JOURNAL.c
    orders = select(ORDERS.c.order_id).where(ORDERS.c.coins > 0)
    query = select(journal.ref).where(journal.kind == BOUGHT, journal.ref.not_in(orders))
    for (ref,) in rows_of(connection, query.order_by(journal.journal_id)):
        yield Finding(f"shop journal, {BOUGHT} {ref}", "there is no such order of coins")
