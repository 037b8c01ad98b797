"""uvicorn's HTTP protocol with limits: how long a request may be, how long it may take, how many may come.

What goes beyond is answered where the client still listens, counted, and its connection closed. It leans on
names that uvicorn does not promise; `tests/backend/http/test_protocol.py` fails when they change.
"""

import asyncio
from enum import Enum, auto
from functools import partial
from typing import Final

import httptools
from typing_extensions import override
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from backend.http.gate import Fault, Gate
from backend.room.fanout_protocol import FanoutProtocol

# Fed to the parser at once: as much more than `header_bytes` can it hold before anybody counts.
PIECE_BYTES: Final = 4096
# Who still sends when refused must not lose the answer to a reset (RFC 9112 §9.6).
LINGER_S: Final = 1.0
LINGER_BYTES: Final = 256 * 1024
MAX_PIPELINED: Final = 8
# What the websockets library takes of a line; beyond, it would neither answer nor hang up.
MAX_HANDSHAKE_LINE: Final = 8000


class _Phase(Enum):
    IDLE = auto()
    HEAD = auto()
    BODY = auto()
    OVER = auto()


class LimitedHttpProtocol(HttpToolsProtocol):
    """Give it to uvicorn as `http`, with the gate bound."""

    def __init__(
        self,
        gate: Gate,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._gate = gate
        self._phase = _Phase.IDLE
        self._fault: Fault | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._bytes = 0
        self._most = gate.limits.body_bytes
        self._lingered = 0

    @property
    def _host(self) -> str:
        return self.client[0] if self.client else ""

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count it, and hang up where there are too many of its address."""
        super().connection_made(transport)
        most, there = self._gate.limits.connections_per_address, self._gate.enter(self._host)
        if there > 2 * most:  # not even an answer: it would keep the connection for a moment
            self._hang_up(Fault.CONNECTIONS)
            transport.abort()
        elif there > most:
            self._refuse(Fault.CONNECTIONS)
        else:
            self._expect(self._gate.limits.head_within_s)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self._gate.leave(self._host)
        self._stop_waiting()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        """Feed the parser piece by piece, as long as nothing is beyond a limit."""
        self._unset_keepalive_if_required()
        if self._is_over:
            self._linger(data)
            return
        if self._phase is _Phase.IDLE and self._deadline is None:
            self._expect(self._gate.limits.head_within_s)
        for start in range(0, len(data), PIECE_BYTES):
            if not self._is_over:
                self._feed(data[start : start + PIECE_BYTES])

    def _feed(self, piece: bytes) -> None:
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade:
            # Of another protocol than WebSocket we speak none: the request was taken as HTTP/1.1.
            if self._should_upgrade() and self._fault is None:
                self._upgrade()
                return
        except httptools.HttpParserError:
            self._fault = self._fault or Fault.MALFORMED
        self._bytes += len(piece)
        self._fault = self._fault or self._fault_of_length()
        if self._fault is not None:
            self._refuse(self._fault)

    def _fault_of_length(self) -> Fault | None:
        # As it was sent: what stands between the chunks of a body and after it costs memory too.
        limits = self._gate.limits
        if self._phase is _Phase.HEAD and self._bytes > limits.header_bytes:
            return Fault.HEAD_LONG
        if self._phase is _Phase.BODY and self._bytes > self._most + PIECE_BYTES:
            return Fault.BODY_LONG
        return None

    # --- What the parser tells ---

    @override
    def on_message_begin(self) -> None:
        """Expect the head of a request."""
        super().on_message_begin()
        self._phase, self._bytes = _Phase.HEAD, 0

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header, as far as there may be more."""
        if len(self.headers) < self._gate.limits.header_count:
            super().on_header(name, value)
        else:
            self._fault = self._fault or Fault.HEAD_LONG

    @override
    def on_headers_complete(self) -> None:
        """Let the application begin, where the head is within the limits."""
        self._most, within_s = self._gate.most_of(self.url)
        self._fault = self._fault or self._fault_of_head()
        if self._fault is None:
            self._phase, self._bytes = _Phase.BODY, 0
            self._expect(within_s)
            super().on_headers_complete()

    def _fault_of_head(self) -> Fault | None:
        limits = self._gate.limits
        lengths = [len(name) + len(value) + 4 for name, value in self.headers]
        if len(self.url) + sum(lengths) > limits.header_bytes:
            return Fault.HEAD_LONG
        if self.parser.should_upgrade() and max(len(self.url), *lengths) > MAX_HANDSHAKE_LINE:
            return Fault.HEAD_LONG
        told = next((value for name, value in self.headers if name == b"content-length"), b"0")
        if not told.isdigit() or int(told) > self._most:
            return Fault.BODY_LONG
        return Fault.PIPELINED if len(self.pipeline) >= MAX_PIPELINED else None

    @override
    def on_body(self, body: bytes) -> None:
        """Hand a part of the body on, where a handler takes it."""
        if self._fault is None:
            super().on_body(body)

    @override
    def on_message_complete(self) -> None:
        """Expect nothing more."""
        if self._fault is None:
            self._phase = _Phase.IDLE
            self._stop_waiting()
            super().on_message_complete()
            if self.cycle is not None and self.cycle.response_complete:
                # Answered before all of it was there: uvicorn's own timer ended when the rest came.
                self._expect(self._gate.limits.idle_s)

    # --- How it ends ---

    def _upgrade(self) -> None:
        self._stop_waiting()
        self._phase = _Phase.OVER
        if not self.url.isascii():
            self._refuse(Fault.MALFORMED)
            return
        self.handle_websocket_upgrade()
        protocol = self.transport.get_protocol()
        if isinstance(protocol, FanoutProtocol):
            # Not a lambda: it would keep this protocol, its parser and all headers for as long as the socket.
            protocol.on_lost = partial(self._gate.leave, self._host)
            protocol.on_refused = partial(self._gate.note_cut, self._host)
            if not protocol.handshake_initiated:  # such as a POST: it would neither answer nor hang up
                self.transport.write(Fault.MALFORMED.answer())
                self._hang_up(Fault.MALFORMED)
                self.transport.close()

    def _expect(self, within_s: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(within_s, self._on_late)

    def _on_late(self) -> None:
        if self._phase is _Phase.IDLE:  # a browser's spare connection, not a late request
            self.transport.close()
        else:
            self._refuse(Fault.HEAD_LATE if self._phase is _Phase.HEAD else Fault.BODY_LATE)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, fault: Fault) -> None:
        """Answer, where no other answer is under way, and hang up."""
        may_answer = self._is_free
        self._hang_up(fault)
        if self.transport.is_closing():
            return
        if not may_answer:
            self.transport.close()
            return
        self.transport.write(fault.answer())
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._deadline = self.loop.call_later(LINGER_S, self.transport.close)

    @property
    def _is_over(self) -> bool:
        return self._phase is _Phase.OVER

    @property
    def _is_free(self) -> bool:
        if self.cycle is None or self.cycle.response_complete:
            return self._phase is not _Phase.BODY  # else it has its answer, and only its body was to come
        return self._phase is _Phase.BODY and not self.cycle.response_started and not self.pipeline

    def _hang_up(self, fault: Fault) -> None:
        self._stop_waiting()
        self._unset_keepalive_if_required()
        self._phase = _Phase.OVER
        self._gate.rejections.count(fault.word, fault.message, self._host)
        if self.cycle is not None and not self.cycle.response_complete:
            # The handler of the request hears that its client is gone.
            self.cycle.disconnected = True
            self.cycle.message_event.set()

    def _linger(self, data: bytes) -> None:
        self._lingered += len(data)
        if self._lingered > LINGER_BYTES:
            self.transport.abort()
