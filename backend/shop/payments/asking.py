"""Asks providers where attempts stand, at a pace that all nodes keep together."""

import logging
from typing import Final

from backend.shop.payments.attempts import KeptAttempt, take_turn_to_ask
from backend.shop.payments.intake import Intake
from backend.shop.payments.provider import ProviderError

log = logging.getLogger("livestall.payments")

ASK_PAUSE_MS: Final = 3_000


class Asking:
    """Asks about the attempts of all orders."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def look(self, attempt_id: str) -> KeptAttempt | None:
        """Return an attempt as it is now: its provider is asked, at most every 3 s; None for no attempt."""
        kept = await self._intake.attempt(attempt_id)
        if kept is not None and not kept.is_over:
            await self._ask(kept)
            kept = await self._intake.attempt(attempt_id)
        return kept

    async def _ask(self, attempt: KeptAttempt) -> None:
        provider = self._intake.providers.get(attempt.provider)
        if provider is None:
            return
        now_ms = self._intake.clock_ms()
        is_ours = await self._intake.write(
            lambda connection: take_turn_to_ask(connection, attempt.attempt_id, now_ms, ASK_PAUSE_MS)
        )
        if not is_ours:
            return
        try:
            await self._intake.take(
                provider, await provider.ask(attempt.attempt_id, attempt.provider_ref or "")
            )
        except ProviderError as error:
            log.warning("attempt %s cannot be asked about: %s", attempt.attempt_id, error)
