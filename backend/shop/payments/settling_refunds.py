"""What a provider's report of a refund does to refunds, journal, order and money put aside."""

import logging

from sqlalchemy import Connection

from backend.contract.payments import SuspenseItem
from backend.shop.payments import made_refunds, refunds
from backend.shop.payments.attempts import KeptAttempt, attempt_by_ref, own_attempt
from backend.shop.payments.provider import Provider, RefundReport
from backend.shop.payments.results import MadeElsewhere, OrderPayments, Result
from backend.shop.payments.suspense_returns import find_item, is_of_paid, record_return, take_back_return

log = logging.getLogger("livestall.payments")


class RefundSettling:
    """Takes in providers' reports of refunds."""

    def __init__(self, orders: OrderPayments) -> None:
        self._orders = orders

    def take(self, connection: Connection, provider: Provider, report: RefundReport, now_ms: int) -> Result:
        """Take in that a provider gave money back, or could not; the same twice changes nothing."""
        if not report.is_done and not report.has_failed:
            return Result.NOTHING
        attempt = own_attempt(connection, provider.name, report.attempt_id)
        attempt = attempt or attempt_by_ref(connection, provider.name, report.payment_ref)
        is_ours = report.merchant == provider.merchant and report.amount_minor > 0
        if not is_ours or (attempt is not None and report.currency != attempt.currency):
            log.warning("a refund of attempt %s does not match it: %s", report.attempt_id, report)
            return Result.NOTHING
        item = find_item(connection, provider.name, attempt, report)
        if item is not None:
            return _of_put_aside(connection, item, report, now_ms)
        if attempt is None or not is_of_paid(attempt, report):
            log.warning("a refund is of no payment that is known: %s", report)
            return Result.NOTHING
        if report.has_failed:
            return self._came_back(connection, provider, report, attempt, now_ms)
        return self._of_order(connection, provider, report, attempt, now_ms)

    def _came_back(
        self,
        connection: Connection,
        provider: Provider,
        report: RefundReport,
        attempt: KeptAttempt,
        now_ms: int,
    ) -> Result:
        """Open a refund again that the provider had reported as made."""
        name = made_refunds.name_of(connection, attempt, report.refund_id)
        refund = made_refunds.find_reported(connection, attempt, name)
        if refund is None or (refund.made_as or refund.refund_id) != name:
            return Result.NOTHING  # another one was made in its place
        if not made_refunds.become_open_again(connection, refund, provider.name, now_ms):
            return Result.NOTHING
        log.error("refund %s of %s came back: look at the books", refund.refund_id, provider.name)
        if not refund.was_never_the_orders:
            order_id = attempt.order_id
            self._orders.take_back_refund(
                connection,
                order_id,
                refunded_minor=refunds.sum_of_order(connection, order_id),
                actor=f"provider:{provider.name}",
                now_ms=now_ms,
                elsewhere=_elsewhere(connection, refund),
            )
        return Result.REFUND_CAME_BACK

    def _of_order(
        self,
        connection: Connection,
        provider: Provider,
        report: RefundReport,
        attempt: KeptAttempt,
        now_ms: int,
    ) -> Result:
        refund_id = made_refunds.name_of(connection, attempt, report.refund_id)
        refund = made_refunds.find_reported(connection, attempt, refund_id)
        if refund is None:
            known_minor = refunds.done_of_attempt(connection, attempt.attempt_id) if report.is_sum else 0
            if report.amount_minor <= known_minor:
                return Result.NOTHING
            refund = made_refunds.add_made(
                connection, attempt, refund_id, amount_minor=report.amount_minor - known_minor, now_ms=now_ms
            )
        elif refund.refund_id == refund_id and refund.made_as is not None:
            refund = made_refunds.tell_apart(connection, attempt, refund, now_ms)
        if not made_refunds.become_done(connection, refund, provider.name, now_ms):
            return Result.NOTHING
        if not refund.was_never_the_orders:
            self._orders.refund_order(
                connection,
                attempt.order_id,
                refunded_minor=refunds.sum_of_order(connection, attempt.order_id),
                actor=f"provider:{provider.name}",
                reason=refund.reason,
                now_ms=now_ms,
                elsewhere=_elsewhere(connection, refund),
            )
        return Result.REFUNDED


def _elsewhere(connection: Connection, refund: refunds.Refund) -> MadeElsewhere | None:
    if refund.reason != refunds.Cause.AT_PROVIDER:
        return None
    promised = refunds.promised_of_orders(connection, [refund.order_id]).get(refund.order_id, 0)
    return MadeElsewhere(refund.refund_id, refund.amount_minor, promised)


def _of_put_aside(connection: Connection, item: SuspenseItem, report: RefundReport, now_ms: int) -> Result:
    if report.has_failed:
        log.error("a refund of money put aside failed, look at item %d: %s", item.suspense_id, report)
        came_back = take_back_return(connection, item, report, now_ms)
        return Result.REFUND_CAME_BACK if came_back else Result.NOTHING
    is_new = record_return(connection, item, report, now_ms)
    return Result.REFUNDED if is_new else Result.NOTHING
