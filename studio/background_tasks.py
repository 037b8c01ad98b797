"""Runs the work that a view starts and does not wait for: an HTTP request, a file, a slow computation."""

import asyncio
from collections.abc import Callable, Coroutine

Work = Callable[[], Coroutine[None, None, None]]


class BackgroundTasks:
    """Owns the tasks of views for as long as `run` runs; what was begun before it waits for it."""

    def __init__(self) -> None:
        self._begun: asyncio.Queue[Work] = asyncio.Queue()

    def begin(self, work: Work) -> None:
        """Run this beside the window. What it fails by is reported like any error that nobody caught."""
        self._begun.put_nowait(work)

    async def run(self) -> None:
        """Run what is begun until cancelled; what runs then is cancelled too."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                work = await self._begun.get()
                tasks.create_task(_guarded(work))


async def _guarded(work: Work) -> None:
    try:
        await work()
    except Exception as error:  # noqa: BLE001  the top of a task: one must not end the others
        context = {"message": "a background task failed", "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)
