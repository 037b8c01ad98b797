"""What requests over HTTP have in common: how often somebody may come, and what they may send."""

import time
from typing import Final, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from backend.limits import KeyedBuckets

MAX_BODY_BYTES: Final = 16 * 1024

Body = TypeVar("Body", bound=msgspec.Struct)


class Pace:
    """Refuses who comes too often, with the seconds to wait (429)."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._buckets = KeyedBuckets(per_second=per_second, burst=burst)

    def take(self, key: str) -> None:
        """Let somebody through, or raise `HTTPException`."""
        retry_ms = self._buckets.take(key, time.monotonic())
        if retry_ms:
            seconds = -(-retry_ms // 1000)
            raise HTTPException(429, f"That was too often. Try again in {seconds} s.", retry_after(seconds))


def address_of(request: Request) -> str:
    """Return where a request comes from, as far as the server knows."""
    return request.client.host if request.client else ""


def retry_after(seconds: int) -> dict[str, str]:
    """Return the header that tells how long to wait (RFC 9110 §10.2.3)."""
    return {"Retry-After": str(seconds)}


async def read_body(request: Request, kind: type[Body]) -> Body:
    """Return what the request carries as JSON, or raise `HTTPException` (413, 422)."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_BODY_BYTES:
            raise HTTPException(413, f"A request may carry {MAX_BODY_BYTES} bytes.")
    try:
        return msgspec.json.decode(bytes(data), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # What came is not repeated: it may hold a password.
        fields = ", ".join(kind.__struct_fields__)
        raise HTTPException(422, f"Expected JSON with the fields {fields}.") from None
