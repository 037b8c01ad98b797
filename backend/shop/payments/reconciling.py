"""Compares payments with their providers after a backup was restored; until then nothing is sent."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.shop.payments.attempts import NOT_OVER, KeptAttempt
from backend.shop.payments.provider import Listing, PaymentReport, Provider, ProviderError, RefundReport
from backend.shop.payments.results import OrderPayments, Result
from backend.shop.payments.settling import Settling
from backend.shop.restored import clear_mark, restored_from_ms
from backend.storage.database import Database, StorageError, read_rows
from backend.storage.payment_tables import PAYMENT_ATTEMPTS
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.payments")

AGAIN_S: Final = 30.0
# Clocks differ, and what began just before the backup may stand in it or not.
EARLIER_MS: Final = 10 * 60_000
# Later no provider takes money for an attempt: one that stayed open for longer is not asked about.
ASKED_FOR_MS: Final = 7 * 24 * 3_600_000


class Reconciling:
    """Asks providers what happened since a backup was taken.

    Money for attempts that the backup does not know is put aside; refunds it does not know are recorded.

    Args:
        providers: by name.
        orders: learn what money came and went.
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

    async def run(self) -> None:
        """Return when all is compared: at once where no backup was restored."""
        while True:
            try:
                problems = await self.reconcile()
            except (StorageError, BusyError) as error:
                problems = [str(error)]
            except Exception as error:
                # The border of a task: what nobody foresaw must not end it, and nothing is sent meanwhile.
                log.exception("the restored backup was not compared this time")
                problems = [f"something unexpected went wrong ({type(error).__name__})"]
            if not problems:
                return
            for problem in problems:
                log.error("the restored backup waits, and sends nothing: %s", problem)
            await asyncio.sleep(AGAIN_S)

    async def reconcile(self) -> list[str]:
        """Compare once, and return what is in the way; nothing where the mark is gone."""
        taken_at_ms = await self._database.read(restored_from_ms)
        if taken_at_ms is None:
            return []
        problems = [await self._list(provider, taken_at_ms) for provider in self._providers.values()]
        attempts = await self._database.read(lambda connection: _open_attempts(connection, taken_at_ms))
        problems += [await self._ask(attempt) for attempt in attempts]
        found = sorted({problem for problem in problems if problem})
        if not found:
            await self._writer.run(clear_mark)
            log.warning("the restored backup is compared with the providers: %d attempts", len(attempts))
        return found

    async def _list(self, provider: Provider, taken_at_ms: int) -> str:
        """Take in what a provider lists, and return what is in the way."""
        if not isinstance(provider, Listing):
            log.warning(
                "%s lists no payments: compare its statement since the backup with the orders", provider.name
            )
            return ""
        try:
            reports = await provider.reports_since(taken_at_ms - EARLIER_MS)
        except ProviderError as error:
            return f"{provider.name} does not answer: {error}"
        await self._take(provider, reports)
        return ""

    async def _ask(self, attempt: KeptAttempt) -> str:
        """Take in where an attempt stands, and return what is in the way."""
        provider = self._providers.get(attempt.provider)
        if provider is None:
            return f"{attempt.provider} is not switched on, and orders wait for it: put its keys in again"
        try:
            report = await provider.ask(attempt.attempt_id, attempt.provider_ref or "")
        except ProviderError as error:
            return f"{attempt.provider} does not answer: {error}"
        await self._take(provider, [report])
        return ""

    async def _take(self, provider: Provider, reports: Sequence[PaymentReport | RefundReport]) -> None:
        for report in reports:
            take = partial(
                self._settling.take_report, provider=provider, report=report, now_ms=self._clock_ms()
            )
            result = await self._writer.run(take)
            if result is not Result.NOTHING:
                log.warning("after the restore: %s says %s of %s", provider.name, result, report.attempt_id)


def _open_attempts(connection: Connection, taken_at_ms: int) -> list[KeptAttempt]:
    attempt = PAYMENT_ATTEMPTS.c
    is_open = attempt.state.in_([state.value for state in NOT_OVER])
    query = select(PAYMENT_ATTEMPTS).where(is_open, attempt.expires_at_ms > taken_at_ms - ASKED_FOR_MS)
    return msgspec.convert(read_rows(connection, query.order_by(attempt.created_at_ms)), list[KeptAttempt])
