"""The group writer: many operations in one commit, each undone alone where it fails."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Final, Generic, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from backend.storage.database import Database, StorageError
from backend.storage.touched_rooms import take_touched_rooms

log = logging.getLogger("livestall.storage")

MOST_A_COMMIT: Final = 256
MOST_WAITING: Final = 4096

# What one operation did wrong; any other failure of the database concerns all of the same commit.
_ITS_OWN: Final = (IntegrityError, DataError, ProgrammingError)

Item_contra = TypeVar("Item_contra", contravariant=True)
Answer_co = TypeVar("Answer_co", covariant=True)
Item = TypeVar("Item")
Answer = TypeVar("Answer")


class BusyError(Exception):
    """More operations wait than the writer takes; nothing was done, the same may be tried again later."""


class BulkOperation(Protocol[Item_contra, Answer_co]):
    """An operation that decides many requests at once, in their order, with few statements."""

    def perform(self, connection: Connection, items: Sequence[Item_contra]) -> Sequence[Answer_co]:
        """Return one answer an item. What it raises undoes all of them; each is then tried alone."""


class GroupWriter:
    """Runs operations of the shop one after the other in a thread of its own, as many a commit as wait.

    An answer is given after the commit that holds it: what was answered survives a crash.

    Args:
        database: where the operations write; they take turns with all other group writers on it.
        most_a_commit: operations in one transaction.
        most_waiting: operations that wait for the next one; further ones are refused.

    Attributes:
        on_touched: called in the writer's thread after a commit, with the rooms that it has something for.
    """

    def __init__(
        self, database: Database, *, most_a_commit: int = MOST_A_COMMIT, most_waiting: int = MOST_WAITING
    ) -> None:
        self.on_touched: Callable[[frozenset[str]], None] = lambda _rooms: None
        self._database = database
        self._most_a_commit = most_a_commit
        self._most_waiting = most_waiting
        self._waiting: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._is_closed = False
        self._thread: threading.Thread | None = None

    async def run(self, operation: Callable[[Connection], Answer]) -> Answer:
        """Run an operation and return its answer once it is committed.

        A caller that is cancelled before the operation begins takes it back; afterwards it is committed.

        Raises:
            BusyError: too many wait.
            StorageError: the database failed, or the writer is closed; nothing was kept.
        """
        return await self.run_bulk(_Single(operation), None)

    async def run_bulk(self, bulk: BulkOperation[Item, Answer], item: Item) -> Answer:
        """Do as `run` for one item of an operation that decides those who wait in a row at once."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        with self._changed:
            if self._is_closed:
                raise StorageError("The writer of the shop is closed: the backend ends. Try again later.")
            if len(self._waiting) >= self._most_waiting:
                raise BusyError(f"{self._most_waiting} operations wait already. Try again in a moment.")
            self._waiting.append(_Job(bulk, item, loop, future))
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="group writer", daemon=True)
                self._thread.start()
        return await future

    def close(self) -> None:
        """Run what waits, then end. This blocks."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while jobs := self._next_jobs():
            self._commit([job for job in jobs if not job.future.cancelled()])
            _answer(jobs)

    def _next_jobs(self) -> list["_Job"]:
        with self._changed:
            while not self._waiting and not self._is_closed:
                self._changed.wait()
            count = min(len(self._waiting), self._most_a_commit)
            return [self._waiting.popleft() for _ in range(count)]

    def _commit(self, jobs: Sequence["_Job"]) -> None:
        if not jobs:
            return
        try:
            with self._database.shop_transaction() as connection:
                for _, group in groupby(jobs, key=lambda job: id(job.bulk)):
                    _perform(connection, list(group))
                touched = take_touched_rooms(connection)
        except Exception as error:  # noqa: BLE001 - the border of a thread: who waits must hear of it
            log.warning("A commit of %d operations failed: %s", len(jobs), error)
            for job in jobs:
                job.fail(_for_one(error))
        else:
            if touched:
                self.on_touched(touched)


class _Job:
    """An operation, who waits for it, and what came of it."""

    def __init__(
        self,
        bulk: BulkOperation[Any, Any],
        item: object,
        loop: asyncio.AbstractEventLoop,
        future: "asyncio.Future[Any]",
    ) -> None:
        self.bulk = bulk
        self.item = item
        self.loop = loop
        self.future = future
        self._answer: object = None
        self._error: Exception | None = None

    def succeed(self, answer: object) -> None:
        self._answer, self._error = answer, None

    def fail(self, error: Exception) -> None:
        self._answer, self._error = None, error

    def resolve(self) -> None:
        if self.future.done():
            return
        if self._error is not None:
            self.future.set_exception(self._error)
        else:
            self.future.set_result(self._answer)


class _Single(Generic[Answer]):
    """An operation for one caller."""

    def __init__(self, operation: Callable[[Connection], Answer]) -> None:
        self._operation = operation

    def perform(self, connection: Connection, items: Sequence[None]) -> Sequence[Answer]:
        return [self._operation(connection) for _ in items]


def _perform(connection: Connection, jobs: Sequence[_Job]) -> None:
    """Run jobs of the same operation at once, or one by one where that fails."""
    try:
        with connection.begin_nested():
            answers = jobs[0].bulk.perform(connection, [job.item for job in jobs])
    except Exception as error:
        if _concerns_all(error):
            raise
        if len(jobs) == 1:
            jobs[0].fail(error)
            return
        for job in jobs:
            _perform(connection, [job])
        return
    for job, answer in zip(jobs, answers, strict=True):
        job.succeed(answer)


def _concerns_all(error: Exception) -> bool:
    # A `StorageError` here is an operation that finds its own rows wrong: no failure of the database.
    return isinstance(error, DBAPIError) and not isinstance(error, _ITS_OWN)


def _for_one(error: Exception) -> StorageError:
    # Of its own for each caller: an exception that several raise collects the traces of all.
    told = StorageError(str(error))
    told.__cause__ = error
    return told


def _answer(jobs: Sequence[_Job]) -> None:
    """Wake those who wait, each event loop once."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, of_loop in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, of_loop)
        except RuntimeError:
            log.info("%d callers went before they were answered", len(of_loop))


def _resolve(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        job.resolve()
