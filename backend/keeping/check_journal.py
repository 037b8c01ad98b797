"""Checks of the journal against attempts and refunds: each has its movement, each movement its cause."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from backend.keeping.finding import Finding, rows_of
from backend.storage.case_tables import CASES
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS, REFUNDS, SHOP_JOURNAL, SHOP_POSTINGS

_IS_PAYMENT: Final = SHOP_JOURNAL.c.kind == "payment"
# One that came back, and was made again, has a movement for each.
_IS_REFUND: Final = SHOP_JOURNAL.c.kind.startswith("refund")


def check_journal(connection: Connection) -> Iterator[Finding]:
    """Give what the journal has too much or too little of."""
    yield from _attempts(connection)
    yield from _refunds(connection)
    yield from _without_cause(connection)


def _moved(is_kind: ColumnElement[bool]) -> Select[tuple[str, int]]:
    """What came in or went out by provider or by hand, of each thing that movements of a kind are of."""
    from_outside = or_(
        SHOP_POSTINGS.c.account.startswith("provider:"), SHOP_POSTINGS.c.account.startswith("method:")
    )
    return (
        select(SHOP_JOURNAL.c.ref, func.sum(SHOP_POSTINGS.c.amount_minor).label("moved"))
        .join(SHOP_POSTINGS, SHOP_POSTINGS.c.journal_id == SHOP_JOURNAL.c.journal_id)
        .where(is_kind, from_outside)
        .group_by(SHOP_JOURNAL.c.ref)
    )


def _attempts(connection: Connection) -> Iterator[Finding]:
    attempt, moved = PAYMENT_ATTEMPTS.c, _moved(_IS_PAYMENT).subquery()
    came = func.coalesce(moved.c.moved, 0)
    is_paid = attempt.state == "paid"
    query = (
        select(attempt.attempt_id, attempt.state, attempt.amount_minor, came)
        .outerjoin(moved, moved.c.ref == attempt.attempt_id)
        .where(or_(and_(is_paid, came != attempt.amount_minor), and_(~is_paid, came != 0)))
        .order_by(attempt.attempt_id)
    )
    for attempt_id, state, amount, said in rows_of(connection, query):
        what = f"it is {state} with {amount}, the journal has {said} of it"
        yield Finding(f"attempt {attempt_id}", what)


def _refunds(connection: Connection) -> Iterator[Finding]:
    refund, moved = REFUNDS.c, _moved(_IS_REFUND).subquery()
    went = -func.coalesce(moved.c.moved, 0)
    is_done = refund.state == "done"
    query = (
        select(refund.refund_id, refund.state, refund.amount_minor, went)
        .outerjoin(moved, moved.c.ref == refund.refund_id)
        .where(or_(and_(is_done, went != refund.amount_minor), and_(~is_done, went != 0)))
        .order_by(refund.refund_id)
    )
    for refund_id, state, amount, said in rows_of(connection, query):
        what = f"it is {state} with {amount}, the journal has {said} of it"
        yield Finding(f"refund {refund_id}", what)


def _without_cause(connection: Connection) -> Iterator[Finding]:
    journal = SHOP_JOURNAL.c
    paid = (select(PAYMENT_ATTEMPTS.c.attempt_id), select(ORDERS.c.order_id))
    gone = (select(REFUNDS.c.refund_id), select(CASES.c.case_id))
    for is_kind, causes in ((_IS_PAYMENT, paid), (_IS_REFUND, gone)):
        query = select(journal.kind, journal.ref).where(
            is_kind, *(journal.ref.not_in(cause) for cause in causes)
        )
        for kind, ref in rows_of(connection, query.order_by(journal.journal_id)):
            yield Finding(f"shop journal, {kind} {ref}", "nothing has this name that money could belong to")
