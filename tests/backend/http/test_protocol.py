"""Requests that are too long, too slow or too many, byte by byte over real sockets."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from backend.http.protocol import MAX_PIPELINED, LimitedHttpProtocol
from backend.limits import HttpLimits
from backend.options import ServeOptions
from tests.backend.running import PATIENCE_S, RunningBackend, running_backend

GET = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SLOW = HttpLimits(head_within_s=0.05, body_within_s=0.05)


class Raw:
    """One connection, byte by byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def send_many(self, data: bytes, times: int) -> None:
        for _ in range(times):
            await self.send(data)

    async def status(self) -> int:
        """Read the head of an answer and what follows it, and return its status."""
        async with asyncio.timeout(PATIENCE_S):
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            await self._reader.readexactly(int(length.split(b":")[1]))
        return int(head.split()[1])

    async def until_closed(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            try:
                assert await self._reader.read() == b""
            except ConnectionError:
                return


@asynccontextmanager
async def raw(backend: RunningBackend) -> AsyncIterator[Raw]:
    host, _, port = backend.address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield Raw(reader, writer)
    finally:
        writer.transport.abort()


@asynccontextmanager
async def limited(folder: Path, limits: HttpLimits) -> AsyncIterator[RunningBackend]:
    async with running_backend(folder, ServeOptions(limits=limits)) as backend:
        yield backend


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (GET + b"\r\n", 200),
        (GET + b"A: b\r\n" * 62 + b"\r\n", 200),
        (GET + b"A: b\r\n" * 64 + b"\r\n", 431),
        (GET + b"A: " + b"b" * 15_000 + b"\r\n\r\n", 200),
        (GET + b"A: " + b"b" * 17_000 + b"\r\n\r\n", 431),
        (GET + b"A: " + b"b" * 17_000, 431),
        (b"GET /" + b"x" * 17_000, 431),
        (GET + b"A: b\r\n" * 20_000, 431),
        (b"nonsense\r\n\r\n", 400),
        (b"GET /\xff HTTP/1.1\r\n\r\n", 400),
        (b"POST /api/rooms/main/assist HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999\r\n\r\n", 413),
        (b"POST /api/rooms/main/assist HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999\r\n\r\n", 0),
        (
            b"POST /api/rooms/main/assist HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"1\r\n{\r\n0\r\nX: " + b"x" * 200_000,
            413,
        ),
    ],
)
async def test_a_request_beyond_the_limits_gets_its_status_and_the_others_their_answer(
    backend: RunningBackend, request_bytes: bytes, status: int
) -> None:
    async with raw(backend) as client:
        await client.send(request_bytes)
        if status:
            assert await client.status() == status
        if status not in {0, 200}:
            await client.until_closed()
    assert (await backend.http.get("/healthz")).text == "ok"


async def test_an_endless_header_is_not_kept(backend: RunningBackend) -> None:
    gc.collect()
    before = psutil.Process().memory_info().rss
    async with raw(backend) as client:
        await client.send(GET + b"A: ")
        with pytest.raises(ConnectionError):
            await client.send_many(b"b" * 256 * 1024, 1000)
    assert psutil.Process().memory_info().rss - before < 32 * 1024 * 1024


