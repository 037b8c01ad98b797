import asyncio
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.relay.messages import (
    ReadStats,
    Ready,
    Stats,
    WorkerOptions,
    decode_from_worker,
    encode_frame,
    encode_options,
    read_frame,
)
from backend.relay.worker import EXIT_CANNOT_START, LAG_MEMORY_S, LoopLag


@asynccontextmanager
async def worker(first_line: bytes) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.relay.worker", stdin=PIPE, stderr=PIPE
    )
    try:
        assert process.stdin is not None
        process.stdin.write(first_line + b"\n")
        await process.stdin.drain()
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: Process) -> tuple[int, str]:
    async with asyncio.timeout(20):
        _, said = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_a_worker_answers_and_ends_when_its_control_socket_closes() -> None:
    connected: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    async with await asyncio.start_server(lambda *pair: connected.put(pair), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        options = WorkerOptions("the secret", port, ["127.0.0.1"])
        async with worker(encode_options(options)) as process, asyncio.timeout(20):
            reader, writer = await connected.get()
            ready = decode_from_worker(await read_frame(reader))
            assert isinstance(ready, Ready)
            assert (ready.secret, ready.pid) == ("the secret", process.pid)
            writer.write(encode_frame(ReadStats(7)))
            stats = decode_from_worker(await read_frame(reader))
            assert isinstance(stats, Stats)
            assert (stats.request_id, stats.worker.udp_port, stats.rooms) == (7, ready.udp_port, [])
            writer.close()
            assert (await ended(process))[0] == 0


async def test_options_that_are_none_are_refused_in_words() -> None:
    async with worker(b"hello") as process:
        code, said = await ended(process)
        assert code == EXIT_CANNOT_START
        assert "options as one line of JSON" in said
        assert "Traceback" not in said


async def test_a_taken_udp_port_is_named() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        udp_port = taken.getsockname()[1]
        async with await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            options = WorkerOptions("s", port, ["127.0.0.1"], udp_port=udp_port)
            async with worker(encode_options(options)) as process:
                code, said = await ended(process)
                assert code == EXIT_CANNOT_START
                assert f"127.0.0.1:{udp_port} cannot be bound" in said
                assert "Traceback" not in said


async def test_a_backend_that_is_not_there_ends_the_worker() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with worker(encode_options(WorkerOptions("s", port, ["127.0.0.1"]))) as process:
        code, said = await ended(process)
        assert code == EXIT_CANNOT_START
        assert "cannot start" in said


def test_lag_is_told_at_its_worst_and_at_its_steadiest() -> None:
    lag = LoopLag()
    assert (lag.worst_ms(), lag.steady_ms()) == (0, 0)
    for tick in range(10):
        lag.measure(wanted=tick / 10, now=tick / 10 + (0.5 if tick == 4 else 0.01))
    assert round(lag.worst_ms()) == 500
    assert round(lag.steady_ms()) == 10, "one hiccup is no overload"
    for tick in range(20):
        lag.measure(wanted=10 + tick / 10, now=10 + tick / 10 + 0.3)
    assert round(lag.steady_ms()) == 300
    lag.measure(wanted=20 + LAG_MEMORY_S, now=20 + LAG_MEMORY_S)
    assert lag.worst_ms() == 0, "what is long past is forgotten"
