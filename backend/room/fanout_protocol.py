"""uvicorn's WebSocket protocol that also hands out a line: one ready frame serves a whole room.

Writing to each socket costs a quarter of what `await websocket.send` costs, and a message deflated once
for all a fifth of one deflated for each. It leans on names that uvicorn and websockets do not promise;
`tests/backend/room/test_fanout_protocol.py` fails when they change. A room then falls back: to plain frames
where the extension was not negotiated as needed, to plain sends where no line is handed out.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final, cast

from typing_extensions import override
from uvicorn._types import ASGISendEvent
from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State

from backend.limits import TokenBucket
from backend.room.frames import WINDOW_BITS
from backend.room.line import FANOUT_EXTENSION, Coding, TransportLine

# No context is kept from message to message, of either side: shared frames may stand anywhere, and a
# connection holds no compressor (256 KB each by zlib's defaults).
_DEFLATE = ServerPerMessageDeflateFactory(
    server_no_context_takeover=True,
    client_no_context_takeover=True,
    server_max_window_bits=WINDOW_BITS,
)

# Fed to the parser at once: so many frames can come before anybody counts.
PIECE_BYTES: Final = 4096
# Of frames that are no message (pings, pongs, parts after the first) a client may send so many: browsers send
# none, programs a ping now and then, and proxies cut a long message into a few.
FRAMES_PER_SECOND: Final = 10.0
FRAMES_AT_ONCE: Final = 200
POLICY_VIOLATION: Final = 1008
TOO_MANY_FRAMES: Final = "too many frames that are no message"


class Inbox:
    """What `asyncio.Queue` does for one reader, without its three deques and its event: 3 KB a connection."""

    __slots__ = ("_messages", "_waiting")

    def __init__(self) -> None:
        self._messages: list[object] = []
        self._waiting: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        """Return whether nothing is there."""
        return not self._messages

    def put_nowait(self, message: object) -> None:
        """Add a message."""
        self._messages.append(message)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def get(self) -> object:
        """Take the oldest message, when there is one; one reader at a time."""
        while not self._messages:
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        return self._messages.pop(0)


class FanoutProtocol(WebSocketsSansIOProtocol):
    """Give it to uvicorn as `ws`; it offers permessage-deflate (RFC 7692) by itself.

    Attributes:
        on_lost: called when the connection is gone.
        on_refused: called with code and reason where a client breaks the limits of this class.
    """

    on_lost: Callable[[], None]
    on_refused: Callable[[int, str], None]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn.available_extensions = [_DEFLATE]
        self.queue = Inbox()  # type: ignore[assignment]
        self._line: TransportLine | None = None
        self.on_lost = _nothing
        self.on_refused = _nobody_told
        self._is_refused = False
        self._frames: TokenBucket | None = None  # few clients ever need one

    @override
    def data_received(self, data: bytes) -> None:
        """Feed the parser piece by piece, as long as not too many frames come that are no message."""
        for start in range(0, len(data), PIECE_BYTES):
            if not self._is_refused:
                super().data_received(data[start : start + PIECE_BYTES])

    def _is_let_through(self) -> bool:
        if self._is_refused:
            return False
        if self._frames is None:
            self._frames = TokenBucket(per_second=FRAMES_PER_SECOND, burst=FRAMES_AT_ONCE)
        if self._frames.take(time.monotonic()) == 0:
            return True
        self._is_refused = True
        self.on_refused(POLICY_VIOLATION, TOO_MANY_FRAMES)
        self.conn.fail(POLICY_VIOLATION, TOO_MANY_FRAMES)
        self.handle_parser_exception()
        return False

    @override
    def handle_cont(self, event: Frame) -> None:
        """Take in a part of a message."""
        if self._is_let_through():
            super().handle_cont(event)

    @override
    def handle_ping(self) -> None:
        """Answer a ping."""
        if self._is_let_through():
            super().handle_ping()

    @override
    def handle_pong(self, event: Frame) -> None:
        """Take in a pong."""
        if self._is_let_through():
            super().handle_pong(event)

    @override
    def handle_connect(self, event: Request) -> None:
        """Put the line in the scope's extensions before the application sees it."""
        super().handle_connect(event)
        scope = getattr(self, "scope", None)
        transport = getattr(self, "transport", None)
        if scope is not None and isinstance(transport, asyncio.Transport):
            self._line = TransportLine(transport, self._coding())
            cast("dict[str, object]", scope["extensions"])[FANOUT_EXTENSION] = self._line

    @override
    def send_receive_event_to_app(self) -> None:
        """Hand a message on as bytes; close with 1007 where a text is none (RFC 6455 §8.1)."""
        if self.curr_msg_data_type == "text":
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.conn.fail(1007, "expected UTF-8")
                self.handle_parser_exception()
                return
            self.curr_msg_data_type = "bytes"
        super().send_receive_event_to_app()

    @override
    async def send(self, message: ASGISendEvent) -> None:
        """Send, and take a rejection of the handshake for its end: uvicorn calls it an error in the log."""
        await super().send(message)
        if self.initial_response is not None and self.close_sent:
            self.handshake_complete = True

    @override
    def pause_writing(self) -> None:
        """Tell the line, for which it is called as soon as anything waits."""
        if self._line is not None:
            self._line.pause()
        super().pause_writing()

    @override
    def resume_writing(self) -> None:
        """Tell the line, for which it is called when nothing waits any more."""
        if self._line is not None:
            self._line.resume()
        super().resume_writing()

    @override
    def handle_close(self, event: Frame) -> None:
        """Let nothing follow our close frame (RFC 6455 §5.5.1)."""
        self._retire()
        super().handle_close(event)

    @override
    def shutdown(self) -> None:
        """Let nothing follow our close frame; where one was sent already, there is none to send."""
        self._retire()
        if self.conn.state in {State.CONNECTING, State.OPEN}:
            super().shutdown()
        else:
            self.stop_keepalive()
            self.transport.close()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Let nothing be written to the socket, which closes next."""
        self._retire()
        super().connection_lost(exc)
        self.on_lost()

    @override
    def start_keepalive(self) -> None:
        """Forget the handshake, now that it is done: it holds 3 KB of headers a connection."""
        super().start_keepalive()
        del self.request
        del self.response

    def _retire(self) -> None:
        if self._line is not None:
            self._line.retire()

    def _coding(self) -> Coding:
        """Deflated frames only where no message refers to an earlier one: Chromium breaks otherwise."""
        for extension in self.conn.extensions:
            if isinstance(extension, PerMessageDeflate) and extension.local_no_context_takeover:
                return Coding.DEFLATED if extension.local_max_window_bits >= WINDOW_BITS else Coding.PLAIN
        return Coding.PLAIN


def _nobody_told(_code: int, _reason: str) -> None:
    """Stand in for `on_refused`."""


def _nothing() -> None:
    """Do nothing."""
