"""Refunds that providers report: made, made in their console instead, or come back after all.

Each function is part of the caller's transaction.
"""

import hashlib

import msgspec
from sqlalchemy import Connection, delete, select, update

from backend.money.ledger import Movement, Posting, post
from backend.shop.payments.attempts import KeptAttempt
from backend.shop.payments.refunds import (
    FIRST_PAUSE_MS,
    Cause,
    Refund,
    add,
    is_never_the_orders,
    never_the_orders,
    read_refund,
)
from backend.storage.database import read_rows
from backend.storage.payment_tables import REFUNDS


def add_made(
    connection: Connection, attempt: KeptAttempt, refund_id: str, *, amount_minor: int, now_ms: int
) -> Refund:
    """Keep a refund that was made at the provider, as by its console.

    One of the same sum stands in the place of a refund that was tried in vain. Of money that was never the
    order's it is a part of what is to go back: so much less is asked for.
    """
    vain = _tried_in_vain(connection, attempt.attempt_id, amount_minor)
    if vain is not None:
        is_this = REFUNDS.c.refund_id == vain.refund_id
        connection.execute(update(REFUNDS).where(is_this).values(made_as=refund_id))
        return msgspec.structs.replace(vain, made_as=refund_id)
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


def tell_apart(connection: Connection, attempt: KeptAttempt, refund: Refund, now_ms: int) -> Refund:
    """Keep the provider's own refund that stood in the place of one that was made as well, and return it."""
    is_this = REFUNDS.c.refund_id == refund.refund_id
    connection.execute(update(REFUNDS).where(is_this).values(made_as=None))
    amount, made_as = refund.amount_minor, refund.made_as or ""
    return add(connection, attempt, made_as, amount_minor=amount, cause=Cause.AT_PROVIDER, now_ms=now_ms)


def name_of(connection: Connection, attempt: KeptAttempt, reported_id: str) -> str:
    """Return the id of a refund that a provider reports: ours, or one made here from the provider's own.

    A provider's own id may be longer than ours, and two providers may give the same one.
    """
    ours = read_refund(connection, reported_id)
    if ours is not None and ours.attempt_id == attempt.attempt_id:
        return reported_id
    return hashlib.sha256(f"{attempt.provider} {attempt.attempt_id} {reported_id}".encode()).hexdigest()[:32]


def find_reported(connection: Connection, attempt: KeptAttempt, refund_id: str) -> Refund | None:
    """Return the refund of a name, or the one in whose place that was made; None where there is none."""
    own = read_refund(connection, refund_id)
    if own is not None:
        return own
    is_this = (REFUNDS.c.attempt_id == attempt.attempt_id, REFUNDS.c.made_as == refund_id)
    rows = read_rows(connection, select(REFUNDS).where(*is_this))
    return msgspec.convert(rows[0], Refund) if rows else None


def become_done(connection: Connection, refund: Refund, provider: str, now_ms: int) -> bool:
    """Record that the money went back, in the journal too; False where that was known."""
    is_this = (REFUNDS.c.refund_id == refund.refund_id, REFUNDS.c.state == "requested")
    if not connection.execute(update(REFUNDS).where(*is_this).values(state="done")).rowcount:
        return False
    _post(connection, "refund", refund, _sides(refund, provider, refund.amount_minor), now_ms)
    return True


def become_open_again(connection: Connection, refund: Refund, provider: str, now_ms: int) -> bool:
    """Record that the money came back, in the journal too; False where that was known, or it never went.

    What staff or the shop had asked for is to be made again. What was made in the provider's console is not.
    """
    is_this = (
        REFUNDS.c.refund_id == refund.refund_id,
        REFUNDS.c.state == "done",
        REFUNDS.c.came_back == refund.came_back,
    )
    values = {
        "state": "failed" if refund.reason == Cause.AT_PROVIDER else "requested",
        "came_back": refund.came_back + 1,
        "made_as": None,
        "tries": max(refund.tries, 1),
        "next_try_at_ms": now_ms + FIRST_PAUSE_MS,
    }
    if not connection.execute(update(REFUNDS).where(*is_this).values(values)).rowcount:
        return False
    _post(connection, "refund_back", refund, _sides(refund, provider, -refund.amount_minor), now_ms)
    return True


def _asked_back(connection: Connection, attempt_id: str) -> Refund | None:
    """Return the refund of an attempt's whole money that is not made yet."""
    query = select(REFUNDS).where(*is_never_the_orders(attempt_id), REFUNDS.c.state == "requested")
    rows = read_rows(connection, query)
    return msgspec.convert(rows[0], Refund) if rows else None


def _tried_in_vain(connection: Connection, attempt_id: str, amount_minor: int) -> Refund | None:
    """Return the oldest refund of a sum that its provider was asked for and did not make."""
    is_one = (
        REFUNDS.c.attempt_id == attempt_id,
        REFUNDS.c.state == "requested",
        REFUNDS.c.amount_minor == amount_minor,
        REFUNDS.c.tries > 0,
    )
    query = select(REFUNDS).where(*is_one).order_by(REFUNDS.c.at_ms, REFUNDS.c.refund_id).limit(1)
    rows = read_rows(connection, query)
    return msgspec.convert(rows[0], Refund) if rows else None


def _sides(refund: Refund, provider: str, minor: int) -> list[Posting]:
    side = "to_refund" if refund.was_never_the_orders else "refunds"
    return [Posting(f"provider:{provider}", -minor), Posting(side, minor)]


def _post(connection: Connection, kind: str, refund: Refund, sides: list[Posting], now_ms: int) -> None:
    """Post a movement: each time that a refund is made, or comes back, has one of its own."""
    numbered = f"{kind}_{refund.came_back + 1}" if refund.came_back else kind
    post(connection, Movement(numbered, refund.refund_id, refund.currency, sides), now_ms)
