"""What the studio asks the backend of its payment providers."""

from typing import Final
from urllib.parse import quote

from backend.contract.payments import ProviderCheck, ProviderStatuses
from studio.connection.shop_answers import decoded
from studio.connection.shop_http import ShopHttp

PATH: Final = "/api/v1/payments/providers"
CHECK_TIMEOUT_S: Final = 30.0
"""The backend itself may wait for a provider."""


class ProvidersHttp(ShopHttp):
    """HTTP about payment providers, for the time of an `async with` block; it raises as `ShopHttp` does."""

    async def providers(self) -> ProviderStatuses:
        """Read which there are, those that are on first."""
        return decoded(await self._http.get(PATH), ProviderStatuses)

    async def check(self, name: str) -> ProviderCheck:
        """Let the backend ask one something harmless."""
        path = f"{PATH}/{quote(name, safe='')}/check"
        return decoded(await self._http.post(path, timeout=CHECK_TIMEOUT_S), ProviderCheck)
