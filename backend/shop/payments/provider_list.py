"""The payment providers as the host sees them: which are on, whether they answer, what they sent last."""

import logging
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from backend.contract.payments import ProviderCheck, ProviderFinding, ProviderStatus
from backend.shop.payments.provider import Provider, ProviderError
from backend.shop.payments.provider_names import ALL, SANDBOX
from backend.storage.database import Database
from backend.storage.payment_tables import WEBHOOK_EVENTS

log = logging.getLogger("livestall.payments")


class ProviderList:
    """All providers that there are.

    Args:
        providers: those that are on, the proposed one first.
        have_keys: the names of those of which keys were found.
        webhook_urls: where each sends its webhooks.
    """

    def __init__(
        self,
        database: Database,
        providers: Mapping[str, Provider],
        *,
        have_keys: Collection[str],
        webhook_urls: Mapping[str, str],
    ) -> None:
        self._database = database
        self._providers = providers
        self._have_keys = have_keys
        self._webhook_urls = webhook_urls

    async def statuses(self) -> list[ProviderStatus]:
        """Return how each stands, those that are on first."""
        seen = await self._database.read(_last_webhooks)
        names = [*self._providers, *(name for name in ALL if name not in self._providers)]
        return [self._status(name, seen.get(name)) for name in names]

    async def check(self, name: str) -> ProviderCheck | None:
        """Ask a provider something harmless; None where it is not on."""
        provider = self._providers.get(name)
        if provider is None:
            return None
        try:
            await provider.check()
        except ProviderError as error:
            log.warning("%s does not work: %s", name, error)
            return ProviderCheck(name, error.finding, str(error))
        return ProviderCheck(name, ProviderFinding.WORKS, "")

    def _status(self, name: str, last_webhook_at_ms: int | None) -> ProviderStatus:
        provider = self._providers.get(name)
        return ProviderStatus(
            provider=name,
            is_on=provider is not None,
            has_keys=name == SANDBOX or name in self._have_keys,
            is_test=provider.is_test if provider else name == SANDBOX,
            webhook_url=self._webhook_urls.get(name, ""),
            last_webhook_at_ms=last_webhook_at_ms,
        )


def _last_webhooks(connection: Connection) -> dict[str, int]:
    newest = func.max(WEBHOOK_EVENTS.c.received_at_ms)
    rows = connection.execute(select(WEBHOOK_EVENTS.c.provider, newest).group_by(WEBHOOK_EVENTS.c.provider))
    return {str(name): int(at_ms) for name, at_ms in rows}
