"""Payments of orders: attempts are opened, asked about, closed; what providers send is taken in."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeVar

import msgspec
from sqlalchemy import Connection

from backend.contract.bounds import MAX_INTEGER
from backend.contract.payments import Attempt, AttemptState, Device
from backend.shop.idempotency import KeyReused, Request, once, whole
from backend.shop.outcomes import Closing
from backend.shop.payments import refunds
from backend.shop.payments.attempts import (
    KeptAttempt,
    PaymentRefusedError,
    attempts_of,
    become_pending,
    open_attempt,
    read_attempt,
    read_order,
    take_turn_to_ask,
)
from backend.shop.payments.provider import (
    NotTakenError,
    PaymentReport,
    PaymentRequest,
    Provider,
    ProviderError,
    ProviderState,
    RefundReport,
    WebhookError,
    WebhookEvent,
)
from backend.shop.payments.settling import OrderPayments, Result, Settling
from backend.shop.payments.suspense import is_aside
from backend.storage.database import Database, StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.payments")

CREATED: Final = 201
ASK_PAUSE_MS: Final = 3_000
REFUND_PAUSE_S: Final = 10.0
REFUNDS_AT_ONCE: Final = 8
MOST_SHOWN: Final = 100
MOST_LETTERS: Final = 128
CURRENCY_LETTERS: Final = 3
_REFUNDED: Final = frozenset({Result.PAID_TWICE, Result.PAID_LATE})

Answer = TypeVar("Answer")


class Checkout(msgspec.Struct, frozen=True):
    """What a cashier's page shows: nothing of the buyer.

    Attributes:
        ref: what the provider calls the payment; empty where that was never heard.
        goes_back: whether the order was not paid by this money, which goes back.
        is_aside: whether money came that does not match, and was put aside.
        is_processing: whether the provider said last that the money is on its way.
    """

    attempt: Attempt
    ref: str
    order_number: str
    room_id: str
    goes_back: bool
    is_aside: bool
    is_processing: bool

    def request(self) -> PaymentRequest:
        """Return what the provider is asked to collect."""
        return _request(self.attempt, self.order_number)


class Payments:
    """The payments of a shop.

    Args:
        database: read without waiting.
        writer: all changes go through it.
        providers: by name.
        orders: told what money came and went.
        clock_ms: the server's time, in milliseconds since 1970.
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
        self._providers = providers
        self._settling = Settling(orders)
        self._clock_ms = clock_ms
        self._has_refunds = asyncio.Event()

    async def open(
        self, order_id: str, provider_name: str, request: Request, device: Device = Device.DESKTOP
    ) -> Attempt | KeyReused:
        """Open an attempt to pay an order, or return the one that waits with this provider.

        Without a name the shop's first provider is taken. The same request opens no second one, whatever
        became of the first.

        Raises:
            PaymentRefusedError: the order cannot be paid so.
            ProviderError: the provider does not answer; the attempt stays, and may be opened again.
        """
        provider_name = provider_name or next(iter(self._providers), "")
        provider = self._providers.get(provider_name)
        if provider is None:
            raise PaymentRefusedError("unknown_provider", "The shop does not take this way to pay.")
        # Committed first: what the provider sends about it must find it.
        answer = await self._writer.run(
            partial(
                _open_once,
                order_id=order_id,
                provider=provider_name,
                device=device,
                request=request,
                now_ms=self._clock_ms(),
            )
        )
        if isinstance(answer, KeyReused):
            return answer
        attempt = await self._attempt(answer.attempt_id)
        if attempt is not None and attempt.state is AttemptState.CREATED:
            report = await self._create(provider, attempt)
            await self._writer.run(
                lambda connection: become_pending(connection, answer.attempt_id, report.ref)
            )
            attempt = await self._attempt(answer.attempt_id)
        return attempt.shown() if attempt else answer

    async def attempt(self, attempt_id: str) -> Attempt | None:
        """Return an attempt as it is now: its provider is asked, at most every 3 s; None for no attempt."""
        kept = await self._attempt(attempt_id)
        if kept is not None and not kept.is_over:
            await self._ask(kept)
            kept = await self._attempt(attempt_id)
        return kept.shown() if kept else None

    async def checkout(self, attempt_id: str) -> Checkout | None:
        """Return what the cashier's page of an attempt shows; None for no attempt."""
        attempt = await self.attempt(attempt_id)
        return await self._read(lambda connection: _checkout(connection, attempt)) if attempt else None

    async def attempts_of(self, order_id: str) -> list[Attempt]:
        """Return the attempts of an order, the newest first."""
        kept = await self._read(lambda connection: attempts_of(connection, order_id))
        return [attempt.shown() for attempt in kept]

    async def take_webhook(self, provider_name: str, headers: Mapping[str, str], body: bytes) -> Result:
        """Take in what a provider sent.

        Raises:
            WebhookError: it is refused.
            UnknownAttemptError: it is to be sent again.
        """
        provider = self._providers.get(provider_name)
        if provider is None:
            raise WebhookError(f"The shop has no provider {provider_name!r}.")
        now_ms = self._clock_ms()
        event = provider.verify(headers, body, now_ms)
        if event is None:
            return Result.NOTHING
        _check_lengths(event)
        body_hash = hashlib.sha256(body).hexdigest()
        result = await self._writer.run(
            lambda connection: self._settling.take_event(connection, provider, event, body_hash, now_ms)
        )
        self._wake_for(result)
        return result

    async def close_attempts(self, order_id: str) -> Closing:
        """Close what waits of an order at its providers, and say whether its stock may be released."""
        attempts = await self._read(lambda connection: attempts_of(connection, order_id))
        closed = [await self._close(attempt) for attempt in attempts if not attempt.is_over]
        order = await self._read(lambda connection: read_order(connection, order_id))
        # The order says whether it was paid: money that came may have been put aside, or go back.
        if order is not None and order.payment_state != "unpaid":
            return Closing.PAID
        return Closing.CLOSED if all(closed) else Closing.PROCESSING

    async def run(self) -> None:
        """Give back what is to be given back, for as long as it runs."""
        while True:
            self._has_refunds.clear()
            try:
                await self.refund_all()
            except (StorageError, BusyError) as error:
                log.warning("refunds wait: %s", error)
            try:
                async with asyncio.timeout(REFUND_PAUSE_S):
                    await self._has_refunds.wait()
            except TimeoutError:
                pass  # look again: another node may have left some

    def wake(self) -> None:
        """Give back at once what is to be given back: a person has just asked for it."""
        self._has_refunds.set()

    async def refund_all(self) -> None:
        """Ask providers for each refund that is due; those that fail are due again later."""
        while batch := await self._read(
            lambda connection: refunds.due(connection, self._clock_ms(), REFUNDS_AT_ONCE)
        ):
            results = await asyncio.gather(*(self._try(refund) for refund in batch), return_exceptions=True)
            for one in results:
                if isinstance(one, BaseException):
                    raise one

    async def _try(self, refund: refunds.Refund) -> None:
        now_ms = self._clock_ms()
        if not await self._writer.run(lambda connection: refunds.begin_try(connection, refund, now_ms)):
            return
        try:
            await self._refund(refund)
        except ProviderError as error:
            log.warning("refund %s waits: %s", refund.refund_id, error)
        except (StorageError, BusyError):
            raise
        except Exception:
            # One that fails must not hold up those behind it.
            log.exception("refund %s waits", refund.refund_id)

    async def _refund(self, refund: refunds.Refund) -> None:
        attempt = await self._attempt(refund.attempt_id)
        provider = self._providers.get(attempt.provider) if attempt else None
        if attempt is None or provider is None:
            log.error("refund %s has no provider any more", refund.refund_id)
            return
        ref = attempt.provider_ref or ""
        # Looked up first: it may have been accepted when we were killed, and keys are forgotten.
        report = await provider.find_refund(refund.refund_id, ref)
        if report is None:
            report = await provider.refund(refund.refund_id, refund.attempt_id, refund.amount_minor, ref)
        await self._take(provider, report)

    async def _create(self, provider: Provider, attempt: KeptAttempt) -> PaymentReport:
        order = await self._read(lambda connection: read_order(connection, attempt.order_id))
        try:
            return await provider.create(_request(attempt.shown(), order.number if order else ""))
        except NotTakenError as error:
            raise PaymentRefusedError("not_taken", str(error)) from error

    async def _ask(self, attempt: KeptAttempt) -> None:
        provider = self._providers.get(attempt.provider)
        if provider is None:
            return
        now_ms = self._clock_ms()
        is_ours = await self._writer.run(
            lambda connection: take_turn_to_ask(connection, attempt.attempt_id, now_ms, ASK_PAUSE_MS)
        )
        if not is_ours:
            return
        try:
            await self._take(provider, await provider.ask(attempt.attempt_id, attempt.provider_ref or ""))
        except ProviderError as error:
            log.warning("attempt %s cannot be asked about: %s", attempt.attempt_id, error)

    async def _close(self, attempt: KeptAttempt) -> bool:
        """Close an attempt at its provider; whether it takes no money any more."""
        provider = self._providers.get(attempt.provider)
        if provider is None:
            return False
        try:
            report = await provider.close(attempt.attempt_id, attempt.provider_ref or "")
        except ProviderError as error:
            log.warning("attempt %s cannot be closed: %s", attempt.attempt_id, error)
            return False
        if report.state is ProviderState.UNKNOWN and self._clock_ms() >= attempt.expires_at_ms:
            # Before its time ran out a scan could still have begun it; now the provider takes nothing.
            report = msgspec.structs.replace(report, state=ProviderState.CLOSED)
        take = partial(
            self._settling.take_closed,
            provider=provider,
            attempt_id=attempt.attempt_id,
            report=report,
            now_ms=self._clock_ms(),
        )
        result, is_over = await self._writer.run(take)
        self._wake_for(result)
        return is_over

    async def _take(self, provider: Provider, report: PaymentReport | RefundReport) -> None:
        take = partial(self._settling.take_report, provider=provider, report=report, now_ms=self._clock_ms())
        self._wake_for(await self._writer.run(take))

    def _wake_for(self, result: Result) -> None:
        if result in _REFUNDED:
            self._has_refunds.set()

    async def _attempt(self, attempt_id: str) -> KeptAttempt | None:
        return await self._read(lambda connection: read_attempt(connection, attempt_id))

    async def _read(self, reading: Callable[[Connection], Answer]) -> Answer:
        def read() -> Answer:
            with self._database.reading() as connection:
                return reading(connection)

        return await asyncio.to_thread(read)


