"""The way down to one client: writes never block, and who does not read is cut off without hurting others."""

import asyncio
import os
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final, Protocol, runtime_checkable

from starlette.websockets import WebSocket, WebSocketDisconnect

from backend.room.frames import Prepared, close_frame

FANOUT_EXTENSION: Final = "livestall.fanout"
ABORT_AFTER_S: Final = 2.0


class Coding(Enum):
    """How messages lie in the frames of one connection."""

    PLAIN = "plain"
    DEFLATED = "deflated"  # permessage-deflate without context takeover of the server


class Line(Protocol):
    """Where a client's bytes go.

    Attributes:
        has_work: whether `run` must run for messages to leave.
    """

    has_work: bool

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


@runtime_checkable
class ReadyLine(Line, Protocol):
    """A line whose socket takes ready frames, a third cheaper than `send`: a large room lives by it.

    Attributes:
        coding: which of a message's ready frames the client reads.
        fd: the socket's descriptor, to which a ready frame may be written. None while anything sent before
            still waits: then only `send` will do.
    """

    coding: Coding
    fd: int | None

    def finish(self, frame: bytes, taken: int) -> None:
        """Send the rest of a frame of which the socket took only so many bytes."""

    def retire(self) -> None:
        """Take no ready frames from now on."""


class TransportLine:
    """Lets ready frames be written straight to the socket, past the transport while that holds nothing back.

    The protocol tells when the transport begins to hold something back and when all of it is gone (`pause`,
    `resume`), so no look at its buffer is needed before a frame. It has no work of its own: who is cut is
    disconnected within 2 s, which the socket's reader sees.
    """

    __slots__ = ("_is_cut", "_socket_fd", "_transport", "coding", "fd", "on_cut")
    has_work = False

    def __init__(self, transport: asyncio.Transport, coding: Coding = Coding.PLAIN) -> None:
        self._transport = transport
        self._socket_fd = _plain_fd(transport)
        self._is_cut = False
        self.on_cut: Callable[[int], None] | None = None
        self.coding = coding
        transport.set_write_buffer_limits(high=0)
        self.fd = None if transport.get_write_buffer_size() else self._socket_fd

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

    def finish(self, frame: bytes, taken: int) -> None:
        """See `ReadyLine.finish`."""
        self._transport.write(frame[taken:])

    def pause(self) -> None:
        """Take note that the transport holds something back: what is written past it would overtake that."""
        self.fd = None

    def resume(self) -> None:
        """Take note that the transport holds nothing back any more."""
        self.fd = self._socket_fd

    def retire(self) -> None:
        """See `ReadyLine.retire`; the next client may get the descriptor of a socket that is closed."""
        self._socket_fd = self.fd = None

    def cut(self, code: int, reason: str) -> None:
        """Send a close frame and hang up; the connection is dropped when it is not read within 2 s."""
        if self._is_cut:
            return
        self._is_cut = True
        if self.on_cut is not None:
            self.on_cut(code)
        self.retire()
        if not self._transport.is_closing():
            self._transport.write(close_frame(code, reason))
        self._transport.close()
        asyncio.get_running_loop().call_later(ABORT_AFTER_S, self._transport.abort)

    async def run(self) -> None:
        """See `Line.run`; returns at once."""


def _plain_fd(transport: asyncio.Transport) -> int | None:
    """Return the descriptor of the transport's bare socket, where there is one that takes plain writes."""
    is_selected = os.name == "posix" and isinstance(asyncio.get_running_loop(), asyncio.SelectorEventLoop)
    if not is_selected or transport.get_extra_info("sslcontext") is not None:
        return None
    fd: int = transport.get_extra_info("socket").fileno()
    return fd


class SocketLine:
    """The portable way, when the server gives no transport: a queue, and one `send` after the other."""

    has_work = True

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._queue: deque[Prepared] = deque()
        self._waiting_bytes = 0
        self._has_work = asyncio.Event()
        self._cut = asyncio.Event()
        self.on_cut: Callable[[int], None] | None = None

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
        if self.on_cut is not None and not self._cut.is_set():
            self.on_cut(code)
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
                    if prepared.is_text:
                        await self._socket.send_text(prepared.payload.decode())
                    else:
                        await self._socket.send_bytes(prepared.payload)
                    self._waiting_bytes -= len(prepared.payload)
        except WebSocketDisconnect:
            self._cut.set()


def open_line(socket: WebSocket, on_cut: Callable[[int], None] | None = None) -> Line:
    """Open the fastest line the server offers for an accepted socket.

    Args:
        socket: accepted.
        on_cut: called with the code when the line is cut.
    """
    offered = (socket.scope.get("extensions") or {}).get(FANOUT_EXTENSION)
    line = offered if isinstance(offered, TransportLine) else SocketLine(socket)
    line.on_cut = on_cut
    return line
