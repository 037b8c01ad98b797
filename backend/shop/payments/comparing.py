"""Where a payment here and at its provider differ, in words that say what to do."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.contract.bookkeeping import Mismatch, MismatchKind
from backend.contract.payments import AttemptState
from backend.shop.payments.attempts import KeptAttempt
from backend.shop.payments.provider import PaymentReport, ProviderState
from backend.shop.payments.refunds import Refund
from backend.storage.database import read_rows
from backend.storage.payment_tables import PAYMENT_ATTEMPTS, REFUNDS, SHOP_JOURNAL

# So long a refund may wait for its provider before people look at it.
REFUND_MAY_WAIT_MS: Final = 60 * 60_000
MOST_REFUNDS: Final = 100

_WAITS: Final = "The provider has not given it back for an hour. Look whether the account has the money."
_CAME_BACK: Final = (
    "It did not reach the buyer, and the money is back. Give the same sum back in the provider's console: "
    "the shop takes that for this refund."
)


def recent_attempts(connection: Connection, since_ms: int, most: int) -> list[KeptAttempt]:
    """Return attempts that were opened since a moment, the newest first."""
    attempt = PAYMENT_ATTEMPTS.c
    query = (
        select(PAYMENT_ATTEMPTS)
        .where(attempt.created_at_ms >= since_ms)
        .order_by(attempt.created_at_ms.desc(), attempt.attempt_id)
        .limit(most)
    )
    return msgspec.convert(read_rows(connection, query), list[KeptAttempt])


def mismatch_of(attempt: KeptAttempt, kind: MismatchKind, there: str, text: str) -> Mismatch:
    """Return how an attempt does not match."""
    return Mismatch(
        kind=kind,
        attempt_id=attempt.attempt_id,
        order_id=attempt.order_id,
        provider=attempt.provider,
        here=attempt.state,
        there=there,
        amount_minor=attempt.amount_minor,
        currency=attempt.currency,
        text=text,
    )


def differing(attempt: KeptAttempt, report: PaymentReport) -> Mismatch | None:
    """Return how an attempt and its provider's word differ; None where they agree."""
    is_paid_here = attempt.state is AttemptState.PAID
    is_paid_there = report.state is ProviderState.PAID
    if is_paid_there and (report.amount_minor, report.currency) != (attempt.amount_minor, attempt.currency):
        came = f"{report.amount_minor} {report.currency}"
        text = f"{came} came, in the minor unit. It is put aside: give it back, or keep it, and settle it."
        return mismatch_of(attempt, MismatchKind.AMOUNT_DIFFERS, report.state, text)
    if is_paid_there and not is_paid_here:
        text = "The money was not known here. It is taken in now: the order is paid, or the money goes back."
        return mismatch_of(attempt, MismatchKind.PAID_ONLY_THERE, report.state, text)
    if is_paid_here and not is_paid_there:
        text = "The provider does not say that it was paid. Look at its statement before anything is sent."
        return mismatch_of(attempt, MismatchKind.PAID_ONLY_HERE, report.state, text)
    return None


def missing_in_journal(connection: Connection, attempts: Sequence[KeptAttempt]) -> list[Mismatch]:
    """Return paid attempts whose money the journal does not have."""
    paid = {one.attempt_id: one for one in attempts if one.state is AttemptState.PAID}
    journal = SHOP_JOURNAL.c
    known = select(journal.ref).where(journal.kind == "payment", journal.ref.in_(sorted(paid)))
    missing = sorted(paid.keys() - set(connection.scalars(known)))
    text = "The journal does not have this payment. Run `main.py check`, and restore a backup if it is wrong."
    return [mismatch_of(paid[one], MismatchKind.NOT_IN_JOURNAL, "", text) for one in missing]


def waiting_refunds(connection: Connection, now_ms: int) -> list[Mismatch]:
    """Return refunds that wait for their provider for too long, or came back, the oldest first."""
    refund = REFUNDS.c
    query = (
        select(REFUNDS, PAYMENT_ATTEMPTS.c.provider)
        .join(PAYMENT_ATTEMPTS, PAYMENT_ATTEMPTS.c.attempt_id == refund.attempt_id)
        .where(refund.state == "requested")
        .where((refund.at_ms < now_ms - REFUND_MAY_WAIT_MS) | (refund.came_back > 0))
        .order_by(refund.at_ms)
        .limit(MOST_REFUNDS)
    )
    return [_waiting(row) for row in read_rows(connection, query)]


def _waiting(row: dict[str, object]) -> Mismatch:
    refund = msgspec.convert(row, Refund)
    came_back = refund.came_back > 0
    return Mismatch(
        kind=MismatchKind.REFUND_CAME_BACK if came_back else MismatchKind.REFUND_WAITS,
        attempt_id=refund.attempt_id,
        order_id=refund.order_id,
        provider=str(row["provider"]),
        here=refund.state,
        there="",
        amount_minor=refund.amount_minor,
        currency=refund.currency,
        text=_CAME_BACK if came_back else _WAITS,
    )
