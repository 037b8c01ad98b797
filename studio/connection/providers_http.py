"""What the studio asks the backend of its payment providers."""

from types import TracebackType
from typing import Final
from urllib.parse import quote

import httpx

from backend.contract.payments import ProviderCheck, ProviderStatuses
from studio.connection.room_http import REQUEST_TIMEOUT_S, Place
from studio.connection.shop_answers import decoded

PATH: Final = "/api/v1/payments/providers"
CHECK_TIMEOUT_S: Final = 30.0
"""The backend itself may wait for a provider."""


class ProvidersHttp:
    """HTTP about payment providers, for the time of an `async with` block; it raises as `OrdersHttp` does."""

    def __init__(self, place: Place) -> None:
        self._http = httpx.AsyncClient(
            base_url=place.url,
            timeout=REQUEST_TIMEOUT_S,
            trust_env=not place.is_local,
            headers={"Authorization": f"Bearer {place.token}"},
        )

    async def __aenter__(self) -> "ProvidersHttp":
        """Open the connections when they are needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        await self._http.aclose()

    async def providers(self) -> ProviderStatuses:
        """Read which there are, those that are on first."""
        return decoded(await self._http.get(PATH), ProviderStatuses)

    async def check(self, name: str) -> ProviderCheck:
        """Let the backend ask one something harmless."""
        path = f"{PATH}/{quote(name, safe='')}/check"
        return decoded(await self._http.post(path, timeout=CHECK_TIMEOUT_S), ProviderCheck)
