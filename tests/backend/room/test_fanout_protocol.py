"""The contract with uvicorn and websockets: our ready frames reach real clients among the server's own."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from socket import SO_SNDBUF, SOL_SOCKET
from typing import ClassVar, cast

import pytest
from typing_extensions import override
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from backend.room.fanout_protocol import FRAMES_AT_ONCE, FanoutProtocol
from backend.room.frames import Prepared
from backend.room.hub import Hub, Lane
from backend.room.line import FANOUT_EXTENSION, SocketLine, TransportLine
from tests.backend.room.servers import Server

HALF_A_MEGABYTE = Prepared(b"x" * 512 * 1024)


@pytest.fixture(params=[FanoutProtocol, WebSocketsSansIOProtocol], ids=["ready frames", "plain sends"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with Server(request.param).running() as running:
        yield running


@pytest.fixture
async def fast_server() -> AsyncIterator[Server]:
    async with Server(FanoutProtocol).running() as running:
        yield running


async def test_uvicorn_hands_out_a_line(fast_server: Server) -> None:
    async with connect(fast_server.url, compression=None, proxy=None):
        line, _ = await fast_server.lines.get()
        assert isinstance(line, TransportLine), "uvicorn has changed: every send now costs four times as much"


async def test_without_such_a_line_plain_sends_do() -> None:
    async with (
        Server(WebSocketsSansIOProtocol).running() as plain,
        connect(plain.url, compression=None, proxy=None),
    ):
        line, _ = await plain.lines.get()
        assert isinstance(line, SocketLine)


@pytest.mark.parametrize("offers_compression", [None, "deflate"])
async def test_frames_arrive_whole_and_in_order(server: Server, offers_compression: str | None) -> None:
    async with connect(server.url, compression=offers_compression, proxy=None, max_size=None) as client:
        line, _ = await server.lines.get()
        sizes = [0, 1, 125, 126, 65535, 65536, 300_000]
        for size in sizes:
            line.send(Prepared(b"x" * size))
        received = [await client.recv() for _ in sizes]
        assert [len(message) for message in received] == sizes
        assert all(isinstance(message, str) for message in received)


async def test_ready_frames_mix_with_pings_of_the_server_and_of_the_client(fast_server: Server) -> None:
    async with connect(fast_server.url, compression=None, proxy=None) as client:
        line, _ = await fast_server.lines.get()
        for number in range(20):
            line.send(Prepared(b"%d" % number))
            await (await client.ping())
            assert await client.recv() == str(number)


async def test_a_cut_client_hears_the_code_after_what_was_sent(fast_server: Server) -> None:
    async with connect(fast_server.url, compression=None, proxy=None) as client:
        line, _ = await fast_server.lines.get()
        line.send(Prepared(b"last words"))
        line.cut(1013, "too slow; come back and resume")
        line.cut(1013, "again")
        line.send(Prepared(b"lost"))
        assert await client.recv() == "last words"
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1013, "too slow; come back and resume")
        assert await fast_server.ended.get() is line


async def test_what_a_client_does_not_read_is_seen_waiting(server: Server) -> None:
    async with connect(server.url, compression=None, proxy=None, max_queue=1) as client:
        line, _ = await server.lines.get()
        assert line.waiting_bytes == 0
        client.transport.pause_reading()
        for _ in range(20):
            line.send(HALF_A_MEGABYTE)
            await asyncio.sleep(0)
        assert line.waiting_bytes > 1024 * 1024
        client.transport.abort()


async def test_a_client_that_never_reads_is_dropped_soon_after_the_cut(fast_server: Server) -> None:
    async with connect(fast_server.url, compression=None, proxy=None, max_queue=1) as client:
        line, _ = await fast_server.lines.get()
        client.transport.pause_reading()
        for _ in range(20):
            line.send(HALF_A_MEGABYTE)
        line.cut(1013, "too slow")
        assert line.waiting_bytes > 0
        async with asyncio.timeout(10):
            assert await fast_server.ended.get() is line
        assert line.waiting_bytes == 0
        client.transport.abort()


async def test_a_client_that_goes_while_we_send_is_noticed(server: Server) -> None:
    async with connect(server.url, compression=None, proxy=None) as client:
        line, _ = await server.lines.get()
        client.transport.abort()
        for _ in range(3):
            line.send(Prepared(b"x"))
        async with asyncio.timeout(10):
            assert await server.ended.get() is line
        line.send(Prepared(b"x"))


async def test_frames_stay_whole_and_in_order_when_a_client_reads_by_fits_and_starts(
    fast_server: Server,
) -> None:
    hub = Hub(time.monotonic)
    async with connect(fast_server.url, compression=None, proxy=None, max_queue=1) as client:
        line, socket = await fast_server.lines.get()
        assert isinstance(line, TransportLine)
        line._transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, 64 * 1024)
        hub.subscribe(line)
        waited = False
        for start in range(0, 300, 30):
            client.transport.pause_reading()
            sent = [f"{number:05}" * 6_000 for number in range(start, start + 30)]
            for number, text in enumerate(sent):
                prepared = Prepared(text.encode())
                if number % 7 == 0:
                    line.send(prepared)
                elif number % 11 == 0 and line.fd is not None:
                    await socket.send_text(text)
                else:
                    hub.publish(prepared, Lane.RELIABLE)
                    await hub.drain()
                waited = waited or line.fd is None
            client.transport.resume_reading()
            assert [await client.recv() for _ in sent] == sent
            assert line.fd is not None, "what waited is gone, so frames may go past the transport again"
        assert waited
    async with asyncio.timeout(10):
        await fast_server.ended.get()


class Watched(FanoutProtocol):
    """Keeps whether the line could still be written to after each goodbye of ours."""

    was_open: ClassVar[list[bool]] = []

    @override
    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._look()

    @override
    def shutdown(self) -> None:
        super().shutdown()
        self._look()

    def _look(self) -> None:
        line = cast("dict[str, object]", self.scope["extensions"])[FANOUT_EXTENSION]
        assert isinstance(line, TransportLine)
        self.was_open.append(line.fd is not None)


@pytest.mark.parametrize("first", ["client", "server"])
async def test_no_ready_frame_follows_our_goodbye(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watched, "was_open", [])
    async with AsyncExitStack() as clients, Server(Watched).running() as server:
        client = await clients.enter_async_context(connect(server.url, compression=None, proxy=None))
        line, _ = await server.lines.get()
        assert isinstance(line, TransportLine)
        assert line.fd is not None
        if first == "client":
            await client.close()
    assert Watched.was_open == [False]


async def test_a_client_that_is_gone_is_written_to_no_more(fast_server: Server) -> None:
    async with connect(fast_server.url, compression=None, proxy=None) as client:
        line, _ = await fast_server.lines.get()
        assert isinstance(line, TransportLine)
        client.transport.abort()
        async with asyncio.timeout(10):
            await fast_server.ended.get()
        line.resume()
        assert line.fd is None, "the next client may get the descriptor of this one's socket"


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG, Opcode.CONT])
async def test_a_client_that_floods_with_frames_that_are_no_message_is_cut(
    fast_server: Server, opcode: Opcode
) -> None:
    begun = b"" if opcode is not Opcode.CONT else Frame(Opcode.TEXT, b"", fin=False).serialize(mask=True)
    one = Frame(opcode, b"", fin=opcode is not Opcode.CONT).serialize(mask=True)
    async with connect(fast_server.url, compression=None, proxy=None) as client:
        client.transport.write(begun + one * (FRAMES_AT_ONCE - 1))
        await (await client.ping())
        client.transport.write(one * 10_000)
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008
