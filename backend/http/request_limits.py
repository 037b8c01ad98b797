"""What requests over HTTP have in common: how often an address may send one, and how much."""

import ipaddress
import re
import time
from functools import lru_cache
from typing import Final, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection, Request

from backend.contract.bounds import excess_of
from backend.contract.decoding import decode_json
from backend.limits import MAX_KEYS, KeyedBuckets

MAX_BODY_BYTES: Final = 16 * 1024
# What a provider gives one customer at least (RFC 6177): counted by address, nobody would come too often.
IPV6_HOME_BITS: Final = 64

_WITH_PORT: Final = re.compile(r"(\[(?P<six>[^\]]*)\]|(?P<four>[\d.]+))(:\d{1,5})?", re.ASCII)

Body = TypeVar("Body", bound=msgspec.Struct)


class Pace:
    """Refuses who comes too often, with the seconds to wait (429)."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._buckets = KeyedBuckets(per_second=per_second, burst=burst)

    def take(self, key: str) -> None:
        """Count a request of this key, or raise `HTTPException`."""
        retry_ms = self._buckets.take(key, time.monotonic())
        if retry_ms:
            seconds = -(-retry_ms // 1000)
            raise HTTPException(429, f"That was too often. Try again in {seconds} s.", retry_after(seconds))

    def give_back(self, key: str) -> None:
        """Undo `take`: what it was taken for did not count."""
        self._buckets.give_back(key)


def address_of(connection: HTTPConnection) -> str:
    """Return where a request comes from: the viewer's address behind a trusted proxy; of IPv6 the network."""
    return network_of(connection.client.host if connection.client else "")


@lru_cache(maxsize=MAX_KEYS)
def network_of(host: str) -> str:
    """Return the key to count an address by: of IPv6 the network, of a name the name.

    Some proxies tell a port too; each connection has another one.
    """
    told = _WITH_PORT.fullmatch(host)
    try:
        address = ipaddress.ip_address((told["six"] or told["four"]) if told else host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), IPV6_HOME_BITS), strict=False))


def retry_after(seconds: int) -> dict[str, str]:
    """Return the header that tells how long to wait (RFC 9110 §10.2.3)."""
    return {"Retry-After": str(seconds)}


async def read_bytes(request: Request, most: int = MAX_BODY_BYTES) -> bytes:
    """Return what the request carries, or raise `HTTPException` (413)."""
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > most:
                raise HTTPException(413, f"A request may carry {most} bytes.")
    except ClientDisconnect:
        raise HTTPException(400, "The request ended before all of it came. Send it again.") from None
    return bytes(data)


async def read_body(request: Request, kind: type[Body], most: int = MAX_BODY_BYTES) -> Body:
    """Return what the request carries as JSON, or raise `HTTPException` (413, 422)."""
    data = await read_bytes(request, most)
    fields = ", ".join(kind.__struct_fields__)
    try:
        body = decode_json(data, kind)
    except msgspec.DecodeError:
        # What came is not repeated: it may hold a password.
        raise HTTPException(422, f"Expected JSON with the fields {fields}.") from None
    if excess_of(body) is not None:
        raise HTTPException(422, f"One of the fields {fields} is longer than it may be. Shorten it.")
    return body
