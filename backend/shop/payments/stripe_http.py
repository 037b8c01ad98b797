"""HTTP for Stripe's SDK: its own client of httpx gives bodies over in a way that httpx is about to drop."""

import asyncio
from collections.abc import Mapping
from typing import Final

import httpx
import stripe
from typing_extensions import override

TIMEOUT_S: Final = 10.0


class StripeHttp(stripe.HTTPClient):
    """Carries the SDK's requests; it never waits longer than `TIMEOUT_S` for one."""

    name = "httpx"

    def __init__(self) -> None:
        super().__init__()
        self._http = httpx.AsyncClient(timeout=TIMEOUT_S)

    @override
    async def request_async(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: str | None = None,
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Send a request and return body, status and headers."""
        try:
            response = await self._http.request(method, url, headers=headers, content=post_data)
        except httpx.HTTPError as error:
            kind = type(error).__name__
            raise stripe.APIConnectionError(kind, should_retry=True) from error  # type: ignore[no-untyped-call]
        return response.content, response.status_code, response.headers

    @override
    async def sleep_async(self, secs: float) -> None:
        """Wait before a request is sent again."""
        await asyncio.sleep(secs)

    @override
    async def close_async(self) -> None:
        """Close the connections."""
        await self._http.aclose()
