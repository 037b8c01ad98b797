import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.egress.messages import (
    EgressOptions,
    InitMade,
    Listening,
    decode_made,
    encode_egress_options,
)
from backend.egress.process import EXIT_CANNOT_START
from backend.relay.messages import read_frame
from tests.support.feeding import Feeder

SECRET = "the secret"


@asynccontextmanager
async def process(first_line: bytes) -> AsyncIterator[Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.egress.process", stdin=PIPE, stdout=PIPE
    )
    try:
        assert child.stdin is not None
        child.stdin.write(first_line + b"\n")
        await child.stdin.drain()
        async with asyncio.timeout(60):
            yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def port_of(child: Process) -> int:
    assert child.stdout is not None
    listening = decode_made(await read_frame(child.stdout))
    assert isinstance(listening, Listening)
    return listening.port


async def test_a_stranger_feeds_it_nothing() -> None:
    async with process(encode_egress_options(EgressOptions(SECRET))) as child:
        port = await port_of(child)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"x" * 200)
        assert await reader.read() == b""
        writer.close()
        await Feeder().open("main", port, SECRET)
        assert child.stdout is not None
        assert isinstance(decode_made(await read_frame(child.stdout)), InitMade)


async def test_the_process_ends_with_its_stdin() -> None:
    async with process(encode_egress_options(EgressOptions(SECRET))) as child:
        await port_of(child)
        assert child.stdin is not None
        child.stdin.close()
        assert await child.wait() == 0


async def test_the_process_ends_when_nothing_comes_any_more() -> None:
    async with process(encode_egress_options(EgressOptions(SECRET, silent_after_s=0.1))) as child:
        _, writer = await asyncio.open_connection("127.0.0.1", await port_of(child))
        writer.write(SECRET.encode())
        assert await child.wait() == 0
        writer.close()


async def test_without_options_it_does_not_start() -> None:
    async with process(b"nonsense") as child:
        assert await child.wait() == EXIT_CANNOT_START
