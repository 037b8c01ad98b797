"""Runs what a view begins and cannot wait for: a question over HTTP, a file, a slow computation."""

import asyncio
from collections.abc import Callable, Coroutine

Errand = Callable[[], Coroutine[None, None, None]]


class Errands:
    """Owns the tasks of views for as long as `run` runs; what was begun before it waits for it."""

    def __init__(self) -> None:
        self._begun: asyncio.Queue[Errand] = asyncio.Queue()

    def begin(self, errand: Errand) -> None:
        """Run this beside the window. What it fails by is told like any error that nobody caught."""
        self._begun.put_nowait(errand)

    async def run(self) -> None:
        """Run what is begun until cancelled; what runs then is cancelled too."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                errand = await self._begun.get()
                tasks.create_task(_guarded(errand))


async def _guarded(errand: Errand) -> None:
    try:
        await errand()
    except Exception as error:  # noqa: BLE001  the top of a task: one errand must not end the others
        context = {"message": "an errand failed", "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)
