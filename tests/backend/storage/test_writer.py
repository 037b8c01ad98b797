"""The group writer: one commit for many, and what fails fails alone."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from backend.storage.catalog_tables import SHOP_SETTINGS
from backend.storage.database import Database, StorageError
from backend.storage.touched_rooms import touch_rooms
from backend.storage.writer import BusyError, GroupWriter


@pytest.fixture
async def writer(database: Database) -> AsyncIterator[GroupWriter]:
    writer = GroupWriter(database)
    yield writer
    await asyncio.to_thread(writer.close)


def put(name: str) -> Callable[[Connection], str]:
    def operation(connection: Connection) -> str:
        connection.execute(insert(SHOP_SETTINGS).values(name=name, value="x"))
        return name

    return operation


def names(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.scalars(select(SHOP_SETTINGS.c.name))) - {"currency"}


class Held:
    """An operation that holds the writer until it is let go, so that others gather behind it."""

    def __init__(self) -> None:
        self._may_go = threading.Event()
        self.began = threading.Event()

    def __call__(self, connection: Connection) -> None:
        self.began.set()
        assert self._may_go.wait(30)

    def let_go(self) -> None:
        self._may_go.set()


async def hold(writer: GroupWriter, tasks: asyncio.TaskGroup) -> Held:
    held = Held()
    tasks.create_task(writer.run(held))
    await asyncio.to_thread(held.began.wait)
    return held


async def together(writer: GroupWriter, *calls: Coroutine[Any, Any, Any]) -> list[Any]:
    """Run the calls in one commit; an error is returned as it is."""

    async def gathered() -> list[Any]:
        return await asyncio.gather(*calls, return_exceptions=True)

    async with asyncio.TaskGroup() as tasks:
        held = await hold(writer, tasks)
        answers = tasks.create_task(gathered())
        await all_wait()
        held.let_go()
        return await answers


async def all_wait() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


async def test_an_answer_comes_after_its_commit(database: Database, writer: GroupWriter) -> None:
    assert await writer.run(put("a")) == "a"
    assert names(database) == {"a"}


async def test_what_fails_is_undone_alone(database: Database, writer: GroupWriter) -> None:
    def half(connection: Connection) -> None:
        put("half")(connection)
        raise ValueError("no")

    answers = await together(writer, *(writer.run(one) for one in (put("a"), half, put("a"), put("b"))))
    assert [type(answer) for answer in answers] == [str, ValueError, IntegrityError, str]
    assert names(database) == {"a", "b"}


async def test_an_operation_sees_what_the_one_before_it_wrote(writer: GroupWriter) -> None:
    def count(connection: Connection) -> int:
        return int(connection.scalar(select(func.count()).select_from(SHOP_SETTINGS)) or 0)

    first, _, last = await together(writer, writer.run(count), writer.run(put("a")), writer.run(count))
    assert (first, last) == (1, 2)


class Numbers:
    """A bulk that keeps each number as a name; it refuses a list that holds a negative one."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def perform(self, connection: Connection, items: Sequence[int]) -> Sequence[int]:
        self.calls.append(len(items))
        connection.execute(insert(SHOP_SETTINGS), [{"name": f"n{item}", "value": ""} for item in items])
        if min(items) < 0:
            raise ValueError("negative")
        return [2 * item for item in items]


async def test_items_of_a_bulk_are_decided_at_once(database: Database, writer: GroupWriter) -> None:
    bulk = Numbers()
    assert await together(writer, *(writer.run_bulk(bulk, item) for item in (1, 2, 3))) == [2, 4, 6]
    assert bulk.calls == [3]
    assert names(database) == {"n1", "n2", "n3"}


async def test_an_item_that_fails_does_not_take_its_bulk_along(
    database: Database, writer: GroupWriter
) -> None:
    bulk = Numbers()
    calls = [writer.run_bulk(bulk, item) for item in (1, -2, 3)]
    first, second, third = await together(writer, *calls)
    assert (first, type(second), third) == (2, ValueError, 6)
    assert bulk.calls == [3, 1, 1, 1]
    assert names(database) == {"n1", "n3"}


async def test_a_storage_failure_answers_all_of_the_commit(database: Database, writer: GroupWriter) -> None:
    def break_down(connection: Connection) -> None:
        raise OperationalError("INSERT", {}, Exception("disk"))

    answers = await together(writer, *(writer.run(one) for one in (put("a"), break_down, put("b"))))
    assert [type(answer) for answer in answers] == [StorageError] * 3
    assert names(database) == set()
    assert await writer.run(put("later")) == "later"


async def test_an_operation_that_finds_its_rows_wrong_fails_alone(
    database: Database, writer: GroupWriter
) -> None:
    def find_nothing(connection: Connection) -> None:
        raise StorageError("The red packet is missing.")

    answers = await together(writer, *(writer.run(one) for one in (put("a"), find_nothing, put("b"))))
    assert [type(answer) for answer in answers] == [str, StorageError, str]
    assert names(database) == {"a", "b"}


async def test_a_caller_that_gave_up_in_time_changes_nothing(database: Database, writer: GroupWriter) -> None:
    async with asyncio.TaskGroup() as tasks:
        held = await hold(writer, tasks)
        waiting = [tasks.create_task(writer.run(put(name))) for name in ("a", "b")]
        await all_wait()
        waiting[0].cancel()
        await all_wait()
        held.let_go()
        assert await waiting[1] == "b"
    assert names(database) == {"b"}


async def test_more_than_may_wait_are_refused(database: Database) -> None:
    writer = GroupWriter(database, most_waiting=2)
    async with asyncio.TaskGroup() as tasks:
        held = await hold(writer, tasks)
        waiting = [tasks.create_task(writer.run(put(name))) for name in ("a", "b")]
        await all_wait()
        with pytest.raises(BusyError, match="Try again"):
            await writer.run(put("c"))
        held.let_go()
        await asyncio.gather(*waiting)
    await asyncio.to_thread(writer.close)
    assert names(database) == {"a", "b"}


async def test_closing_runs_what_waits_and_takes_nothing_more(database: Database) -> None:
    writer = GroupWriter(database)
    async with asyncio.TaskGroup() as tasks:
        held = await hold(writer, tasks)
        waiting = [tasks.create_task(writer.run(put(name))) for name in ("a", "b", "c")]
        await all_wait()
        closing = tasks.create_task(asyncio.to_thread(writer.close))
        held.let_go()
        assert await asyncio.gather(*waiting) == ["a", "b", "c"]
        await closing
    with pytest.raises(StorageError, match="closed"):
        await writer.run(put("d"))
    assert names(database) == {"a", "b", "c"}


async def test_rooms_that_a_commit_touched_are_told_of_after_it(
    writer: GroupWriter, database: Database
) -> None:
    told: list[tuple[frozenset[str], set[str]]] = []
    writer.on_touched = lambda rooms: told.append((rooms, names(database)))

    def touch(connection: Connection) -> None:
        put("a")(connection)
        touch_rooms(connection, ["main"])

    await writer.run(touch)
    await writer.run(put("b"))
    assert told == [(frozenset({"main"}), {"a"})]
