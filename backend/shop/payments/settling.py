"""What a provider's report of a payment does to attempt, order and journal, all in one transaction."""

import logging
from typing import Final

from sqlalchemy import Connection, insert, select, update

from backend.money.ledger import COIN_SALES, SALES, Movement, Posting, post
from backend.shop.outcomes import Paid
from backend.shop.payments import refunds
from backend.shop.payments.attempts import (
    KeptAttempt,
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
from backend.shop.payments.results import OrderPayments, Result
from backend.shop.payments.settling_refunds import RefundSettling
from backend.shop.payments.suspense import put_aside
from backend.storage.payment_tables import WEBHOOK_EVENTS

log = logging.getLogger("livestall.payments")

# So long a webhook of an unknown attempt is sent again by its provider before its money is put aside.
UNKNOWN_FOR_MS: Final = 10 * 60_000
_ENDED: Final = frozenset({ProviderState.PAID, ProviderState.FAILED, ProviderState.CLOSED})


class UnknownAttemptError(Exception):
    """Nothing is known of the attempt, and nothing was kept: the provider is to send it again later."""


class Settling:
    """Takes in what providers report."""

    def __init__(self, orders: OrderPayments) -> None:
        self._orders = orders
        self._refunds = RefundSettling(orders)

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
        if isinstance(report, RefundReport):
            return self._refunds.take(connection, provider, report, now_ms)
        if report.merchant != provider.merchant:
            # No money came to this shop: nothing is booked, and its buyer may still pay.
            log.error("%s reports a payment to another merchant: %s", provider.name, report)
            return Result.OF_ANOTHER
        attempt = own_attempt(connection, provider.name, report.attempt_id)
        if attempt is not None:
            record_provider_state(connection, attempt, report.state)
        if report.state is ProviderState.PAID:
            return self._paid(connection, provider, report, attempt, now_ms)
        return Result.NOTHING if attempt is None else _unpaid(connection, attempt, report.state)

    def take_closed(
        self,
        connection: Connection,
        provider: Provider,
        attempt_id: str,
        report: PaymentReport,
        now_ms: int,
    ) -> tuple[Result, bool]:
        """Take in what a provider says of an attempt that it was asked to close, and whether that is over.

        An attempt that failed, or whose money was put aside, could be tried again while it was open: no
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
        mismatch = _mismatch(connection, report, attempt)
        if attempt is None or mismatch:
            return _put_aside(connection, provider, report, mismatch, now_ms)
        if not become_paid(connection, attempt.attempt_id, report.ref, now_ms):
            if attempt.provider_ref == report.ref:
                return Result.NOTHING
            return _put_aside(connection, provider, report, "the attempt was paid before", now_ms)
        # Its actor says all: the attempt's id would stand in the order's history, which people read.
        actor = f"provider:{provider.name}"
        paid = self._orders.pay_order(connection, attempt.order_id, actor=actor, reason="", now_ms=now_ms)
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


def _unpaid(connection: Connection, attempt: KeptAttempt, state: ProviderState) -> Result:
    """Let an attempt end that was not paid; one that goes on stays as it is."""
    if state is ProviderState.FAILED and become_failed(connection, attempt.attempt_id):
        return Result.FAILED
    if state is ProviderState.CLOSED and become_closed(connection, attempt.attempt_id):
        return Result.CLOSED
    return Result.NOTHING


def _mismatch(connection: Connection, report: PaymentReport, attempt: KeptAttempt | None) -> str:
    """Return why a payment is not what its attempt waits for; empty where it is."""
    if attempt is None:
        return "there is no such attempt"
    if report.currency != attempt.currency:
        return f"the currency is not {attempt.currency}"
    if report.amount_minor != attempt.amount_minor:
        return f"{report.amount_minor} came where {attempt.amount_minor} was to come"
    if is_ref_of_another(connection, attempt, report.ref):
        return "the provider reported it for another attempt before"
    return ""


def _put_aside(
    connection: Connection, provider: Provider, report: PaymentReport, mismatch: str, now_ms: int
) -> Result:
    is_new = put_aside(connection, provider.name, report, mismatch, now_ms)
    return Result.SUSPENSE if is_new else Result.NOTHING


def _post_sale(connection: Connection, provider: Provider, attempt: KeptAttempt, now_ms: int) -> None:
    order = read_order(connection, attempt.order_id)
    shipping_minor = order.shipping_minor if order else 0
    sales = COIN_SALES if order and order.coins else SALES
    postings = [
        Posting(f"provider:{provider.name}", attempt.amount_minor),
        Posting(sales, shipping_minor - attempt.amount_minor),
        Posting("shipping", -shipping_minor),
    ]
    post(connection, Movement("payment", attempt.attempt_id, attempt.currency, postings), now_ms)