def _open_once(
    connection: Connection, *, order_id: str, provider: str, device: Device, request: Request, now_ms: int
) -> Attempt | KeyReused:
    def act() -> Attempt:
        return open_attempt(connection, order_id, provider, now_ms, device).shown()

    return once(connection, request, whole(Attempt), act, status=CREATED, at_ms=now_ms)


def _check_lengths(event: WebhookEvent) -> None:
    """Refuse what no column can hold; a provider's signature does not make it sensible."""
    report = event.report
    is_money = len(report.currency) == CURRENCY_LETTERS and 0 <= report.amount_minor <= MAX_INTEGER
    ids = [event.event_id, report.attempt_id]
    ids += [report.ref] if isinstance(report, PaymentReport) else [report.refund_id, report.payment_ref]
    if not is_money or any(len(one) > MOST_LETTERS for one in ids):
        raise WebhookError("The webhook holds what no payment can have.")


def _checkout(connection: Connection, attempt: Attempt) -> Checkout | None:
    order = read_order(connection, attempt.order_id)
    if order is None:
        return None
    goes_back = refunds.goes_back(connection, attempt.attempt_id)
    kept = read_attempt(connection, attempt.attempt_id)
    return Checkout(
        attempt=attempt,
        ref=(kept.provider_ref if kept else None) or "",
        order_number=order.number,
        room_id=order.room_id,
        goes_back=goes_back,
        is_aside=is_aside(connection, attempt.provider, attempt.attempt_id),
        is_processing=kept is not None and kept.provider_state == ProviderState.PROCESSING,
    )


def _request(attempt: Attempt, order_number: str) -> PaymentRequest:
    return PaymentRequest(
        attempt_id=attempt.attempt_id,
        amount_minor=attempt.amount_minor,
        currency=attempt.currency,
        expires_at_ms=attempt.expires_at_ms,
        device=attempt.device,
        order_number=order_number,
    )
