"""The way down to one client: writes never block, and who does not read is cut off without hurting others."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from backend.room.frames import Prepared, close_frame

FANOUT_EXTENSION: Final = "livestall.fanout"
ABORT_AFTER_S: Final = 2.0


class Coding(Enum):
    """How messages lie in the frames of one connection."""

    PLAIN = "plain"
    DEFLATED = "deflated"  # permessage-deflate without context takeover of the server


@dataclass(frozen=True)
class Fanout:
    """What a server hands out of a connection, in the scope's extensions, for writing ready frames."""

    transport: asyncio.Transport
    coding: Coding


class Line(Protocol):
    """Where a client's bytes go.

    Attributes:
        coding: which of a message's ready frames the client reads.
        write_ready: writes such a frame without a look at anything; None where only `send` does.
        has_work: whether `run` must run for messages to leave.
    """

    has_work: bool
    coding: Coding
    write_ready: Callable[[bytes], None] | None

    @property
    def waiting_bytes(self) -> int:
        """How much was sent and has not left this process yet."""

    @property
    def is_cut(self) -> bool:
        """Whether the line was cut; what is sent then goes nowhere."""

    def send(self, prepared: Prepared) -> None:
        """Send a message after all that was sent before; never waits."""

    def cut(self, code: int, reason: str) -> None:
        """Close the connection without waiting for the client to read."""

    async def run(self) -> None:
        """Do the line's work until it is cut."""


class TransportLine:
    """Writes ready frames straight to the transport: the cheapest fan-out (see `FanoutProtocol`).

    It has no work of its own: who is cut is disconnected within 2 s, which the socket's reader sees.
    """

    has_work = False

    def __init__(self, transport: asyncio.Transport, coding: Coding = Coding.PLAIN) -> None:
        self._transport = transport
        self.coding = coding
        self.write_ready: Callable[[bytes], None] | None = transport.write
        self._is_cut = False

    @property
    def waiting_bytes(self) -> int:
        """See `Line.waiting_bytes`."""
        return self._transport.get_write_buffer_size()

    @property
    def is_cut(self) -> bool:
        """See `Line.is_cut`."""
        return self._is_cut

    def send(self, prepared: Prepared) -> None:
        """See `Line.send`."""
        if not self._is_cut and not self._transport.is_closing():
            is_deflated = self.coding is Coding.DEFLATED
            self._transport.write(prepared.deflated_frame if is_deflated else prepared.frame)

    def cut(self, code: int, reason: str) -> None:
        """Send a close frame and hang up; the connection is dropped when it is not read within 2 s."""
        if self._is_cut:
            return
        self._is_cut = True
        if not self._transport.is_closing():
            self._transport.write(close_frame(code, reason))
        self._transport.close()
        asyncio.get_running_loop().call_later(ABORT_AFTER_S, self._transport.abort)

    async def run(self) -> None:
        """See `Line.run`; returns at once."""


class SocketLine:
    """The portable way, when the server gives no transport: a queue, and one `send` after the other."""

    has_work = True

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self.coding = Coding.PLAIN
        self.write_ready: Callable[[bytes], None] | None = None
        self._queue: deque[Prepared] = deque()
        self._waiting_bytes = 0
        self._has_work = asyncio.Event()
        self._cut = asyncio.Event()

    @property
    def waiting_bytes(self) -> int:
        """See `Line.waiting_bytes`; it does not see what the server below still holds."""
        return self._waiting_bytes

    @property
    def is_cut(self) -> bool:
        """See `Line.is_cut`."""
        return self._cut.is_set()

    def send(self, prepared: Prepared) -> None:
        """See `Line.send`."""
        if not self._cut.is_set():
            self._queue.append(prepared)
            self._waiting_bytes += len(prepared.payload)
            self._has_work.set()

    def cut(self, code: int, reason: str) -> None:
        """End the line's work; the connection closes with it, and the code is lost when a send hangs."""
        self._cut.set()

    async def run(self) -> None:
        """Send what is queued until the line is cut or the client is gone."""
        async with asyncio.TaskGroup() as tasks:
            sender = tasks.create_task(self._send())
            try:
                await self._cut.wait()
            finally:
                sender.cancel()

    async def _send(self) -> None:
        try:
            while True:
                await self._has_work.wait()
                self._has_work.clear()
                while self._queue:
                    prepared = self._queue.popleft()
                    await self._socket.send_text(prepared.payload.decode())
                    self._waiting_bytes -= len(prepared.payload)
        except WebSocketDisconnect:
            self._cut.set()


def open_line(socket: WebSocket) -> Line:
    """Open the fastest line the server offers for an accepted socket."""
    fanout = _fanout(socket.scope)
    return TransportLine(fanout.transport, fanout.coding) if fanout is not None else SocketLine(socket)


def _fanout(scope: Scope) -> Fanout | None:
    fanout = (scope.get("extensions") or {}).get(FANOUT_EXTENSION)
    return fanout if isinstance(fanout, Fanout) else None
