"""Refunds as they are kept. Each function is part of the caller's transaction."""

import hashlib
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from backend.contract.own_reasons import OwnReason
from backend.money.ledger import Movement, Posting, post
from backend.shop.payments.attempts import KeptAttempt
from backend.storage.database import read_rows
from backend.storage.payment_tables import REFUNDS

FIRST_PAUSE_MS: Final = 10_000
LONGEST_PAUSE_MS: Final = 3_600_000


class Cause(StrEnum):
    """Why money goes back. Of the first two the order never had it."""

    PAID_TWICE = "paid_twice"
    PAID_LATE = "paid_late"
    AT_PROVIDER = OwnReason.MADE_AT_THE_PROVIDER.value
    BY_STAFF = OwnReason.BY_STAFF.value


NEVER_THE_ORDERS = (Cause.PAID_TWICE, Cause.PAID_LATE)


class Refund(msgspec.Struct, frozen=True):
    """A row of the refunds."""

    refund_id: str
    attempt_id: str
    order_id: str
    amount_minor: int
    currency: str
    state: str
    reason: str
    at_ms: int
    tries: int = 0
    next_try_at_ms: int = 0

    @property
    def was_never_the_orders(self) -> bool:
        """Whether the order was never paid by this money."""
        return self.reason in NEVER_THE_ORDERS


def request_whole(connection: Connection, attempt: KeptAttempt, cause: Cause, now_ms: int) -> None:
    """Keep a refund of all that an attempt brought; one, however often it is asked for."""
    refund_id = hashlib.sha256(f"{cause} {attempt.attempt_id}".encode()).hexdigest()[:32]
    if read_refund(connection, refund_id) is None:
        add(connection, attempt, refund_id, amount_minor=attempt.amount_minor, cause=cause, now_ms=now_ms)


def add(
    connection: Connection,
    attempt: KeptAttempt,
    refund_id: str,
    *,
    amount_minor: int,
    cause: Cause,
    now_ms: int,
) -> Refund:
    """Keep a refund that the provider is to be asked for."""
    refund = Refund(
        refund_id=refund_id,
        attempt_id=attempt.attempt_id,
        order_id=attempt.order_id,
        amount_minor=amount_minor,
        currency=attempt.currency,
        state="requested",
        reason=cause.value,
        at_ms=now_ms,
    )
    connection.execute(insert(REFUNDS).values(msgspec.to_builtins(refund)))
    return refund


def add_made(
    connection: Connection, attempt: KeptAttempt, refund_id: str, *, amount_minor: int, now_ms: int
) -> Refund:
    """Keep a refund that was made at the provider, as by its console.

    Of money that was never the order's it is a part of what is to go back: so much less is asked for.
    """
    asked = _asked_back(connection, attempt.attempt_id)
    if asked is not None:
        is_this = REFUNDS.c.refund_id == asked.refund_id
        left_minor = asked.amount_minor - amount_minor
        if left_minor > 0:
            connection.execute(update(REFUNDS).where(is_this).values(amount_minor=left_minor))
        else:
            connection.execute(delete(REFUNDS).where(is_this))
    cause = never_the_orders(connection, attempt.attempt_id) if asked is None else Cause(asked.reason)
    return add(
        connection,
        attempt,
        refund_id,
        amount_minor=amount_minor,
        cause=cause or Cause.AT_PROVIDER,
        now_ms=now_ms,
    )


def name_of(connection: Connection, attempt: KeptAttempt, reported_id: str) -> str:
    """Return the id of a refund that a provider reports: ours, or one made here from the provider's own.

    A provider's own id may be longer than ours, and two providers may give the same one.
    """
    ours = read_refund(connection, reported_id)
    if ours is not None and ours.attempt_id == attempt.attempt_id:
        return reported_id
    return hashlib.sha256(f"{attempt.provider} {attempt.attempt_id} {reported_id}".encode()).hexdigest()[:32]


def read_refund(connection: Connection, refund_id: str) -> Refund | None:
    """Return a refund; None where there is none."""
    rows = read_rows(connection, select(REFUNDS).where(REFUNDS.c.refund_id == refund_id))
    return msgspec.convert(rows[0], Refund) if rows else None


