import asyncio

import pytest

from backend.room.fanout_protocol import Inbox


async def test_messages_come_out_in_order() -> None:
    inbox = Inbox()
    for number in range(3):
        inbox.put_nowait(number)
    assert not inbox.empty()
    assert [await inbox.get() for _ in range(3)] == [0, 1, 2]
    assert inbox.empty()


async def test_a_reader_waits_for_the_next_message() -> None:
    inbox = Inbox()
    async with asyncio.TaskGroup() as tasks:
        reading = tasks.create_task(inbox.get())
        await asyncio.sleep(0)
        inbox.put_nowait("first")
        inbox.put_nowait("second")
    assert reading.result() == "first"
    assert await inbox.get() == "second"


async def test_a_reader_that_gave_up_loses_nothing() -> None:
    inbox = Inbox()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await inbox.get()
    inbox.put_nowait("late")
    assert await inbox.get() == "late"
