"""Attempts as they are kept. Each function is part of the caller's transaction."""

import secrets
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from backend.contract.payments import Attempt, AttemptState, Device
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS

MOST_AN_ORDER: Final = 20
# The provider stops before the order does: no money comes for what is being released.
STOPS_EARLIER_MS: Final = 5_000
WAITING: Final = (AttemptState.CREATED, AttemptState.PENDING)
# Of a failed one the buyer may try again with the provider, as long as it is not closed there.
NOT_OVER: Final = (*WAITING, AttemptState.FAILED)


class PaymentRefusedError(Exception):
    """The order cannot be paid so; `reason` is a word for programs, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class KeptAttempt(msgspec.Struct, frozen=True):
    """A row of the attempts."""

    attempt_id: str
    order_id: str
    provider: str
    amount_minor: int
    currency: str
    state: AttemptState
    provider_ref: str | None
    created_at_ms: int
    expires_at_ms: int
    asked_at_ms: int | None
    paid_at_ms: int | None
    device: Device = Device.DESKTOP
    provider_state: str | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the buyer is at it."""
        return self.state in WAITING

    @property
    def is_over(self) -> bool:
        """Whether no money will come for it any more."""
        return self.state not in NOT_OVER

    def shown(self) -> Attempt:
        """Return it as its buyer sees it."""
        return Attempt(
            attempt_id=self.attempt_id,
            order_id=self.order_id,
            provider=self.provider,
            amount_minor=self.amount_minor,
            currency=self.currency,
            state=self.state,
            pay_path=f"/pay/{self.attempt_id}",
            expires_at_ms=self.expires_at_ms,
            device=self.device,
        )


class PayableOrder(msgspec.Struct, frozen=True):
    """What payments know of an order."""

    order_id: str
    number: str
    room_id: str
    state: str
    payment_state: str
    method: str
    currency: str
    total_minor: int
    shipping_minor: int
    expires_at_ms: int | None
    coins: int


def read_order(connection: Connection, order_id: str) -> PayableOrder | None:
    """Return an order; None where there is none."""
    columns = [ORDERS.c[name] for name in PayableOrder.__struct_fields__]
    rows = read_rows(connection, select(*columns).where(ORDERS.c.order_id == order_id))
    return msgspec.convert(rows[0], PayableOrder) if rows else None


def read_attempt(connection: Connection, attempt_id: str) -> KeptAttempt | None:
    """Return an attempt; None where there is none."""
    query = select(PAYMENT_ATTEMPTS).where(PAYMENT_ATTEMPTS.c.attempt_id == attempt_id)
    rows = read_rows(connection, query)
    return msgspec.convert(rows[0], KeptAttempt) if rows else None


def own_attempt(connection: Connection, provider: str, attempt_id: str) -> KeptAttempt | None:
    """Return an attempt at a provider; None where there is none, or it is another provider's."""
    attempt = read_attempt(connection, attempt_id)
    return attempt if attempt is not None and attempt.provider == provider else None


def attempt_by_ref(connection: Connection, provider: str, provider_ref: str) -> KeptAttempt | None:
    """Return the attempt that a provider calls so; None where there is none."""
    is_this = (PAYMENT_ATTEMPTS.c.provider == provider, PAYMENT_ATTEMPTS.c.provider_ref == provider_ref)
    rows = read_rows(connection, select(PAYMENT_ATTEMPTS).where(*is_this))
    return msgspec.convert(rows[0], KeptAttempt) if rows else None


def attempts_of(connection: Connection, order_id: str) -> list[KeptAttempt]:
    """Return an order's attempts, the newest first."""
    query = (
        select(PAYMENT_ATTEMPTS)
        .where(PAYMENT_ATTEMPTS.c.order_id == order_id)
        .order_by(PAYMENT_ATTEMPTS.c.created_at_ms.desc(), PAYMENT_ATTEMPTS.c.attempt_id)
    )
    return msgspec.convert(read_rows(connection, query), list[KeptAttempt])


