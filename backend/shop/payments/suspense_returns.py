"""Money that was put aside and that its provider gave back: booked once, against what was put aside."""

import hashlib
import logging

import msgspec
from sqlalchemy import Connection, or_, select, update

from backend.contract.payments import AttemptState, SuspenseItem, SuspenseOutcome
from backend.money.ledger import Movement, Posting, post
from backend.shop.payments.attempts import KeptAttempt
from backend.shop.payments.provider import RefundReport
from backend.storage.database import read_rows
from backend.storage.payment_tables import SUSPENSE

log = logging.getLogger("livestall.payments")

_COLUMNS = [SUSPENSE.c[name] for name in SuspenseItem.__struct_fields__]


def find_item(
    connection: Connection, provider: str, attempt: KeptAttempt | None, report: RefundReport
) -> SuspenseItem | None:
    """Return the money put aside that a refund is of; None where it is of an attempt that was paid.

    A provider that names the payment leaves no doubt. Otherwise the refund is of what was put aside for the
    attempt it names, unless that was paid.
    """
    if is_of_paid(attempt, report):
        return None
    is_this = SUSPENSE.c.attempt_id == report.attempt_id
    if report.payment_ref:
        # Money whose payment had no name yet is kept under its attempt's.
        is_this = or_(
            SUSPENSE.c.ref == report.payment_ref, is_this & (SUSPENSE.c.ref == SUSPENSE.c.attempt_id)
        )
    elif not report.attempt_id:
        return None
    query = select(*_COLUMNS).where(SUSPENSE.c.provider == provider, is_this)
    items = msgspec.convert(read_rows(connection, query.order_by(SUSPENSE.c.suspense_id)), list[SuspenseItem])
    # Of several the one that the sum fits, and that waits.
    return min(items, key=lambda one: _unlikeliness(one, report), default=None)


def is_of_paid(attempt: KeptAttempt | None, report: RefundReport) -> bool:
    """Whether a refund is of the payment that an attempt was paid with."""
    if attempt is None or attempt.state is not AttemptState.PAID:
        return False
    return not (report.payment_ref and attempt.provider_ref) or report.payment_ref == attempt.provider_ref


def record_return(connection: Connection, item: SuspenseItem, report: RefundReport, now_ms: int) -> bool:
    """Book what a provider gave back of money that was put aside; False where that changes nothing.

    Where staff had settled it as returned, that was booked then. Where they had kept it, the income goes.
    """
    if item.outcome is SuspenseOutcome.RETURNED:
        return True
    minor = report.amount_minor - (item.returned_minor if report.is_sum else 0)
    if item.currency != report.currency or not 0 < minor <= item.amount_minor - item.returned_minor:
        log.warning("a refund does not match the money put aside as %d: %s", item.suspense_id, report)
        return False
    source = "other_income" if item.outcome is SuspenseOutcome.KEPT else "suspense"
    postings = [Posting(source, minor), Posting(f"provider:{item.provider}", -minor)]
    name = hashlib.sha256(report.refund_id.encode()).hexdigest()[:32]
    movement = Movement("suspense_return", f"{item.suspense_id}:{name}", item.currency, postings)
    if not post(connection, movement, now_ms):
        return False
    values: dict[str, object] = {"returned_minor": item.returned_minor + minor}
    if values["returned_minor"] == item.amount_minor:
        values |= {
            "outcome": SuspenseOutcome.RETURNED,
            "note": f"given back at the provider: {report.refund_id}"[:200],
            "settled_by": f"provider:{item.provider}",
            "settled_at_ms": now_ms,
        }
    is_this = SUSPENSE.c.suspense_id == item.suspense_id
    connection.execute(update(SUSPENSE).where(is_this).values(values))
    return True


def _unlikeliness(item: SuspenseItem, report: RefundReport) -> tuple[bool, bool]:
    left_minor = item.amount_minor - item.returned_minor
    return (item.outcome is not None, left_minor != report.amount_minor)
