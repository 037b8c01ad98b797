"""A router between a peer and the relay that forgets its mapping, as NATs do: the peer's address changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import httpx
from starlette.types import ASGIApp
from typing_extensions import override

Address = tuple[str, int]


class _Side(asyncio.DatagramProtocol):
    """One socket; what comes goes to `forward`."""

    def __init__(self) -> None:
        self.transport: asyncio.DatagramTransport | None = None
        self.peer: Address = ("127.0.0.1", 9)
        self.other: _Side | None = None
        self._is_closed = asyncio.Event()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Python 3.11's own transport does not inherit from the class that it is.
        self.transport = cast("asyncio.DatagramTransport", transport)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._is_closed.set()

    async def close(self) -> None:
        if self.transport is not None:
            self.transport.close()
            await self._is_closed.wait()

    @override
    def datagram_received(self, data: bytes, addr: Address) -> None:
        self.peer = addr
        if self.other is not None and self.other.transport is not None:
            self.other.transport.sendto(data, self.other.peer)


class Nat:
    """One peer's way to the relay.

    Attributes:
        port: where the peer sends, instead of to the relay's.
    """

    def __init__(self, relay_port: int) -> None:
        self._relay: Address = ("127.0.0.1", relay_port)
        self._inside, self._outside = _Side(), _Side()
        self.port = 0

    async def open(self) -> None:
        """Take a socket on either side."""
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self._inside, ("127.0.0.1", 0))
        assert self._inside.transport is not None
        self.port = self._inside.transport.get_extra_info("sockname")[1]
        await self.rebind()

    async def rebind(self) -> None:
        """Go on from another port, towards the relay."""
        await self._outside.close()
        self._outside = _Side()
        self._outside.peer = self._relay
        self._outside.other, self._inside.other = self._inside, self._outside
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self._outside, ("127.0.0.1", 0))

    async def close(self) -> None:
        """Close both sides."""
        for side in (self._inside, self._outside):
            await side.close()


class _ThroughNat(httpx.ASGITransport):
    """The relay's HTTP half, whose answers name the router's port instead of the relay's."""

    def __init__(self, app: ASGIApp, relay_port: int, nat: Nat) -> None:
        super().__init__(app)
        self._ports = (f" {relay_port} typ host", f" {nat.port} typ host")

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        text = (await response.aread()).decode().replace(*self._ports)
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        return httpx.Response(response.status_code, headers=headers, text=text)


@asynccontextmanager
async def behind_nat(app: ASGIApp, relay_port: int) -> AsyncIterator[tuple[httpx.AsyncClient, Nat]]:
    """A client whose media goes through a router of its own."""
    nat = Nat(relay_port)
    await nat.open()
    try:
        transport = _ThroughNat(app, relay_port, nat)
        async with httpx.AsyncClient(transport=transport, base_url="http://relay") as client:
            yield client, nat
    finally:
        await nat.close()