def open_attempt(
    connection: Connection, order_id: str, provider: str, now_ms: int, device: Device = Device.DESKTOP
) -> KeptAttempt:
    """Keep a new attempt for all that an order costs, or return the one that waits with this provider.

    Each device has one of its own: providers know a payment that is begun as either, not as both.

    Raises:
        PaymentRefusedError: the order is not to be paid online, or not any more.
    """
    order = read_order(connection, order_id)
    if order is None:
        raise PaymentRefusedError("not_found", "There is no such order.")
    expires_at_ms = _until_when(order, now_ms)
    known = attempts_of(connection, order_id)
    for attempt in known:
        is_same = attempt.provider == provider and attempt.amount_minor == order.total_minor
        is_same = is_same and attempt.device is device
        if is_same and attempt.is_waiting and attempt.expires_at_ms > now_ms:
            return attempt
    if len(known) >= MOST_AN_ORDER:
        raise PaymentRefusedError("too_many_attempts", "This order was tried too often. Place it again.")
    attempt = KeptAttempt(
        attempt_id=secrets.token_hex(16),
        order_id=order_id,
        provider=provider,
        amount_minor=order.total_minor,
        currency=order.currency,
        state=AttemptState.CREATED,
        provider_ref=None,
        created_at_ms=now_ms,
        expires_at_ms=expires_at_ms,
        asked_at_ms=None,
        paid_at_ms=None,
        device=device,
    )
    connection.execute(insert(PAYMENT_ATTEMPTS).values(msgspec.to_builtins(attempt)))
    return attempt


def _until_when(order: PayableOrder, now_ms: int) -> int:
    if order.payment_state != "unpaid":
        raise PaymentRefusedError("already_paid", "This order is paid already.")
    if order.state != "open":
        raise PaymentRefusedError("order_closed", "This order was cancelled. Place it again.")
    if order.method != "online" or order.expires_at_ms is None:
        raise PaymentRefusedError("not_online", "This order is paid another way, not here.")
    expires_at_ms = order.expires_at_ms - STOPS_EARLIER_MS
    if expires_at_ms <= now_ms:
        raise PaymentRefusedError("too_late", "The time to pay this order is over. Place it again.")
    return expires_at_ms


def is_ref_of_another(connection: Connection, attempt: KeptAttempt, provider_ref: str) -> bool:
    """Whether another attempt was paid under this name of the provider's."""
    query = select(PAYMENT_ATTEMPTS.c.attempt_id).where(
        PAYMENT_ATTEMPTS.c.provider == attempt.provider,
        PAYMENT_ATTEMPTS.c.provider_ref == provider_ref,
        PAYMENT_ATTEMPTS.c.attempt_id != attempt.attempt_id,
    )
    return connection.scalar(query) is not None


def become_pending(connection: Connection, attempt_id: str, provider_ref: str) -> None:
    """Record that the provider has an attempt; what a webhook made of it meanwhile stays."""
    is_new = PAYMENT_ATTEMPTS.c.state == AttemptState.CREATED.value
    _update(connection, attempt_id, {"state": "pending", "provider_ref": provider_ref or None}, is_new)


def take_turn_to_ask(connection: Connection, attempt_id: str, now_ms: int, pause_ms: int) -> bool:
    """Whether it is this caller's turn to ask the provider: nobody did for so long, on any node."""
    last = func.coalesce(PAYMENT_ATTEMPTS.c.asked_at_ms, 0)
    return _update(connection, attempt_id, {"asked_at_ms": now_ms}, last <= now_ms - pause_ms)


def record_provider_state(connection: Connection, attempt: KeptAttempt, provider_state: str) -> None:
    """Record where the provider says that an attempt stands; the cashier shows it without asking again."""
    if attempt.provider_state != provider_state:
        is_this = PAYMENT_ATTEMPTS.c.attempt_id == attempt.attempt_id
        connection.execute(update(PAYMENT_ATTEMPTS).where(is_this).values(provider_state=provider_state))


def become_failed(connection: Connection, attempt_id: str) -> bool:
    """Let an attempt that waits fail; False where it does not wait any more."""
    waits = PAYMENT_ATTEMPTS.c.state.in_([one.value for one in WAITING])
    return _update(connection, attempt_id, {"state": "failed"}, waits)


def become_closed(connection: Connection, attempt_id: str) -> bool:
    """Let an attempt close that is not over; False where it is."""
    is_not_over = PAYMENT_ATTEMPTS.c.state.in_([one.value for one in NOT_OVER])
    return _update(connection, attempt_id, {"state": "closed"}, is_not_over)


def become_paid(connection: Connection, attempt_id: str, provider_ref: str, now_ms: int) -> bool:
    """Let an attempt be paid, from whatever it was; False where it was paid before."""
    values = {"state": "paid", "provider_ref": provider_ref, "paid_at_ms": now_ms}
    return _update(connection, attempt_id, values, PAYMENT_ATTEMPTS.c.state != AttemptState.PAID.value)


def _update(
    connection: Connection, attempt_id: str, values: dict[str, object], condition: ColumnElement[bool]
) -> bool:
    is_this = PAYMENT_ATTEMPTS.c.attempt_id == attempt_id
    statement = update(PAYMENT_ATTEMPTS).where(is_this, condition).values(values)
    return bool(connection.execute(statement).rowcount)
