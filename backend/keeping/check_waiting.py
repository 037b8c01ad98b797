"""Checks of what waits: messages for rooms, webhooks, refunds to be asked for, a restored backup."""

import time
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, func, select

from backend.keeping.finding import Finding, rows_of
from backend.shop.restored import restored_from_ms
from backend.storage.mail_tables import MAILS
from backend.storage.order_tables import SHOP_OUTBOX
from backend.storage.payment_tables import REFUNDS
from backend.storage.webhook_tables import WEBHOOK_MESSAGES, WEBHOOK_TARGETS

# A backend that runs takes messages within a second, and asks for refunds within ten.
STUCK_AFTER_MS: Final = 10 * 60_000


def check_waiting(connection: Connection, now_ms: int) -> Iterator[Finding]:
    """Give what has waited too long."""
    yield from _messages(connection, now_ms)
    yield from _refunds(connection, now_ms)
    yield from _webhooks(connection, now_ms)
    yield from _mails(connection, now_ms)
    taken_at_ms = restored_from_ms(connection)
    if taken_at_ms is not None:
        yield Finding(
            "restored backup",
            f"payments since {_time(taken_at_ms)} are not compared with their providers yet: start the "
            "backend, its log names what is in the way",
        )


def _messages(connection: Connection, now_ms: int) -> Iterator[Finding]:
    outbox, count = SHOP_OUTBOX.c, func.count()
    query = (
        select(outbox.room_id, count, func.min(outbox.at_ms))
        .where(outbox.taken_at_ms.is_(None), outbox.at_ms < now_ms - STUCK_AFTER_MS)
        .group_by(outbox.room_id)
        .order_by(outbox.room_id)
    )
    for room, number, oldest in rows_of(connection, query):
        what = f"{number} messages of the shop wait, the oldest since {_time(int(oldest))}"
        yield Finding(f"room {room}", f"{what}: does a backend with this room run?")


def _refunds(connection: Connection, now_ms: int) -> Iterator[Finding]:
    refund = REFUNDS.c
    is_stuck = (refund.state == "requested", refund.at_ms < now_ms - STUCK_AFTER_MS)
    query = select(refund.refund_id, refund.amount_minor, refund.currency, refund.at_ms).where(*is_stuck)
    for refund_id, amount, currency, at_ms in rows_of(connection, query.order_by(refund.at_ms)):
        what = f"{amount} {currency} wait since {_time(int(at_ms))}: the backend's log names the cause"
        yield Finding(f"refund {refund_id}", what)


def _webhooks(connection: Connection, now_ms: int) -> Iterator[Finding]:
    message, count = WEBHOOK_MESSAGES.c, func.count()
    query = (
        select(WEBHOOK_TARGETS.c.url, count, func.min(message.due_at_ms))
        .join(WEBHOOK_TARGETS, WEBHOOK_TARGETS.c.target_id == message.target_id)
        .where(message.due_at_ms < now_ms - STUCK_AFTER_MS)
        .group_by(WEBHOOK_TARGETS.c.url)
        .order_by(WEBHOOK_TARGETS.c.url)
    )
    for url, number, due in rows_of(connection, query):
        what = f"{number} messages should have been sent, the oldest at {_time(int(due))}"
        yield Finding(f"webhooks to {url}", f"{what}: does a backend run?")


def _mails(connection: Connection, now_ms: int) -> Iterator[Finding]:
    count = func.count()
    query = (
        select(MAILS.c.room_id, count, func.min(MAILS.c.due_at_ms))
        .where(MAILS.c.due_at_ms < now_ms - STUCK_AFTER_MS)
        .group_by(MAILS.c.room_id)
        .order_by(MAILS.c.room_id)
    )
    for room, number, due in rows_of(connection, query):
        what = f"{number} e-mails to buyers should have been sent, the oldest at {_time(int(due))}"
        yield Finding(f"room {room}", f"{what}: does a backend run, and are e-mails on?")


def _time(at_ms: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at_ms / 1000))
