import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psutil
import pytest

from backend.relay.messages import FanEngine, Notice, ReadStats, Ready, Reply, Stats, encode_frame
from backend.relay.options import RelayOptions
from backend.relay.worker_process import WorkerProcess


class Reports:
    """What a worker says and how often one is lost, for a test."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[Reply | Notice] = asyncio.Queue()
        self.lost = asyncio.Event()


@asynccontextmanager
async def started() -> AsyncIterator[tuple[WorkerProcess, Reports]]:
    reports = Reports()
    options = RelayOptions(fan=FanEngine.SENDTO)
    async with WorkerProcess(options, reports.messages.put_nowait, reports.lost.set) as worker:
        yield worker, reports


async def test_the_worker_ends_with_its_process_object() -> None:
    async with started() as (worker, _):
        pid = worker.pid
        assert pid is not None
        assert psutil.pid_exists(pid)
    assert not psutil.pid_exists(pid)


async def test_a_request_is_answered_by_a_message() -> None:
    async with started() as (worker, reports):
        worker.send(ReadStats(7))
        async with asyncio.timeout(10):
            stats = await reports.messages.get()
        assert isinstance(stats, Stats)
        assert stats.request_id == 7


async def test_a_lost_worker_is_reported_and_takes_no_requests() -> None:
    async with started() as (worker, reports):
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        async with asyncio.timeout(10):
            await reports.lost.wait()
        assert not worker.is_running


async def test_a_worker_that_never_comes_up_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.relay.worker_process.START_TIMEOUT_S", 1.0)
    command = (sys.executable, "-c", "pass")
    with pytest.raises((RuntimeError, ExceptionGroup)) as raised:
        async with WorkerProcess(RelayOptions(), lambda _: None, lambda: None, command):
            raise AssertionError("it cannot have started")
    assert "did not start" in repr(raised.value)


async def test_a_stranger_on_the_control_socket_is_turned_away(caplog: pytest.LogCaptureFixture) -> None:
    guessed = encode_frame(Ready("guessed", 1, 2, FanEngine.SENDTO))
    async with started() as (worker, reports):
        pid = worker.pid
        for said in (b"\xff\xff\xff\xff", b"\0\0\0\x02hi", guessed):
            reader, writer = await asyncio.open_connection("127.0.0.1", worker._control_port)
            writer.write(said)
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()
        assert "stranger" in caplog.text
        assert worker.pid == pid
        assert worker.is_running
        assert not reports.lost.is_set()
