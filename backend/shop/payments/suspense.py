"""Money that came and matches nothing: put aside, looked at by people, settled once."""

import logging
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from backend.contract.payments import SuspenseItem, SuspenseOutcome
from backend.money.ledger import Movement, Posting, movements_of, numbered, post
from backend.shop.payments.attempts import become_failed, own_attempt
from backend.shop.payments.provider import PaymentReport
from backend.storage.database import read_rows
from backend.storage.payment_tables import SUSPENSE

log = logging.getLogger("livestall.payments")

MOST_SHOWN: Final = 100
_SHOWN: Final = [SUSPENSE.c[name] for name in SuspenseItem.__struct_fields__]


class SettledAlready(msgspec.Struct, frozen=True):
    """The money was settled before; the item says how."""

    item: SuspenseItem


def put_aside(
    connection: Connection, provider: str, report: PaymentReport, mismatch: str, now_ms: int
) -> bool:
    """Keep money that matches nothing for staff to settle; its attempt, if any, fails.

    An attempt at another provider goes on: only its own provider knows where it stands. False where the
    money was put aside before.
    """
    ref = report.ref or report.attempt_id
    postings = [
        Posting(f"provider:{provider}", report.amount_minor),
        Posting("suspense", -report.amount_minor),
    ]
    if not post(connection, Movement("suspense", f"{provider}:{ref}", report.currency, postings), now_ms):
        return False
    row = {
        "provider": provider,
        "ref": ref,
        "attempt_id": report.attempt_id,
        "amount_minor": report.amount_minor,
        "currency": report.currency,
        "reason": mismatch[:200],
        "at_ms": now_ms,
    }
    connection.execute(insert(SUSPENSE).values(row))
    attempt = own_attempt(connection, provider, report.attempt_id)
    if attempt is not None:
        become_failed(connection, attempt.attempt_id)
    log.warning("money of %s is put aside: %s, %s", provider, ref, mismatch)
    return True


def read_suspense(
    connection: Connection, *, is_open: bool | None = None, before: int | None = None
) -> list[SuspenseItem]:
    """Return what was put aside, the newest first; only what is settled or not where that is said."""
    query = select(*_SHOWN)
    if is_open is not None:
        is_settled = SUSPENSE.c.settled_at_ms.is_not(None)
        query = query.where(~is_settled if is_open else is_settled)
    if before is not None:
        query = query.where(SUSPENSE.c.suspense_id < before)
    rows = read_rows(connection, query.order_by(SUSPENSE.c.suspense_id.desc()).limit(MOST_SHOWN))
    return msgspec.convert(rows, list[SuspenseItem])


def is_aside(connection: Connection, provider: str, attempt_id: str) -> bool:
    """Whether money that came for an attempt was put aside, settled or not."""
    query = select(SUSPENSE.c.suspense_id).where(
        SUSPENSE.c.provider == provider, SUSPENSE.c.attempt_id == attempt_id
    )
    return connection.scalar(query.limit(1)) is not None


def settle(
    connection: Connection, suspense_id: int, outcome: SuspenseOutcome, *, note: str, actor: str, now_ms: int
) -> SuspenseItem | SettledAlready | None:
    """Record what became of money that was put aside, in the journal too; None where there is none such.

    What its provider gave back of it before stands in the journal already.
    """
    item = _find(connection, suspense_id)
    if item is None or item.settled_at_ms is not None:
        return None if item is None else SettledAlready(item)
    is_this = (SUSPENSE.c.suspense_id == suspense_id, SUSPENSE.c.settled_at_ms.is_(None))
    values = {"outcome": outcome, "note": note, "settled_by": actor, "settled_at_ms": now_ms}
    connection.execute(update(SUSPENSE).where(*is_this).values(values))
    other = f"provider:{item.provider}" if outcome is SuspenseOutcome.RETURNED else "other_income"
    left_minor = item.amount_minor - item.returned_minor
    postings = [Posting("suspense", left_minor), Posting(other, -left_minor)]
    # It may have been settled before, and come back.
    kind = numbered("suspense_settled", len(movements_of(connection, "suspense_settled", str(suspense_id))))
    post(connection, Movement(kind, str(suspense_id), item.currency, postings), now_ms)
    return _find(connection, suspense_id)


def _find(connection: Connection, suspense_id: int) -> SuspenseItem | None:
    rows = read_rows(connection, select(*_SHOWN).where(SUSPENSE.c.suspense_id == suspense_id))
    return msgspec.convert(rows[0], SuspenseItem) if rows else None
