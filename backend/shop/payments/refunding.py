"""Gives money back: asks providers for the refunds that are due, again and again until each is made."""

import asyncio
import logging
from typing import Final

from backend.shop.payments import refunds
from backend.shop.payments.attempts import KeptAttempt
from backend.shop.payments.intake import Intake
from backend.shop.payments.provider import Provider, ProviderError, RefundListing
from backend.storage.database import StorageError
from backend.storage.writer import BusyError

log = logging.getLogger("livestall.payments")

REFUND_PAUSE_S: Final = 10.0
REFUNDS_AT_ONCE: Final = 8


class Refunding:
    """Asks for the refunds of all orders."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def run(self) -> None:
        """Give back what is to be given back, for as long as it runs."""
        while True:
            self._intake.has_refunds.clear()
            try:
                await self.refund_all()
            except (StorageError, BusyError) as error:
                log.warning("refunds wait: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("refunds wait")
            try:
                async with asyncio.timeout(REFUND_PAUSE_S):
                    await self._intake.has_refunds.wait()
            except TimeoutError:
                pass  # look again: another node may have left some

    async def refund_all(self) -> None:
        """Ask providers for each refund that is due; those that fail are due again later."""
        while batch := await self._intake.read(
            lambda connection: refunds.due(connection, self._intake.clock_ms(), REFUNDS_AT_ONCE)
        ):
            results = await asyncio.gather(*(self._try(refund) for refund in batch), return_exceptions=True)
            for one in results:
                if isinstance(one, BaseException):
                    raise one

    async def _try(self, refund: refunds.Refund) -> None:
        now_ms = self._intake.clock_ms()
        if not await self._intake.write(lambda connection: refunds.begin_try(connection, refund, now_ms)):
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
        attempt = await self._intake.attempt(refund.attempt_id)
        provider = self._intake.providers.get(attempt.provider) if attempt else None
        if attempt is None or provider is None:
            log.error("refund %s has no provider any more", refund.refund_id)
            return
        wanted: refunds.Refund | None = refund
        ref, report, problem = attempt.provider_ref or "", None, None
        try:
            # Looked up first: it may have been accepted when we were killed, and keys are forgotten.
            report = await provider.find_refund(refund.refund_id, ref)
        except ProviderError as error:
            problem = error
        if report is None and refund.tries > 0:
            wanted = await self._still_wanted(provider, attempt, refund.refund_id)
        if wanted is None:
            return
        if problem is not None:
            raise problem
        if report is None:
            report = await provider.refund(wanted.refund_id, wanted.attempt_id, wanted.amount_minor, ref)
        await self._intake.take(provider, report)

    async def _still_wanted(
        self, provider: Provider, attempt: KeptAttempt, refund_id: str
    ) -> refunds.Refund | None:
        """Return a refund that was tried in vain, unless somebody made it in the provider's console."""
        if isinstance(provider, RefundListing):
            known_minor = await self._intake.read(
                lambda connection: refunds.done_of_attempt(connection, attempt.attempt_id)
            )
            ref = attempt.provider_ref or ""
            for report in await provider.refunds_of(attempt.attempt_id, ref, known_minor):
                await self._intake.take(provider, report)
        found = await self._intake.read(lambda connection: refunds.read_refund(connection, refund_id))
        return found if found is not None and found.state == "requested" else None
