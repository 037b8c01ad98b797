"""What a provider's word does to attempt, order, journal and refunds: all of it in one transaction."""

import logging
from enum import StrEnum
from typing import Final, Protocol

from sqlalchemy import Connection, insert, select, update

from backend.money.ledger import Movement, Posting, post
from backend.shop.outcomes import Paid
from backend.shop.payments import refunds
from backend.shop.payments.attempts import (
    KeptAttempt,
    attempt_by_ref,
    become_closed,
    become_failed,
    become_paid,
    is_ref_of_another,
    own_attempt,
    read_attempt,
    read_order,
    record_provider_state,
)
from backend.shop.payments.provider import (
    PaymentReport,
    Provider,
    ProviderState,
    RefundReport,
    WebhookEvent,
)
from backend.shop.payments.refunds import Cause
from backend.shop.payments.suspense import put_aside
from backend.shop.payments.suspense_returns import find_item, is_of_paid, record_return
from backend.storage.payment_tables import WEBHOOK_EVENTS

log = logging.getLogger("livestall.payments")

# So long a webhook of an unknown attempt is sent again by its provider before its money is put aside.
UNKNOWN_FOR_MS: Final = 10 * 60_000
_ENDED: Final = frozenset({ProviderState.PAID, ProviderState.FAILED, ProviderState.CLOSED})


class Result(StrEnum):
    """What became of a provider's word."""

    PAID = "paid"
    PAID_TWICE = "paid_twice"
    PAID_LATE = "paid_late"
    FAILED = "failed"
    CLOSED = "closed"
    REFUNDED = "refunded"
    SUSPENSE = "suspense"
    REPLAYED = "replayed"
    NOTHING = "nothing"


class UnknownAttemptError(Exception):
    """Nothing is known of the attempt, and nothing was kept: the provider is to send it again later."""


class OrderPayments(Protocol):
    """What money does to orders, in the transaction of who took it in."""

    def pay_order(
        self, connection: Connection, order_id: str, *, actor: str, reason: str, now_ms: int
    ) -> Paid:
        """Let an order be paid; of a cancelled one, take again what it held."""

    def refund_order(
        self,
        connection: Connection,
        order_id: str,
        *,
        refunded_minor: int,
        actor: str,
        reason: str,
        now_ms: int,
    ) -> None:
        """Note what went back of an order in all; its order state stays."""


