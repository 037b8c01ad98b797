"""uvicorn's WebSocket protocol that also hands out a line: one ready frame serves a whole room.

Writing to each socket costs a quarter of what `await websocket.send` costs, and a message deflated once
for all a fifth of one deflated for each. It leans on names that uvicorn and websockets do not promise;
`tests/backend/room/test_fanout_protocol.py` fails when they change. A room then falls back: to plain frames
where the extension was not negotiated as needed, to plain sends where no line is handed out.
"""

import asyncio
from collections.abc import Callable
from typing import cast

from typing_extensions import override
from uvicorn._types import ASGISendEvent
from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.http11 import Request

from backend.room.frames import WINDOW_BITS
from backend.room.line import FANOUT_EXTENSION, Coding, TransportLine

# No context is kept from message to message, of either side: shared frames may stand anywhere, and a
# connection holds no compressor (256 KB each by zlib's defaults).
_DEFLATE = ServerPerMessageDeflateFactory(
    server_no_context_takeover=True,
    client_no_context_takeover=True,
    server_max_window_bits=WINDOW_BITS,
)


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
    """

    on_lost: Callable[[], None]

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
        """Send, and take a refusal of the handshake for its end: uvicorn calls it an error in the log."""
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
        """Let nothing follow our close frame."""
        self._retire()
        super().shutdown()

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


def _nothing() -> None:
    """Do nothing."""
