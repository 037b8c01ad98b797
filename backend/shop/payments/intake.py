"""Takes in what providers say of payments: each report is one transaction, and refunds may follow from it."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeVar

import msgspec
from sqlalchemy import Connection

from backend.contract.bounds import MAX_INTEGER
from backend.shop.payments import refunds
from backend.shop.payments.attempts import KeptAttempt, read_attempt
from backend.shop.payments.provider import (
    PaymentReport,
    Provider,
    ProviderError,
    RefundReport,
    WebhookError,
    WebhookEvent,
)
from backend.shop.payments.results import OrderPayments, Result
from backend.shop.payments.settling import Settling, UnknownAttemptError
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

MOST_LETTERS: Final = 128
CURRENCY_LETTERS: Final = 3
_REFUNDED: Final = frozenset({Result.PAID_TWICE, Result.PAID_LATE})

Answer = TypeVar("Answer")


class Intake:
    """Takes providers' reports into the shop's tables.

    Attributes:
        providers: by name.
        clock_ms: the server's time, in milliseconds since 1970.
        has_refunds: set when money is to go back.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        providers: Mapping[str, Provider],
        orders: OrderPayments,
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._settling = Settling(orders)
        self.providers = providers
        self.clock_ms = clock_ms
        self.has_refunds = asyncio.Event()

    async def take_webhook(self, provider_name: str, headers: Mapping[str, str], body: bytes) -> Result:
        """Take in a provider's webhook; see `Payments.take_webhook`."""
        provider = self.providers.get(provider_name)
        if provider is None:
            raise WebhookError(f"The shop has no provider {provider_name!r}.")
        now_ms = self.clock_ms()
        event = provider.verify(headers, body, now_ms)
        if event is None:
            return Result.NOTHING
        _check_lengths(event)
        if isinstance(event.report, RefundReport) and event.report.is_sum:
            report = await self._without_others(provider, event.report)
            event = msgspec.structs.replace(event, report=report)
        body_hash = hashlib.sha256(body).hexdigest()
        result = await self.write(
            lambda connection: self._settling.take_event(connection, provider, event, body_hash, now_ms)
        )
        self._wake_for(result)
        return result

    async def take(self, provider: Provider, report: PaymentReport | RefundReport) -> None:
        """Take in what a provider answered."""
        now_ms = self.clock_ms()
        take = partial(self._settling.take_report, provider=provider, report=report, now_ms=now_ms)
        self._wake_for(await self.write(take))

    async def take_closed(self, provider: Provider, attempt_id: str, report: PaymentReport) -> bool:
        """Take in what a provider answered to the closing of an attempt; return whether that is over."""
        take = partial(
            self._settling.take_closed,
            provider=provider,
            attempt_id=attempt_id,
            report=report,
            now_ms=self.clock_ms(),
        )
        result, is_over = await self.write(take)
        self._wake_for(result)
        return is_over

    async def _without_others(self, provider: Provider, report: RefundReport) -> RefundReport:
        """Return what a refund brought itself that was told as the sum of all refunds of its payment.

        Where the provider does not say, refunds that it made already and that were not heard of are taken in
        first: the sum has them, too.
        """
        unheard = await self.read(lambda connection: refunds.unheard_of(connection, report.attempt_id))
        if report.refund_id in unheard:
            return report
        try:
            found = await provider.find_refund(report.refund_id, report.payment_ref)
            if found is not None and found.is_done:
                return msgspec.structs.replace(report, amount_minor=found.amount_minor, is_sum=False)
            for refund_id in unheard:
                made = await provider.find_refund(refund_id, report.payment_ref)
                if made is not None:
                    await self.take(provider, made)
        except ProviderError as error:
            raise UnknownAttemptError(f"It cannot be told apart now: {error} Send it again.") from error
        return report

    async def attempt(self, attempt_id: str) -> KeptAttempt | None:
        """Return an attempt as it is kept; None where there is none."""
        return await self.read(lambda connection: read_attempt(connection, attempt_id))

    async def read(self, reading: Callable[[Connection], Answer]) -> Answer:
        """Read off the event loop, without waiting for who writes."""
        return await self._database.read(reading)

    async def write(self, change: Callable[[Connection], Answer]) -> Answer:
        """Write in the shop's turn."""
        return await self._writer.run(change)

    def _wake_for(self, result: Result) -> None:
        if result in _REFUNDED:
            self.has_refunds.set()


def _check_lengths(event: WebhookEvent) -> None:
    """Refuse what no column can hold; a provider's signature does not make it sensible."""
    report = event.report
    is_money = len(report.currency) == CURRENCY_LETTERS and 0 <= report.amount_minor <= MAX_INTEGER
    ids = [event.event_id, report.attempt_id]
    ids += [report.ref] if isinstance(report, PaymentReport) else [report.refund_id, report.payment_ref]
    if not is_money or any(len(one) > MOST_LETTERS for one in ids):
        raise WebhookError("The webhook holds what no payment can have.")
