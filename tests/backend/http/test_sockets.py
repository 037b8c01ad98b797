"""How many sockets an address and a user have, and what is told of who is refused."""

import asyncio
import logging
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.contract.http import Problem
from backend.limits import HttpLimits
from backend.options import ServeOptions
from tests.backend.running import PATIENCE_S, RunningBackend, as_problem, running_backend


async def refused(backend: RunningBackend, token: str | None = None) -> tuple[int, Problem]:
    """Try to open a socket that is refused."""
    admission = await backend.enter(token)
    with pytest.raises(InvalidStatus) as error:
        await connect(backend.socket_url(admission), compression=None, proxy=None)
    return error.value.response.status_code, as_problem(bytes(error.value.response.body))


async def test_a_guest_has_so_many_sockets_and_gets_them_back(tmp_path: Path) -> None:
    options = ServeOptions(limits=HttpLimits(sockets_per_user=2))
    async with running_backend(tmp_path, options) as backend:
        token = (await backend.enter()).token
        async with backend.client(token) as one, backend.client() as other:
            async with backend.client(token) as two:
                await two.join()
                status, problem = await refused(backend, token)
                assert (status, problem.error) == (429, "too_many_sockets")
            await one.join()
            await other.join()
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    try:
                        async with backend.client(token) as again:
                            await again.join()
                            break
                    except InvalidStatus:
                        continue


async def test_an_address_has_so_many_sockets(tmp_path: Path) -> None:
    options = ServeOptions(limits=HttpLimits(sockets_per_address=2))
    async with (
        running_backend(tmp_path, options) as backend,
        backend.client() as one,
        backend.client() as two,
    ):
        status, problem = await refused(backend)
        assert (status, problem.error) == (429, "too_many_sockets")
        await one.join()
        await two.join()


async def test_refused_tickets_are_one_line_in_the_log(
    backend: RunningBackend, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "livestall")
    for _ in range(50):
        with pytest.raises(InvalidStatus):
            await connect(f"ws://{backend.address}/ws/rooms/main?ticket=no", compression=None, proxy=None)
    told = [record.getMessage() for record in caplog.records if record.name != "websockets.client"]
    assert len([line for line in told if "bad_ticket" in line]) == 1
    assert len(told) == 1, told


async def test_a_text_that_is_none_closes_the_socket_without_a_traceback(
    backend: RunningBackend, caplog: pytest.LogCaptureFixture
) -> None:
    async with backend.client() as viewer:
        await viewer.join()
        await viewer.socket.send(b"\xff\xfe", text=True)
        assert await viewer.close_code() == 1007
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
