import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from studio.background_tasks import BackgroundTasks
from tests.studio.fakes import WAIT_S


@pytest.fixture
async def background() -> AsyncIterator[BackgroundTasks]:
    made = BackgroundTasks()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(made.run())
        yield made
        running.cancel()


async def test_one_task_does_not_wait_for_another(background: BackgroundTasks) -> None:
    first, second = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        await first.wait()
        second.set()

    async def let_go() -> None:
        first.set()

    background.begin(wait)
    background.begin(let_go)
    async with asyncio.timeout(WAIT_S):
        await second.wait()


async def test_a_task_that_fails_is_told_and_ends_no_other(background: BackgroundTasks) -> None:
    told: list[dict[str, Any]] = []
    done = asyncio.Event()
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context))

    async def fail() -> None:
        raise ValueError("lost")

    async def end() -> None:
        done.set()

    background.begin(fail)
    background.begin(end)
    async with asyncio.timeout(WAIT_S):
        await done.wait()
    assert [str(context["exception"]) for context in told] == ["lost"]


async def test_what_runs_at_the_end_is_cancelled() -> None:
    background = BackgroundTasks()
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    background.begin(wait)
    async with asyncio.timeout(WAIT_S), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(background.run())
        await begun.wait()
        running.cancel()
    assert cancelled.is_set()
