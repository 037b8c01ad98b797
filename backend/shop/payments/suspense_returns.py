"""Money that was put aside and that its provider gave back: booked once, against what was put aside."""

import hashlib
import logging

import msgspec
from sqlalchemy import Connection, or_, select, update

from backend.contract.payments import AttemptState, SuspenseItem, SuspenseOutcome
from backend.money.ledger import Movement, Posting, moved_to, movements_of, numbered, post
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
    if report.has_failed:
        return next(
            iter(sorted(items, key=lambda one: _unlikeliness_of_failed(connection, one, report))), None
        )
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
    if _returned_by(connection, item, report) > 0:
        return False
    _post(connection, "suspense_return", item, report, postings, now_ms=now_ms)
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


def take_back_return(connection: Connection, item: SuspenseItem, report: RefundReport, now_ms: int) -> bool:
    """Book that a refund of money put aside did not go, and open the money again; False where none had.

    It had where its provider had said so, or where staff had settled the money as returned: then so much of
    it is open as did not go. Where staff had kept the rest, all that is left is open: they look anew.
    """
    minor, kind = _returned_by(connection, item, report), "suspense_return_back"
    returned_minor = item.amount_minor if item.outcome is SuspenseOutcome.RETURNED else item.returned_minor
    if minor <= 0:
        kind = "suspense_settled_back"
        if item.outcome is not SuspenseOutcome.RETURNED or movements_of(connection, kind, _ref(item, report)):
            return False
        minor = min(report.amount_minor, item.amount_minor - item.returned_minor)
        if minor <= 0 or report.currency != item.currency:
            return False
    kept_minor = item.amount_minor - returned_minor if item.outcome is SuspenseOutcome.KEPT else 0
    postings = [
        Posting(f"provider:{item.provider}", minor),
        Posting("other_income", kept_minor),
        Posting("suspense", -minor - kept_minor),
    ]
    _post(connection, kind, item, report, postings, now_ms=now_ms)
    values = {
        "returned_minor": returned_minor - minor,
        "outcome": None,
        "note": f"a refund came back: {report.refund_id}"[:200],
        "settled_by": None,
        "settled_at_ms": None,
    }
    is_this = SUSPENSE.c.suspense_id == item.suspense_id
    connection.execute(update(SUSPENSE).where(is_this).values(values))
    return True


def _returned_by(connection: Connection, item: SuspenseItem, report: RefundReport) -> int:
    """Return what the journal has of a refund as gone, less what came back of it."""
    ref = _ref(item, report)
    kinds = "suspense_return", "suspense_return_back"
    movements = [one for kind in kinds for one in movements_of(connection, kind, ref)]
    return -moved_to(connection, movements, f"provider:{item.provider}")


def _post(
    connection: Connection,
    kind: str,
    item: SuspenseItem,
    report: RefundReport,
    postings: list[Posting],
    *,
    now_ms: int,
) -> None:
    """Post a movement: each time that a refund is made, or comes back, has one of its own."""
    ref = _ref(item, report)
    name = numbered(kind, len(movements_of(connection, kind, ref)))
    post(connection, Movement(name, ref, item.currency, postings), now_ms)


def _ref(item: SuspenseItem, report: RefundReport) -> str:
    # A provider's own name may be longer than a movement's.
    return f"{item.suspense_id}:{hashlib.sha256(report.refund_id.encode()).hexdigest()[:32]}"


def _unlikeliness_of_failed(
    connection: Connection, item: SuspenseItem, report: RefundReport
) -> tuple[bool, bool, bool]:
    is_booked = _returned_by(connection, item, report) > 0
    is_returned = item.outcome is SuspenseOutcome.RETURNED
    return (not is_booked, not is_returned, item.amount_minor != report.amount_minor)


def _unlikeliness(item: SuspenseItem, report: RefundReport) -> tuple[bool, bool]:
    left_minor = item.amount_minor - item.returned_minor
    return (item.outcome is not None, left_minor != report.amount_minor)
