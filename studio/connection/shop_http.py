"""HTTP to the documents of a shop's API: read one, write one, act on one."""

from collections.abc import Mapping
from secrets import token_hex
from types import TracebackType
from typing import Self, TypeVar

import httpx
import msgspec

from studio.connection.room_http import REQUEST_TIMEOUT_S, Place
from studio.connection.shop_answers import decoded
from studio.connection.trust import trust_of

Answer = TypeVar("Answer", bound=msgspec.Struct)


class NoBody(msgspec.Struct, frozen=True):
    """What is sent where there is nothing to say."""


class ShopHttp:
    """HTTP to the shop of one room, for the time of an `async with` block.

    Every method, of subclasses too, raises `RejectedError` with the shop's own words where it refuses,
    `httpx.HTTPError` where the backend cannot be reached or is not well, and `msgspec.MsgspecError` for what
    is no answer of a shop.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Open the connections when they are needed."""
        self._client = httpx.AsyncClient(
            base_url=self.place.url,
            verify=await trust_of(self.place.url),
            timeout=REQUEST_TIMEOUT_S,
            trust_env=not self.place.is_local,
            headers={"Authorization": f"Bearer {self.place.token}"},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        await self._http.aclose()

    @property
    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            raise RuntimeError(f"{type(self).__name__} is used outside of its `async with` block.")
        return self._client

    async def get(
        self,
        path: str,
        kind: type[Answer],
        params: Mapping[str, str] | None = None,
        timeout_s: float = REQUEST_TIMEOUT_S,
    ) -> Answer:
        """Read a document."""
        return decoded(await self._http.get(path, params=params, timeout=timeout_s), kind)

    async def put(self, path: str, body: msgspec.Struct, kind: type[Answer]) -> Answer:
        """Write a document over what it was; writing it twice does no harm."""
        return await self._send("PUT", path, body, kind, REQUEST_TIMEOUT_S)

    async def post(
        self, path: str, body: msgspec.Struct, kind: type[Answer], timeout_s: float = REQUEST_TIMEOUT_S
    ) -> Answer:
        """Do something, once."""
        return await self._send("POST", path, body, kind, timeout_s)

    async def delete(self, path: str, kind: type[Answer]) -> Answer:
        """Take something away; doing so twice does no harm."""
        return decoded(await self._http.delete(path), kind)

    async def _send(
        self, method: str, path: str, body: msgspec.Struct, kind: type[Answer], timeout_s: float
    ) -> Answer:
        answer = await self._http.request(
            method,
            path,
            content=msgspec.json.encode(body),
            headers={"Content-Type": "application/json", "Idempotency-Key": token_hex(16)},
            timeout=timeout_s,
        )
        return decoded(answer, kind)
