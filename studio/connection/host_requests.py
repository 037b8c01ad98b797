"""The host's HTTP requests to the backend: one address and token for all views."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import httpx
import msgspec
from PySide6.QtCore import QObject, Signal, SignalInstance

from studio.connection.room_http import Place, RejectedError, RoomHttp
from studio.processes.backend_process import BackendReady

FAILED: Final = (httpx.HTTPError, httpx.InvalidURL, RejectedError, msgspec.MsgspecError)
"""What `HostRequests.ask` raises where the backend gives no answer that can be used."""

T = TypeVar("T")


class HostRequests(QObject):
    """Requests as the host, to the backend that is ready now.

    Args:
        ready: the signal that carries a `BackendReady`.

    Attributes:
        moved: emitted with the `BackendReady` that counts from now on.
    """

    moved = Signal(object)

    def __init__(self, ready: SignalInstance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready: BackendReady | None = None
        ready.connect(self._on_ready)

    @property
    def ready(self) -> BackendReady | None:
        """The backend; None before the first is ready."""
        return self._ready

    async def ask(self, ask: Callable[[RoomHttp], Awaitable[T]]) -> T:
        """Connect, and return what `ask` makes of the connection; it raises one of `FAILED`."""
        ready = self._ready
        if ready is None:
            raise httpx.ConnectError("not connected yet")
        async with RoomHttp(Place(ready.url, ready.room, ready.host_token)) as http:
            return await ask(http)

    def _on_ready(self, ready: BackendReady) -> None:
        self._ready = ready
        self.moved.emit(ready)