class Settling:
    """Takes in what providers say."""

    def __init__(self, orders: OrderPayments) -> None:
        self._orders = orders

    def take_event(
        self, connection: Connection, provider: Provider, event: WebhookEvent, body_hash: str, now_ms: int
    ) -> Result:
        """Take a webhook in, once; its row and its effect are one transaction.

        Raises:
            UnknownAttemptError: see there.
        """
        is_this = (WEBHOOK_EVENTS.c.provider == provider.name, WEBHOOK_EVENTS.c.event_id == event.event_id)
        if connection.scalar(select(WEBHOOK_EVENTS.c.result).where(*is_this)) is not None:
            return Result.REPLAYED
        row = {
            "provider": provider.name,
            "event_id": event.event_id,
            "received_at_ms": now_ms,
            "body_hash": body_hash,
            "result": Result.NOTHING.value,
        }
        connection.execute(insert(WEBHOOK_EVENTS).values(row))
        is_young = now_ms - event.at_ms < UNKNOWN_FOR_MS
        names_attempt = event.report.attempt_id != ""
        if is_young and names_attempt and read_attempt(connection, event.report.attempt_id) is None:
            raise UnknownAttemptError(f"There is no attempt {event.report.attempt_id!r} yet. Send it again.")
        result = self.take_report(connection, provider, event.report, now_ms)
        connection.execute(update(WEBHOOK_EVENTS).where(*is_this).values(result=result.value))
        return result

    def take_report(
        self, connection: Connection, provider: Provider, report: PaymentReport | RefundReport, now_ms: int
    ) -> Result:
        """Take in what a provider says, asked or not; the same twice changes nothing."""
        attempt = own_attempt(connection, provider.name, report.attempt_id)
        if isinstance(report, RefundReport):
            attempt = attempt or attempt_by_ref(connection, provider.name, report.payment_ref)
            return self._refunded(connection, provider, report, attempt, now_ms)
        if attempt is not None:
            record_provider_state(connection, attempt, report.state)
        if report.state is ProviderState.PAID:
            return self._paid(connection, provider, report, attempt, now_ms)
        if attempt is None:
            return Result.NOTHING
        if report.state is ProviderState.FAILED:
            has_changed = become_failed(connection, attempt.attempt_id)
            return Result.FAILED if has_changed else Result.NOTHING
        if report.state is ProviderState.CLOSED:
            has_changed = become_closed(connection, attempt.attempt_id)
            return Result.CLOSED if has_changed else Result.NOTHING
        return Result.NOTHING

    def take_closed(
        self,
        connection: Connection,
        provider: Provider,
        attempt_id: str,
        report: PaymentReport,
        now_ms: int,
    ) -> tuple[Result, bool]:
        """Take in what a provider says of an attempt that it was asked to close, and whether that is over.

        One that failed, and one whose money was put aside, could be tried again while it was open: not any
        more. Should its provider take money all the same, that is late money.
        """
        result = self.take_report(connection, provider, report, now_ms)
        if report.state in _ENDED:
            become_closed(connection, attempt_id)
        attempt = read_attempt(connection, attempt_id)
        return result, attempt is None or attempt.is_over

    def _paid(
        self,
        connection: Connection,
        provider: Provider,
        report: PaymentReport,
        attempt: KeptAttempt | None,
        now_ms: int,
    ) -> Result:
        mismatch = _mismatch(connection, provider, report, attempt)
        if attempt is None or mismatch:
            return _put_aside(connection, provider, report, mismatch, now_ms)
        if not become_paid(connection, attempt.attempt_id, report.ref, now_ms):
            if attempt.provider_ref == report.ref:
                return Result.NOTHING
            return _put_aside(connection, provider, report, "the attempt was paid before", now_ms)
        actor, reason = f"provider:{provider.name}", attempt.attempt_id
        paid = self._orders.pay_order(connection, attempt.order_id, actor=actor, reason=reason, now_ms=now_ms)
        if paid is Paid.DONE:
            _post_sale(connection, provider, attempt, now_ms)
            return Result.PAID
        cause = Cause.PAID_TWICE if paid is Paid.ALREADY else Cause.PAID_LATE
        postings = [
            Posting(f"provider:{provider.name}", attempt.amount_minor),
            Posting("to_refund", -attempt.amount_minor),
        ]
        post(connection, Movement("payment", attempt.attempt_id, attempt.currency, postings), now_ms)
        refunds.request_whole(connection, attempt, cause, now_ms)
        log.warning("attempt %s of order %s is refunded: %s", attempt.attempt_id, attempt.order_id, cause)
        return Result.PAID_TWICE if paid is Paid.ALREADY else Result.PAID_LATE

    def _refunded(
        self,
        connection: Connection,
        provider: Provider,
        report: RefundReport,
        attempt: KeptAttempt | None,
        now_ms: int,
    ) -> Result:
        if not report.is_done:
            return Result.NOTHING
        is_ours = report.merchant == provider.merchant and report.amount_minor > 0
        if not is_ours or (attempt is not None and report.currency != attempt.currency):
            log.warning("a refund of attempt %s does not match it: %s", report.attempt_id, report)
            return Result.NOTHING
        item = find_item(connection, provider.name, attempt, report)
        if item is not None:
            is_new = record_return(connection, item, report, now_ms)
            return Result.REFUNDED if is_new else Result.NOTHING
        if attempt is None or not is_of_paid(attempt, report):
            log.warning("a refund is of no payment that is known: %s", report)
            return Result.NOTHING
        return self._of_order(connection, provider, report, attempt, now_ms)

    def _of_order(
        self,
        connection: Connection,
        provider: Provider,
        report: RefundReport,
        attempt: KeptAttempt,
        now_ms: int,
    ) -> Result:
        refund_id = refunds.name_of(connection, attempt, report.refund_id)
        refund = refunds.read_refund(connection, refund_id)
        if refund is None:
            known_minor = refunds.done_of_attempt(connection, attempt.attempt_id) if report.is_sum else 0
            if report.amount_minor <= known_minor:
                return Result.NOTHING
            refund = refunds.add_made(
                connection, attempt, refund_id, amount_minor=report.amount_minor - known_minor, now_ms=now_ms
            )
        if not refunds.become_done(connection, refund, provider.name, now_ms):
            return Result.NOTHING
        if not refund.was_never_the_orders:
            self._orders.refund_order(
                connection,
                attempt.order_id,
                refunded_minor=refunds.sum_of_order(connection, attempt.order_id),
                actor=f"provider:{provider.name}",
                reason=refund.reason,
                now_ms=now_ms,
            )
        return Result.REFUNDED


def _mismatch(
    connection: Connection, provider: Provider, report: PaymentReport, attempt: KeptAttempt | None
) -> str:
    """Return what does not match of a payment; empty where all does."""
    if attempt is None:
        return "there is no such attempt"
    if report.merchant != provider.merchant:
        return f"the money went to {report.merchant!r}, not to {provider.merchant!r}"
    if report.currency != attempt.currency:
        return f"the currency is not {attempt.currency}"
    if report.amount_minor != attempt.amount_minor:
        return f"{report.amount_minor} came where {attempt.amount_minor} was to come"
    if is_ref_of_another(connection, attempt, report.ref):
        return "the provider told of it for another attempt"
    return ""


def _put_aside(
    connection: Connection, provider: Provider, report: PaymentReport, mismatch: str, now_ms: int
) -> Result:
    is_new = put_aside(connection, provider.name, report, mismatch, now_ms)
    return Result.SUSPENSE if is_new else Result.NOTHING


def _post_sale(connection: Connection, provider: Provider, attempt: KeptAttempt, now_ms: int) -> None:
    order = read_order(connection, attempt.order_id)
    shipping_minor = order.shipping_minor if order else 0
    postings = [
        Posting(f"provider:{provider.name}", attempt.amount_minor),
        Posting("sales", shipping_minor - attempt.amount_minor),
        Posting("shipping", -shipping_minor),
    ]
    post(connection, Movement("payment", attempt.attempt_id, attempt.currency, postings), now_ms)
