"""What the sandbox keeps. Each function is part of the caller's transaction."""

from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from backend.shop.payments.provider import PaymentRequest
from backend.storage.database import read_rows
from backend.storage.sandbox_tables import SANDBOX_NOTICES, SANDBOX_PAYMENTS, SANDBOX_REFUNDS

# Late money comes so long after the provider promised to take none.
LATE_BY_MS: Final = 10_000
MOST_TRIES: Final = 8
FIRST_PAUSE_MS: Final = 2_000
MOST_AT_ONCE: Final = 100
_OF_REFUND: Final = (
    SANDBOX_REFUNDS.c.refund_id,
    SANDBOX_REFUNDS.c.attempt_id,
    SANDBOX_REFUNDS.c.amount_minor,
    SANDBOX_PAYMENTS.c.currency,
)


class Outcome(StrEnum):
    """How a payment in the sandbox comes out."""

    PAY = "pay"
    FAIL = "fail"
    LATE = "late"  # the money comes when the order has given up
    DUPLICATE = "duplicate"  # the same webhook twice
    OUT_OF_ORDER = "out_of_order"  # the webhook of an earlier failure comes after that of the payment
    WRONG_AMOUNT = "wrong_amount"
    NO_WEBHOOK = "no_webhook"  # only asking finds it out


class SandboxPayment(msgspec.Struct, frozen=True):
    """A payment as the sandbox knows it.

    Attributes:
        state: `pending`, `paid`, `failed` or `closed`.
        pays_at_ms: when late money comes; None for none.
    """

    attempt_id: str
    ref: str
    amount_minor: int
    received_minor: int
    currency: str
    state: str
    expires_at_ms: int
    pays_at_ms: int | None


class SandboxRefund(msgspec.Struct, frozen=True):
    """Money that the sandbox gave back."""

    refund_id: str
    attempt_id: str
    amount_minor: int
    currency: str


class StoredNotice(msgspec.Struct, frozen=True):
    """A webhook to send."""

    notice_id: int
    body: str
    tries: int


def create(connection: Connection, provider: str, request: PaymentRequest) -> SandboxPayment:
    """Keep a payment, or return the one that is there."""
    known = _read(connection, request.attempt_id)
    if known is not None:
        return known
    payment = SandboxPayment(
        attempt_id=request.attempt_id,
        ref=f"{provider}-{request.attempt_id}",
        amount_minor=request.amount_minor,
        received_minor=0,
        currency=request.currency,
        state="pending",
        expires_at_ms=request.expires_at_ms,
        pays_at_ms=None,
    )
    connection.execute(insert(SANDBOX_PAYMENTS).values(msgspec.to_builtins(payment)))
    return payment


def find(connection: Connection, attempt_id: str, now_ms: int) -> SandboxPayment | None:
    """Return a payment; one whose time is over is closed."""
    payment = _read(connection, attempt_id)
    if payment is not None and payment.state == "pending" and payment.expires_at_ms <= now_ms:
        close(connection, attempt_id)
        return _read(connection, attempt_id)
    return payment


def close(connection: Connection, attempt_id: str) -> None:
    """Take no money any more, where none came yet."""
    _change(connection, attempt_id, {"state": "closed"}, from_states=("pending", "failed"))


def choose(connection: Connection, attempt_id: str, outcome: Outcome, now_ms: int) -> SandboxPayment | None:
    """Let a payment that waits come out as chosen; None where it does not wait."""
    payment = find(connection, attempt_id, now_ms)
    if payment is None:
        return None
    received_minor = payment.amount_minor
    if outcome is Outcome.WRONG_AMOUNT:
        received_minor = max(0, payment.amount_minor - 1)
    values: dict[str, object] = {"state": "paid", "received_minor": received_minor}
    if outcome is Outcome.FAIL:
        values = {"state": "failed"}
    elif outcome is Outcome.LATE:
        values = {"pays_at_ms": payment.expires_at_ms + LATE_BY_MS}
    is_changed = _change(connection, attempt_id, values, from_states=("pending", "failed"))
    return _read(connection, attempt_id) if is_changed else None


def late_money(connection: Connection, provider: str, now_ms: int) -> list[str]:
    """Return the attempts of a provider whose late money is due."""
    is_due = (SANDBOX_PAYMENTS.c.pays_at_ms <= now_ms, SANDBOX_PAYMENTS.c.state != "paid")
    query = select(SANDBOX_PAYMENTS.c.attempt_id).where(*is_due, _is_of(provider)).limit(MOST_AT_ONCE)
    return list(connection.scalars(query))


def pay_if_late_money_is_due(connection: Connection, attempt_id: str, now_ms: int) -> SandboxPayment | None:
    """Let late money come, though the payment is closed; None where none is due."""
    payment = _read(connection, attempt_id)
    if payment is None or payment.pays_at_ms is None or payment.pays_at_ms > now_ms:
        return None
    values: dict[str, object] = {"state": "paid", "received_minor": payment.amount_minor, "pays_at_ms": None}
    is_changed = _change(connection, attempt_id, values, from_states=("pending", "failed", "closed"))
    return _read(connection, attempt_id) if is_changed else None


