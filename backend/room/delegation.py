"""Waits for services outside of the room that decide a command; the room's queue goes on meanwhile."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from backend.contract.base import RejectReason
from backend.features.deliveries import Delegated, Rejection
from backend.storage.database import StorageError
from backend.storage.writer import BusyError

log = logging.getLogger("livestall.room")

# A crowd that gives at once; the shop puts what comes together into few commits.
MOST_AT_ONCE: Final = 512
AGAIN_MS: Final = 1000

Answer = Callable[[Rejection | None], None]


class Delegations:
    """The commands of a room that services decide now.

    Args:
        hear: takes in what services wrote to the room; before who gave a command hears that it is done.
    """

    def __init__(self, hear: Callable[[], Awaitable[None]]) -> None:
        self._hear = hear
        self._tasks: asyncio.TaskGroup | None = None
        self._count = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Take commands until the block ends."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            yield

    @property
    def is_full(self) -> bool:
        """Whether what is asked now is refused: too much is decided already."""
        return self._tasks is None or self._count >= MOST_AT_ONCE

    def ask(self, delegated: Delegated, answer: Answer) -> None:
        """Ask, and answer when it is decided; too many at a time are refused."""
        if self._tasks is None or self.is_full:
            answer(Rejection(RejectReason.TOO_FAST, AGAIN_MS))
            return
        self._count += 1
        self._tasks.create_task(self._wait(delegated, answer), name="a command that a service decides")

    async def _wait(self, delegated: Delegated, answer: Answer) -> None:
        rejection: Rejection | None = Rejection(RejectReason.UNAVAILABLE)
        try:
            result = await delegated.ask()
            await self._hear()
            rejection = delegated.answer(result)
        except (StorageError, BusyError) as error:
            log.warning("a command cannot be decided now: %s", error)
        except Exception:  # the top of a task: one command must not take the room from all others
            log.exception("a command failed")
        finally:
            self._count -= 1
            answer(rejection)
