"""One deflated frame for all, read by a foreign client and a real Chromium, among the server's own."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.websockets import WebSocket
from typing_extensions import override
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.base import ClientExtensionFactory
from websockets.extensions.permessage_deflate import (
    ClientPerMessageDeflateFactory,
    ServerPerMessageDeflateFactory,
)
from websockets.http11 import Request

from backend.contract.protocol import MAX_CLIENT_MESSAGE_BYTES
from backend.room.fanout_protocol import FanoutProtocol
from backend.room.frames import Prepared
from backend.room.line import Line, TransportLine
from tests.backend.room.servers import Server
from tests.support.browser import open_browser

MESSAGES = 60


class WithContext(FanoutProtocol):
    """What uvicorn negotiates by itself: each side compresses with what it said before in mind."""

    @override
    def handle_connect(self, event: Request) -> None:
        self.conn.available_extensions = [ServerPerMessageDeflateFactory()]
        super().handle_connect(event)


def text(number: int) -> str:
    """A message that repeats most of the one before, so that a wrong window shows."""
    return f"{number}:" + "主播 这个 多少钱 有货吗 已拍 " * (20 + number % 7)


async def say_all(line: Line, socket: WebSocket) -> None:
    """Mix the server's own messages with ready frames, in turns."""
    for number in range(MESSAGES):
        if number % 3 == 0:
            await socket.send_text(text(number))
        else:
            line.send(Prepared(text(number).encode()))


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with Server(FanoutProtocol).running() as running:
        yield running


def client(server: Server, *offers: ClientExtensionFactory) -> connect:
    return connect(server.url, compression=None, extensions=list(offers) or None, proxy=None)


def agreed(socket: ClientConnection) -> set[str]:
    assert socket.response is not None
    return set(socket.response.headers.get("Sec-WebSocket-Extensions", "").split("; "))


async def reads_all(server: Server, socket: ClientConnection) -> None:
    line, served = await server.lines.get()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(say_all(line, served))
        assert [await socket.recv() for _ in range(MESSAGES)] == [text(number) for number in range(MESSAGES)]


async def test_nothing_is_carried_from_message_to_message_on_either_side(server: Server) -> None:
    async with connect(server.url, proxy=None) as socket:
        parameters = agreed(socket)
    assert {"permessage-deflate", "server_no_context_takeover", "client_no_context_takeover"} <= parameters


async def test_shared_frames_mix_with_the_servers_own_messages(server: Server) -> None:
    async with connect(server.url, proxy=None) as socket:
        await reads_all(server, socket)


async def test_a_shared_frame_is_smaller_on_the_wire(server: Server) -> None:
    async with connect(server.url, proxy=None) as socket:
        line, _ = await server.lines.get()
        message = Prepared(text(1).encode())
        socket.transport.pause_reading()
        before = line.waiting_bytes
        for _ in range(20_000):
            line.send(message)
        waiting = line.waiting_bytes - before
        plain = 20_000 * len(message.frame)
        assert isinstance(line, TransportLine)
        assert waiting < plain / 4
        socket.transport.abort()


@pytest.mark.parametrize(
    ("what", "offers"),
    [
        ("no compression", ()),
        ("a window too small for shared frames", (ClientPerMessageDeflateFactory(server_max_window_bits=9),)),
    ],
)
async def test_who_cannot_inflate_shared_frames_gets_plain_ones(
    server: Server, what: str, offers: tuple[ClientExtensionFactory, ...]
) -> None:
    async with client(server, *offers) as socket:
        await reads_all(server, socket)


@pytest.mark.parametrize(
    "offer",
    [
        ClientPerMessageDeflateFactory(),
        ClientPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True),
        ClientPerMessageDeflateFactory(server_max_window_bits=12, client_max_window_bits=9),
        ClientPerMessageDeflateFactory(client_max_window_bits=True),
    ],
)
async def test_every_usual_offer_is_served(server: Server, offer: ClientExtensionFactory) -> None:
    async with client(server, offer) as socket:
        assert "permessage-deflate" in agreed(socket)
        await reads_all(server, socket)


async def test_where_context_is_kept_the_frames_stay_plain_and_readable() -> None:
    async with Server(WithContext).running() as server, connect(server.url, proxy=None) as socket:
        assert "server_no_context_takeover" not in agreed(socket)
        await reads_all(server, socket)


async def test_a_message_that_inflates_beyond_the_limit_ends_the_connection() -> None:
    limits = {"ws_max_size": MAX_CLIENT_MESSAGE_BYTES}
    async with (
        Server(FanoutProtocol, limits).running() as server,
        connect(server.url, proxy=None) as socket,
    ):
        await socket.send("x" * 10_000_000)
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


CHROMIUM_READS = """([url, count]) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  const heard = [];
  const end = (how) => resolve({ how, heard, extensions: socket.extensions });
  socket.onmessage = (message) => {
    heard.push(message.data);
    socket.send(message.data);
    if (heard.length === count) end("all");
  };
  socket.onclose = (closed) => end(`closed ${closed.code}`);
})"""


@pytest.mark.parametrize("protocol", [FanoutProtocol, WithContext], ids=["shared", "with context"])
async def test_a_real_chromium_reads_every_message_and_answers(protocol: type[FanoutProtocol]) -> None:
    async with Server(protocol).running() as server, open_browser() as browser:
        page = await browser.new_page()
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(page.evaluate(CHROMIUM_READS, [server.url, MESSAGES]))
            line, socket = await server.lines.get()
            await say_all(line, socket)
        result = reading.result()
        assert result["how"] == "all"
        assert result["heard"] == [text(number) for number in range(MESSAGES)]
        assert "permessage-deflate" in result["extensions"]
        echoed = [await server.heard.get() for _ in range(MESSAGES)]
        assert echoed == result["heard"]