def goes_back(connection: Connection, attempt_id: str) -> bool:
    """Whether an attempt's money goes back, or went: the order was never paid by it."""
    return never_the_orders(connection, attempt_id) is not None


def never_the_orders(connection: Connection, attempt_id: str) -> Cause | None:
    """Return why an order was never paid by an attempt's money; None where it was, or none came."""
    reason = connection.scalar(select(REFUNDS.c.reason).where(*_never_the_orders(attempt_id)).limit(1))
    return None if reason is None else Cause(reason)


def due(connection: Connection, now_ms: int, most: int) -> list[Refund]:
    """Return refunds that their providers are to be asked for now, those first that were tried least."""
    is_due = (REFUNDS.c.state == "requested", REFUNDS.c.next_try_at_ms <= now_ms)
    query = select(REFUNDS).where(*is_due).order_by(REFUNDS.c.tries, REFUNDS.c.at_ms).limit(most)
    return msgspec.convert(read_rows(connection, query), list[Refund])


def begin_try(connection: Connection, refund: Refund, now_ms: int) -> bool:
    """Count a try before the provider is asked; False where another node has begun it.

    The next one waits twice as long as this one did, so that refunds that fail make room for new ones.
    """
    pause_ms = min(FIRST_PAUSE_MS * 2 ** min(refund.tries, 20), LONGEST_PAUSE_MS)
    is_this = (
        REFUNDS.c.refund_id == refund.refund_id,
        REFUNDS.c.state == "requested",
        REFUNDS.c.tries == refund.tries,
    )
    values = {"tries": refund.tries + 1, "next_try_at_ms": now_ms + pause_ms}
    return bool(connection.execute(update(REFUNDS).where(*is_this).values(values)).rowcount)


def become_done(connection: Connection, refund: Refund, provider: str, now_ms: int) -> bool:
    """Record that the money went back, in the journal too; False where that was known."""
    is_this = (REFUNDS.c.refund_id == refund.refund_id, REFUNDS.c.state == "requested")
    if not connection.execute(update(REFUNDS).where(*is_this).values(state="done")).rowcount:
        return False
    side = "to_refund" if refund.was_never_the_orders else "refunds"
    postings = [Posting(f"provider:{provider}", -refund.amount_minor), Posting(side, refund.amount_minor)]
    post(connection, Movement("refund", refund.refund_id, refund.currency, postings), now_ms)
    return True


def promised_of_order(connection: Connection, order_id: str) -> int:
    """Return what went back of what an order was paid with, and what is asked for."""
    return _sum(connection, order_id, ("requested", "done"))


def sum_of_order(connection: Connection, order_id: str) -> int:
    """Return what went back of what an order was paid with."""
    return _sum(connection, order_id, ("done",))


def done_of_attempt(connection: Connection, attempt_id: str) -> int:
    """Return what went back of an attempt, whatever for."""
    query = select(func.coalesce(func.sum(REFUNDS.c.amount_minor), 0)).where(
        REFUNDS.c.attempt_id == attempt_id, REFUNDS.c.state == "done"
    )
    return int(str(connection.scalar(query)))


def _sum(connection: Connection, order_id: str, states: tuple[str, ...]) -> int:
    query = select(func.coalesce(func.sum(REFUNDS.c.amount_minor), 0)).where(
        REFUNDS.c.order_id == order_id,
        REFUNDS.c.state.in_(states),
        REFUNDS.c.reason.not_in([cause.value for cause in NEVER_THE_ORDERS]),
    )
    return int(str(connection.scalar(query)))


def _never_the_orders(attempt_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    causes = [cause.value for cause in NEVER_THE_ORDERS]
    return (REFUNDS.c.attempt_id == attempt_id, REFUNDS.c.reason.in_(causes))


def _asked_back(connection: Connection, attempt_id: str) -> Refund | None:
    """Return the refund of an attempt's whole money that is not made yet."""
    query = select(REFUNDS).where(*_never_the_orders(attempt_id), REFUNDS.c.state == "requested")
    rows = read_rows(connection, query)
    return msgspec.convert(rows[0], Refund) if rows else None
