import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from studio.errands import Errands
from tests.studio.fakes import WAIT_S


@pytest.fixture
async def errands() -> AsyncIterator[Errands]:
    made = Errands()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(made.run())
        yield made
        running.cancel()


async def test_one_errand_does_not_wait_for_another(errands: Errands) -> None:
    first, second = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        await first.wait()
        second.set()

    async def let_go() -> None:
        first.set()

    errands.begin(wait)
    errands.begin(let_go)
    async with asyncio.timeout(WAIT_S):
        await second.wait()


async def test_an_errand_that_fails_is_told_and_ends_no_other(errands: Errands) -> None:
    told: list[dict[str, Any]] = []
    done = asyncio.Event()
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context))

    async def fail() -> None:
        raise ValueError("lost")

    async def end() -> None:
        done.set()

    errands.begin(fail)
    errands.begin(end)
    async with asyncio.timeout(WAIT_S):
        await done.wait()
    assert [str(context["exception"]) for context in told] == ["lost"]


async def test_what_runs_at_the_end_is_cancelled() -> None:
    errands = Errands()
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    errands.begin(wait)
    async with asyncio.timeout(WAIT_S), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(errands.run())
        await begun.wait()
        running.cancel()
    assert cancelled.is_set()
