"""The contract with uvicorn and websockets: our ready frames reach real clients among the server's own."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from backend.room.fanout_protocol import FanoutProtocol
from backend.room.frames import Prepared
from backend.room.line import SocketLine, TransportLine
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


async def test_uvicorn_hands_out_its_transport(fast_server: Server) -> None:
    async with connect(fast_server.url, compression=None, proxy=None):
        line, _ = await fast_server.lines.get()
        assert isinstance(line, TransportLine), "uvicorn has changed: every send now costs four times as much"


async def test_without_the_transport_plain_sends_do() -> None:
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
