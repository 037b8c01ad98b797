"""Closes the attempts of an order at their providers, so that no money comes for what is released."""

import logging
from typing import Final

import msgspec

from backend.shop.outcomes import Closing
from backend.shop.payments.attempts import KeptAttempt, attempts_of, become_closed, read_order
from backend.shop.payments.intake import Intake
from backend.shop.payments.provider import Provider, ProviderError, ProviderState

log = logging.getLogger("livestall.payments")

# So long after its time an attempt holds its order's stock whose provider is switched off, or only fails.
SILENT_FOR_MS: Final = 6 * 3_600_000


class AttemptCloser:
    """Closes the attempts of all orders."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def close_all(self, order_id: str) -> Closing:
        """Close what waits of an order, and say whether its stock may be released."""
        attempts = await self._intake.read(lambda connection: attempts_of(connection, order_id))
        closed = [await self._close(attempt) for attempt in attempts if not attempt.is_over]
        order = await self._intake.read(lambda connection: read_order(connection, order_id))
        # The order says whether it was paid: money that came may have been put aside, or go back.
        if order is not None and order.payment_state != "unpaid":
            return Closing.PAID
        return Closing.CLOSED if all(closed) else Closing.PROCESSING

    async def _close(self, attempt: KeptAttempt) -> bool:
        """Close an attempt at its provider; whether it takes no money any more."""
        provider = self._intake.providers.get(attempt.provider)
        if provider is None:
            return await self._give_up(attempt, f"{attempt.provider} is switched off")
        try:
            return await self._close_at(provider, attempt)
        except ProviderError as error:
            return await self._give_up(attempt, str(error))

    async def _close_at(self, provider: Provider, attempt: KeptAttempt) -> bool:
        report = await provider.close(attempt.attempt_id, attempt.provider_ref or "")
        if report.state is ProviderState.UNKNOWN and self._intake.clock_ms() >= attempt.expires_at_ms:
            # Before its time ran out a scan could still have begun it; now the provider takes nothing.
            report = msgspec.structs.replace(report, state=ProviderState.CLOSED)
        return await self._intake.take_closed(provider, attempt.attempt_id, report)

    async def _give_up(self, attempt: KeptAttempt, error: str) -> bool:
        """Close an attempt here alone once its provider said nothing for hours; whether it is closed.

        Should the provider have taken money, that is late money when it is heard of.
        """
        if self._intake.clock_ms() < attempt.expires_at_ms + SILENT_FOR_MS:
            log.warning("attempt %s cannot be closed: %s", attempt.attempt_id, error)
            return False
        await self._intake.write(lambda connection: become_closed(connection, attempt.attempt_id))
        log.error(
            "attempt %s of order %s is closed here alone: look for it at %s. %s",
            attempt.attempt_id,
            attempt.order_id,
            attempt.provider,
            error,
        )
        return True