def refund(connection: Connection, refund_id: str, attempt_id: str, amount_minor: int, now_ms: int) -> bool:
    """Give money back, once; False where there is not so much."""
    if find_refund(connection, refund_id) is not None:
        return True
    payment = _read(connection, attempt_id)
    is_this = SANDBOX_REFUNDS.c.attempt_id == attempt_id
    given = int(
        str(
            connection.scalar(
                select(func.coalesce(func.sum(SANDBOX_REFUNDS.c.amount_minor), 0)).where(is_this)
            )
        )
    )
    if payment is None or payment.state != "paid" or payment.received_minor - given < amount_minor:
        return False
    values = {"refund_id": refund_id, "attempt_id": attempt_id, "amount_minor": amount_minor, "at_ms": now_ms}
    connection.execute(insert(SANDBOX_REFUNDS).values(values))
    return True


def find_refund(connection: Connection, refund_id: str) -> SandboxRefund | None:
    """Return a refund; None where there is none."""
    query = (
        select(*_OF_REFUND)
        .join(SANDBOX_PAYMENTS, SANDBOX_PAYMENTS.c.attempt_id == SANDBOX_REFUNDS.c.attempt_id)
        .where(SANDBOX_REFUNDS.c.refund_id == refund_id)
    )
    rows = read_rows(connection, query)
    return msgspec.convert(rows[0], SandboxRefund) if rows else None


def refunds_of(connection: Connection, attempt_id: str) -> list[SandboxRefund]:
    """Return the refunds of a payment, the oldest first."""
    query = (
        select(*_OF_REFUND)
        .join(SANDBOX_PAYMENTS, SANDBOX_PAYMENTS.c.attempt_id == SANDBOX_REFUNDS.c.attempt_id)
        .where(SANDBOX_REFUNDS.c.attempt_id == attempt_id)
        .order_by(SANDBOX_REFUNDS.c.at_ms)
    )
    return msgspec.convert(read_rows(connection, query), list[SandboxRefund])


def paid_since(connection: Connection, provider: str, since_ms: int) -> list[SandboxPayment]:
    """Return the payments of a provider that came in, of those that could be paid since then."""
    is_one = (SANDBOX_PAYMENTS.c.state == "paid", SANDBOX_PAYMENTS.c.expires_at_ms >= since_ms)
    query = (
        select(SANDBOX_PAYMENTS).where(*is_one, _is_of(provider)).order_by(SANDBOX_PAYMENTS.c.expires_at_ms)
    )
    return msgspec.convert(read_rows(connection, query), list[SandboxPayment])


def refunds_since(connection: Connection, provider: str, since_ms: int) -> list[SandboxRefund]:
    """Return the refunds of a provider since then."""
    query = (
        select(*_OF_REFUND)
        .join(SANDBOX_PAYMENTS, SANDBOX_PAYMENTS.c.attempt_id == SANDBOX_REFUNDS.c.attempt_id)
        .where(SANDBOX_REFUNDS.c.at_ms >= since_ms, _is_of(provider))
        .order_by(SANDBOX_REFUNDS.c.at_ms)
    )
    return msgspec.convert(read_rows(connection, query), list[SandboxRefund])


def add_notice(connection: Connection, provider: str, body: str, due_at_ms: int) -> None:
    """Keep a webhook to send."""
    values = {"provider": provider, "body": body, "due_at_ms": due_at_ms}
    connection.execute(insert(SANDBOX_NOTICES).values(values))


def due(connection: Connection, provider: str, now_ms: int) -> list[StoredNotice]:
    """Return the webhooks to send now, in their order."""
    columns = [SANDBOX_NOTICES.c[name] for name in StoredNotice.__struct_fields__]
    query = (
        select(*columns)
        .where(
            SANDBOX_NOTICES.c.provider == provider,
            SANDBOX_NOTICES.c.delivered_at_ms.is_(None),
            SANDBOX_NOTICES.c.due_at_ms <= now_ms,
        )
        .order_by(SANDBOX_NOTICES.c.notice_id)
        .limit(MOST_AT_ONCE)
    )
    return msgspec.convert(read_rows(connection, query), list[StoredNotice])


def record_delivery(connection: Connection, notice: StoredNotice, now_ms: int) -> None:
    """Record that a webhook was taken."""
    _record_try(connection, notice, {"delivered_at_ms": now_ms})


def try_again_later(connection: Connection, notice: StoredNotice, now_ms: int) -> None:
    """Let a webhook that was not taken be due again after a growing pause, until it is given up."""
    values: dict[str, object] = {"due_at_ms": now_ms + FIRST_PAUSE_MS * 2**notice.tries}
    if notice.tries + 1 >= MOST_TRIES:
        values["delivered_at_ms"] = now_ms
    _record_try(connection, notice, values)


def _is_of(provider: str) -> ColumnElement[bool]:
    return SANDBOX_PAYMENTS.c.ref.startswith(f"{provider}-", autoescape=True)


def _record_try(connection: Connection, notice: StoredNotice, values: dict[str, object]) -> None:
    is_this = SANDBOX_NOTICES.c.notice_id == notice.notice_id
    connection.execute(update(SANDBOX_NOTICES).where(is_this).values(tries=notice.tries + 1, **values))


def _read(connection: Connection, attempt_id: str) -> SandboxPayment | None:
    query = select(SANDBOX_PAYMENTS).where(SANDBOX_PAYMENTS.c.attempt_id == attempt_id)
    rows = read_rows(connection, query)
    return msgspec.convert(rows[0], SandboxPayment) if rows else None


def _change(
    connection: Connection, attempt_id: str, values: dict[str, object], *, from_states: tuple[str, ...]
) -> bool:
    is_this = (SANDBOX_PAYMENTS.c.attempt_id == attempt_id, SANDBOX_PAYMENTS.c.state.in_(from_states))
    return bool(connection.execute(update(SANDBOX_PAYMENTS).where(*is_this).values(values)).rowcount)
