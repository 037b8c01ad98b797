"""What the studio asks the shop's catalogue over HTTP."""

import ssl
from types import TracebackType

import httpx

from backend.contract.catalog import ShopProducts
from studio.connection.room_http import REQUEST_TIMEOUT_S, Place
from studio.connection.shop_answers import decoded


class CatalogHttp:
    """HTTP to the catalogue, for the time of an `async with` block; it raises as `OrdersHttp` does.

    Args:
        trusted: what certificates are checked by; reading that in takes longer than a picture may.
    """

    def __init__(self, place: Place, trusted: ssl.SSLContext) -> None:
        self._room = place.room
        self._http = httpx.AsyncClient(
            base_url=place.url,
            verify=trusted,
            timeout=REQUEST_TIMEOUT_S,
            trust_env=not place.is_local,
            headers={"Authorization": f"Bearer {place.token}"},
        )

    async def __aenter__(self) -> "CatalogHttp":
        """Open the connections when they are needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        await self._http.aclose()

    async def listing(self) -> ShopProducts:
        """Read what the room sells, in the host's order."""
        return decoded(await self._http.get(f"/api/v1/rooms/{self._room}/products"), ShopProducts)