@pytest.mark.parametrize(
    "half",
    [
        GET,
        b"G",
        b"POST /api/rooms/main/assist HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\n{",
        b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nContent-Length: 9\r\n\r\n{",
    ],
)
async def test_a_half_sent_request_is_hung_up_on(tmp_path: Path, half: bytes) -> None:
    async with limited(tmp_path, SLOW) as backend, raw(backend) as client:
        await client.send(half)
        assert await client.status() == (405 if half.startswith(b"POST /healthz") else 408)
        await client.until_closed()


@pytest.mark.parametrize("before", [b"", b"\r\n", b"\r\n" * 50])
async def test_a_spare_connection_is_hung_up_on_without_a_word(
    tmp_path: Path, before: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with limited(tmp_path, SLOW) as backend, raw(backend) as client:
        await client.send(before)
        await client.until_closed()
    assert not caplog.records


async def test_a_used_connection_that_says_next_to_nothing_is_hung_up_on(tmp_path: Path) -> None:
    async with limited(tmp_path, HttpLimits(head_within_s=0.05)) as backend, raw(backend) as client:
        await client.send(GET + b"\r\n")
        assert await client.status() == 200
        await client.send(b"\r\n")
        await client.until_closed()


async def test_a_body_that_comes_after_its_answer_leaves_no_connection_open(tmp_path: Path) -> None:
    async with limited(tmp_path, HttpLimits(idle_s=1)) as backend, raw(backend) as client:
        await client.send(b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n")
        assert await client.status() == 405
        await client.send(b"{}")
        await client.until_closed()


async def test_requests_one_after_the_other_are_answered_in_turn(backend: RunningBackend) -> None:
    async with raw(backend) as client:
        await client.send((GET + b"\r\n") * MAX_PIPELINED)
        assert [await client.status() for _ in range(MAX_PIPELINED)] == [200] * MAX_PIPELINED


async def test_a_thousand_requests_at_once_are_not_queued(backend: RunningBackend) -> None:
    async with raw(backend) as client:
        await client.send((GET + b"\r\n") * 1000)
        async with asyncio.timeout(PATIENCE_S):
            answers = await client._reader.read()
    assert answers.count(b"HTTP/1.1 200") <= MAX_PIPELINED + 1


async def test_an_address_has_so_many_connections_and_gets_them_back(tmp_path: Path) -> None:
    async with limited(tmp_path, HttpLimits(connections_per_address=3)) as backend:
        async with raw(backend) as one, raw(backend), raw(backend), raw(backend) as fourth:
            assert await fourth.status() == 429
            await fourth.until_closed()
            await one.send(GET + b"\r\n")
            assert await one.status() == 200
        await until_there_is_room(backend)


async def test_a_socket_keeps_its_place_until_it_is_closed(tmp_path: Path) -> None:
    limits = HttpLimits(connections_per_address=1, idle_s=1)
    async with limited(tmp_path, limits) as backend:
        admission = await backend.enter()
        await backend.http.aclose()
        async with backend.open(admission) as viewer:
            await viewer.join()
            async with raw(backend) as another:
                assert await another.status() == 429
        await until_there_is_room(backend)


async def until_there_is_room(backend: RunningBackend) -> None:
    """Try until who was there is gone for the server too."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with raw(backend) as client:
                await client.send(GET + b"\r\n")
                if await client.status() == 200:
                    return


HANDSHAKE = (
    b"GET /ws/rooms/main?ticket=x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
    b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.mark.parametrize(
    ("handshake", "status"),
    [
        (HANDSHAKE + b"\r\n", 403),
        (HANDSHAKE.replace(b"GET", b"POST") + b"\r\n", 405),
        (HANDSHAKE.replace(b"ticket=x", b"ticket=\xff") + b"\r\n", 400),
        (HANDSHAKE + b"Cookie: " + b"x" * 9_000 + b"\r\n\r\n", 431),
        (HANDSHAKE.replace(b"13", b"12") + b"\r\n", 400),
        (HANDSHAKE.replace(b"websocket", b"h2c") + b"\r\n", 404),
    ],
)
async def test_a_handshake_that_cannot_be_is_refused_without_a_traceback(
    backend: RunningBackend, handshake: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with raw(backend) as client:
        await client.send(handshake)
        async with asyncio.timeout(PATIENCE_S):
            head = await client._reader.readuntil(b"\r\n")
    assert int(head.split()[1]) == status
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


async def test_a_handshake_that_the_library_below_cannot_read_is_refused(tmp_path: Path) -> None:
    async with limited(tmp_path, HttpLimits(header_count=500)) as backend, raw(backend) as client:
        await client.send(HANDSHAKE + b"A: b\r\n" * 200 + b"\r\n")
        assert await client.status() == 400
        await client.until_closed()


async def test_a_socket_keeps_nothing_of_the_request_that_opened_it(backend: RunningBackend) -> None:
    async with backend.client() as viewer:
        await viewer.join()
        gc.collect()
        kept = [one for one in gc.get_objects() if isinstance(one, LimitedHttpProtocol)]
        assert [one for one in kept if one.transport and one.transport.get_protocol() is not one] == []
