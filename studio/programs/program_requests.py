"""The host's requests about the shop's programs, to the backend that is ready now."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

from studio.connection.host_requests import HostRequests
from studio.connection.programs_http import ProgramsHttp
from studio.connection.room_http import Place

T = TypeVar("T")


async def ask_programs(requests: HostRequests, ask: Callable[[ProgramsHttp], Awaitable[T]]) -> T:
    """Connect, and return what `ask` makes of the connection; it raises one of `FAILED`."""
    ready = requests.ready
    if ready is None:
        raise httpx.ConnectError("not connected yet")
    async with ProgramsHttp(Place(ready.url, ready.room, ready.host_token)) as http:
        return await ask(http)
