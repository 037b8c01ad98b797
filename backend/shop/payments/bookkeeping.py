"""What the shop's people check its money by: what was put aside, what does not match, sums a day."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from sqlalchemy import Connection

from backend.contract.bookkeeping import Mismatch, MismatchKind, Reconciliation, Settlements, SettleSuspense
from backend.contract.payments import AttemptState, Suspense, SuspenseItem
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.payments.attempts import KeptAttempt
from backend.shop.payments.comparing import (
    differing,
    mismatch_of,
    missing_in_journal,
    recent_attempts,
    waiting_refunds,
)
from backend.shop.payments.daily import read_days
from backend.shop.payments.provider import (
    PaymentReport,
    Provider,
    ProviderError,
    ProviderState,
    RefundListing,
    RefundReport,
)
from backend.shop.payments.refunds import done_of_attempt
from backend.shop.payments.results import OrderPayments
from backend.shop.payments.settling import Settling
from backend.shop.payments.suspense import SettledAlready, read_suspense, settle
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
AT_ONCE: Final = 8
_KEEPING: Final = whole(SuspenseItem)


class Bookkeeping:
    """The books of a shop's payments.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        providers: by name.
        orders: learn of money that only the provider knew of.
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

    async def suspense(self, *, is_open: bool | None = None, before: int | None = None) -> Suspense:
        """Return money that matches nothing, the newest first."""
        return Suspense(await self._database.read(partial(read_suspense, is_open=is_open, before=before)))

    async def settle(
        self, person: Person, suspense_id: int, wish: SettleSuspense, request: Request
    ) -> SuspenseItem | SettledAlready | KeyReused | None:
        """Record what became of money that was put aside; None where there is no such money."""

        def act(connection: Connection) -> SuspenseItem | SettledAlready | None:
            actor, note, now_ms = person.user_id, wish.note, self._clock_ms()
            return settle(connection, suspense_id, wish.outcome, note=note, actor=actor, now_ms=now_ms)

        return await write_once(self._writer, request, _KEEPING, act, status=OK, clock_ms=self._clock_ms)

    async def settlements(self, first_day: str, days: int, offset_ms: int) -> Settlements:
        """Return what each way to pay brought on each day, where the clock is so far ahead of UTC's."""
        read = partial(read_days, first_day=first_day, days=days, offset_ms=offset_ms)
        return Settlements(await self._database.read(read))

    async def reconcile(self, since_ms: int, most: int) -> Reconciliation:
        """Compare attempts since a moment with their providers, the newest of them, and list what differs.

        Money that only the provider knows of is taken in, and what it says of refunds.
        """
        attempts = await self._database.read(partial(recent_attempts, since_ms=since_ms, most=most + 1))
        shown, turns = attempts[:most], asyncio.Semaphore(AT_ONCE)

        async def compare(attempt: KeptAttempt) -> list[Mismatch]:
            async with turns:
                return await self._compare(attempt)

        found = await asyncio.gather(*(compare(attempt) for attempt in shown))
        mismatches = [one for of_attempt in found for one in of_attempt]
        mismatches += await self._database.read(partial(missing_in_journal, attempts=shown))
        mismatches += await self._database.read(partial(waiting_refunds, now_ms=self._clock_ms()))
        silent = sum(one.kind is MismatchKind.NOT_ASKED for one in mismatches)
        suspense = await self._database.read(partial(read_suspense, is_open=True))
        return Reconciliation(len(shown) - silent, len(attempts) <= most, mismatches, suspense)

    async def _compare(self, attempt: KeptAttempt) -> list[Mismatch]:
        provider = self._providers.get(attempt.provider)
        if provider is None:
            text = f"{attempt.provider} is switched off: look at its own statement."
            return [mismatch_of(attempt, MismatchKind.NOT_ASKED, "", text)]
        try:
            report = await provider.ask(attempt.attempt_id, attempt.provider_ref or "")
            await self._take_refunds(provider, attempt)
        except ProviderError as error:
            return [mismatch_of(attempt, MismatchKind.NOT_ASKED, "", f"{error} Try again later.")]
        found = differing(attempt, report)
        if report.state is ProviderState.PAID and attempt.state is not AttemptState.PAID:
            await self._take(provider, report)
        return [] if found is None else [found]

    async def _take_refunds(self, provider: Provider, attempt: KeptAttempt) -> None:
        """Take in refunds that no webhook told: made in the provider's console, or come back."""
        if attempt.state is not AttemptState.PAID or not isinstance(provider, RefundListing):
            return
        known_minor = await self._database.read(
            lambda connection: done_of_attempt(connection, attempt.attempt_id)
        )
        for report in await provider.refunds_of(attempt.attempt_id, attempt.provider_ref or "", known_minor):
            await self._take(provider, report)

    async def _take(self, provider: Provider, report: PaymentReport | RefundReport) -> None:
        now_ms = self._clock_ms()
        take = partial(self._settling.take_report, provider=provider, report=report, now_ms=now_ms)
        await self._writer.run(take)
