"""Fetches pictures by https links that a file names, and nothing of this machine or its network."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpcore
from typing_extensions import override

from backend.contract.pictures import MAX_PICTURE_BYTES
from backend.shop.public_addresses import IPAddress, is_public

WITHIN_S: Final = 20.0
_CONNECT_S: Final = 5.0
_MOST_REDIRECTS: Final = 3
_HTTPS: Final = 443
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class FetchError(Exception):
    """A link leads to nothing that is fetched; the message names cause and remedy."""


class PictureFetcher:
    """Fetches bytes. A name is resolved once, and the connection goes to the address that was checked.

    Args:
        allows: which addresses may be connected to.
        trusted: by what certificates are checked; the system's where none is given.
        port: that links may name.
    """

    def __init__(
        self,
        *,
        allows: Callable[[IPAddress], bool] = is_public,
        trusted: ssl.SSLContext | None = None,
        port: int = _HTTPS,
    ) -> None:
        self._backend = _CheckedBackend(allows)
        self._trusted = trusted
        self._port = port

    async def fetch(self, link: str) -> bytes:
        """Return what a link leads to, at most as much as a picture may have.

        Raises:
            FetchError: it is no https link to a public place, or what is there does not come in time.
        """
        try:
            async with asyncio.timeout(WITHIN_S):
                return await self._follow(link)
        except TimeoutError:
            raise FetchError(f"The picture did not come in {WITHIN_S:.0f} s. Try again later.") from None
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            told = " ".join(str(error).split()) or type(error).__name__
            raise FetchError(f"The place cannot be reached ({told}). Check the link.") from error

    async def _follow(self, link: str) -> bytes:
        if self._trusted is None:
            self._trusted = await asyncio.to_thread(ssl.create_default_context)
        pool = httpcore.AsyncConnectionPool(
            ssl_context=self._trusted, max_connections=1, network_backend=self._backend
        )
        async with pool:
            for _ in range(_MOST_REDIRECTS + 1):
                place = self._checked(link)
                async with _asking(pool, place) as response:
                    if response.status in _REDIRECTS:
                        link = _joined(link, _header(response, b"location"))
                        continue
                    return await _content(response)
        raise FetchError(f"The link leads on more than {_MOST_REDIRECTS} times. Use the last address.")

    def _checked(self, link: str) -> SplitResult:
        try:
            place = urlsplit(link)
            port, _name = place.port, (place.hostname or "").encode("idna")
        except ValueError:
            raise FetchError("This is no link. Copy it from the address line of a browser.") from None
        if place.scheme != "https" or not place.hostname:
            raise FetchError("Only links that begin with https:// are fetched.")
        if place.username is not None or port not in {None, self._port}:
            raise FetchError(f"Links with a user or another port than {self._port} are not fetched.")
        return place


def _joined(link: str, location: str) -> str:
    try:
        return urljoin(link, location)
    except ValueError:
        raise FetchError("The link leads on to something that is no link. Use another one.") from None


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that are allowed, and to no name."""

    def __init__(self, allows: Callable[[IPAddress], bool]) -> None:
        self._allows = allows
        self._network = httpcore.AnyIOBackend()

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        address = await self._resolved(host, port)
        return await self._network.connect_tcp(str(address), port, timeout, local_address, socket_options)

    async def _resolved(self, host: str, port: int) -> IPAddress:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(place[4][0]).partition("%")[0]) for place in found]
        # One private address of a name is enough: it is no name of the public internet.
        if not addresses or not all(map(self._allows, addresses)):
            raise FetchError("The link leads into a private network. Upload the picture instead.")
        return addresses[0]


@asynccontextmanager
async def _asking(pool: httpcore.AsyncConnectionPool, place: SplitResult) -> AsyncIterator[httpcore.Response]:
    host = (place.hostname or "").encode("idna")
    port = f":{place.port}".encode() if place.port is not None else b""
    target = f"{place.path or '/'}{f'?{place.query}' if place.query else ''}"
    url = httpcore.URL(scheme=b"https", host=host, port=place.port or _HTTPS, target=_as_ascii(target))
    headers = [
        (b"Host", host + port),
        (b"Accept", b"image/webp,image/png,image/jpeg,image/gif"),
        (b"Accept-Encoding", b"identity"),
        (b"User-Agent", b"Livestall"),
    ]
    timeouts = {"connect": _CONNECT_S, "read": WITHIN_S, "write": WITHIN_S, "pool": WITHIN_S}
    async with pool.stream("GET", url, headers=headers, extensions={"timeout": timeouts}) as response:
        yield response


async def _content(response: httpcore.Response) -> bytes:
    if response.status != 200:
        raise FetchError(f"The place answers {response.status}. Check the link.")
    content = bytearray()
    async for part in response.aiter_stream():
        content += part
        if len(content) > MAX_PICTURE_BYTES:
            raise FetchError(f"The picture has more than {MAX_PICTURE_BYTES // 1024 // 1024} MB.")
    return bytes(content)


def _header(response: httpcore.Response, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name), "")


def _as_ascii(target: str) -> bytes:
    return quote(target, safe="%/:=&?~#+!$,;'@()*[]").encode()
