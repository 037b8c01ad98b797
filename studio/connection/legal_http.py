"""What the studio asks the shop about its legal texts over HTTP."""

import ssl
from secrets import token_hex
from types import TracebackType

import httpx
import msgspec

from backend.contract.legal import LegalName, LegalText, WriteLegalText
from studio.connection.room_http import REQUEST_TIMEOUT_S, Place
from studio.connection.shop_answers import decoded


class LegalHttp:
    """HTTP to the legal texts, for the time of an `async with` block; it raises as `OrdersHttp` does.

    Args:
        trusted: what certificates are checked by; reading that in takes longer than a picture may.
    """

    def __init__(self, place: Place, trusted: ssl.SSLContext) -> None:
        self._http = httpx.AsyncClient(
            base_url=place.url,
            verify=trusted,
            timeout=REQUEST_TIMEOUT_S,
            trust_env=not place.is_local,
            headers={"Authorization": f"Bearer {place.token}"},
        )

    async def __aenter__(self) -> "LegalHttp":
        """Open the connections when they are needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        await self._http.aclose()

    async def read(self, name: LegalName) -> LegalText:
        """Read a text, empty where it is not written."""
        return decoded(await self._http.get(_path(name)), LegalText)

    async def write(self, name: LegalName, text: str) -> LegalText:
        """Write a text over what it was; writing it twice does no harm."""
        answer = await self._http.put(
            _path(name),
            content=msgspec.json.encode(WriteLegalText(text)),
            headers={"Content-Type": "application/json", "Idempotency-Key": token_hex(16)},
        )
        return decoded(answer, LegalText)


def _path(name: LegalName) -> str:
    return f"/api/v1/legal-texts/{name}"
