"""Refunds as they are kept. Each function is part of the caller's transaction."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from backend.contract.own_reasons import OwnReason
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
    """A row of the refunds.

    Attributes:
        made_as: the name of the provider's own refund that stands in its place.
        came_back: how often its provider took back that it was made.
    """

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
    made_as: str | None = None
    came_back: int = 0

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


def read_refund(connection: Connection, refund_id: str) -> Refund | None:
    """Return a refund; None where there is none."""
    rows = read_rows(connection, select(REFUNDS).where(REFUNDS.c.refund_id == refund_id))
    return msgspec.convert(rows[0], Refund) if rows else None


def goes_back(connection: Connection, attempt_id: str) -> bool:
    """Whether an attempt's money goes back, or went: the order was never paid by it."""
    return never_the_orders(connection, attempt_id) is not None


def never_the_orders(connection: Connection, attempt_id: str) -> Cause | None:
    """Return why an order was never paid by an attempt's money; None where it was, or none came."""
    reason = connection.scalar(select(REFUNDS.c.reason).where(*is_never_the_orders(attempt_id)).limit(1))
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


def promised_of_orders(connection: Connection, order_ids: Iterable[str]) -> dict[str, int]:
    """Return what went back of what orders were paid with, and what is asked for, of each that has any."""
    return _sums(connection, order_ids, ("requested", "done"))


def sum_of_order(connection: Connection, order_id: str) -> int:
    """Return what went back of what an order was paid with."""
    return _sums(connection, [order_id], ("done",)).get(order_id, 0)


def unheard_of(connection: Connection, attempt_id: str) -> list[str]:
    """Return the refunds of an attempt that were sent to its provider, whose answer was not heard."""
    is_one = (REFUNDS.c.attempt_id == attempt_id, REFUNDS.c.state == "requested", REFUNDS.c.tries > 0)
    return [str(one) for one in connection.scalars(select(REFUNDS.c.refund_id).where(*is_one))]


def done_of_attempt(connection: Connection, attempt_id: str) -> int:
    """Return what went back of an attempt, whatever for."""
    query = select(func.coalesce(func.sum(REFUNDS.c.amount_minor), 0)).where(
        REFUNDS.c.attempt_id == attempt_id, REFUNDS.c.state == "done"
    )
    return int(str(connection.scalar(query)))


def _sums(connection: Connection, order_ids: Iterable[str], states: tuple[str, ...]) -> dict[str, int]:
    refund = REFUNDS.c
    query = (
        select(refund.order_id, func.sum(refund.amount_minor))
        .where(
            refund.order_id.in_(sorted(order_ids)),
            refund.state.in_(states),
            refund.reason.not_in([cause.value for cause in NEVER_THE_ORDERS]),
        )
        .group_by(refund.order_id)
    )
    return {str(order_id): int(minor) for order_id, minor in connection.execute(query)}


def is_never_the_orders(attempt_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of the refunds of an attempt by which the order was never paid."""
    causes = [cause.value for cause in NEVER_THE_ORDERS]
    return (REFUNDS.c.attempt_id == attempt_id, REFUNDS.c.reason.in_(causes))
