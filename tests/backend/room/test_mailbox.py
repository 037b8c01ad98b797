"""What the shop has for a room comes into its log once, whatever breaks, and holds nobody up."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typing_extensions import override

from backend.contract.audience import SendLikes
from backend.features.feature_set import QueuedCommand
from backend.log.entries import Entry, Liked
from backend.log.event_log import EventLog
from backend.log.shop_entries import ShopOrderPlaced
from backend.room.history import History
from backend.room.mailbox import AT_ONCE, MailWatch
from backend.room.room import Room
from backend.shop.outbox import OrderPlaced, OutboxMessage, write_outbox
from backend.storage.database import Database, StorageError
from backend.storage.order_tables import SHOP_OUTBOX, TAKEN_MESSAGES
from tests.backend.features.cases import ANNA
from tests.backend.test_opening import DyingDatabase, at_work, open_room
from tests.support.log_memory import LogMemory
from tests.support.migrated import open_migrated

ORDERS = 5


class Pile:
    """A mailbox of likes: a message waits until it is taken away."""

    def __init__(self, size: int) -> None:
        self.waiting: list[Entry] = [Liked("anna", 1)] * size
        self.is_broken = False
        self.has_begun = asyncio.Event()
        self.is_empty = asyncio.Event()

    def fill(self, size: int) -> None:
        """Let so many more messages wait."""
        self.has_begun.clear()
        self.is_empty.clear()
        self.waiting = [Liked("anna", 1)] * size

    def take(self, number: int) -> None:
        """Take away what is saved."""
        del self.waiting[:number]
        if number:
            self.has_begun.set()
        if not self.waiting:
            self.is_empty.set()

    def read(self, most: int) -> Sequence[Entry]:
        if self.is_broken:
            raise StorageError("The server is away.")
        return self.waiting[:most]


class PileLog(LogMemory):
    """A log whose companion takes away what is saved."""

    def __init__(self, pile: Pile) -> None:
        super().__init__()
        self._pile = pile

    @override
    async def save(self, features: object, records: Sequence[object], events: Sequence[object]) -> None:
        await super().save(features, records, events)  # type: ignore[arg-type]
        likes = [one for one in self.transactions[-1] if one.entry == Liked("anna", 1)]
        self._pile.take(len(likes))


def room_of(pile: Pile, log: PileLog) -> Room:
    return Room("main", "直播间", store=log, history=History("e"), clock_ms=lambda: 1000, mailbox=pile)


@asynccontextmanager
async def running(room: Room) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(room.run())
        yield
        work.cancel()


async def test_a_new_owner_takes_what_waits_before_any_command() -> None:
    pile = Pile(2 * AT_ONCE + 1)
    log = PileLog(pile)
    room = room_of(pile, log)
    async with asyncio.TaskGroup() as tasks:
        command = tasks.create_task(room.execute(SendLikes(1), ANNA))
        await asyncio.sleep(0)
        async with running(room):
            assert await command is None
    entries = [record.entry for record in log.records]
    assert [entry for entry in entries if isinstance(entry, Liked)][-1] == entries[-1]
    assert entries.count(Liked("anna", 1)) == 2 * AT_ONCE + 2
    assert room.snapshot().likes == 2 * AT_ONCE + 2


async def test_a_flood_of_messages_leaves_room_for_commands() -> None:
    pile = Pile(0)
    log = PileLog(pile)
    room = room_of(pile, log)
    async with running(room):
        await room.tick()
        pile.fill(20 * AT_ONCE)
        room.look_for_mail()
        await pile.has_begun.wait()
        assert await room.execute(SendLikes(3), ANNA) is None
        assert len(pile.waiting) >= 16 * AT_ONCE
        await pile.is_empty.wait()
    assert max(map(len, log.transactions)) <= AT_ONCE + 1


async def test_a_mailbox_is_looked_into_without_being_woken() -> None:
    pile = Pile(0)
    async with running(room_of(pile, PileLog(pile))):
        await asyncio.sleep(0.1)
        pile.fill(1)
        await pile.is_empty.wait()


async def test_messages_that_cannot_be_saved_wait_and_are_told_to_nobody() -> None:
    pile = Pile(3)
    log = PileLog(pile)
    log.is_full = True
    room = room_of(pile, log)
    async with running(room):
        await asyncio.sleep(0.1)
        assert (len(pile.waiting), room.snapshot().likes) == (3, 0)
        log.is_full = False
        await pile.is_empty.wait()
    assert room.snapshot().likes == 3


async def test_a_mailbox_that_cannot_be_read_is_complained_of_once(caplog: pytest.LogCaptureFixture) -> None:
    pile = Pile(1)
    pile.is_broken = True
    watch = MailWatch(pile)

    async def accept(entries: Sequence[Entry | QueuedCommand]) -> bool:
        pile.waiting.clear()
        return True

    for _ in range(3):
        await watch.empty(accept)
    assert len(caplog.records) == 1
    pile.is_broken = False
    await watch.empty(accept)
    assert not pile.waiting


# --- A real database ---


def order(number: int) -> OutboxMessage:
    body = OrderPlaced(f"order-{number}", "anna", {"tea": 1}, 100, 1, "CNY", "unpaid")
    return OutboxMessage("main", "", body)


def prepare(folder: Path) -> None:
    """Make a room, for which orders wait."""
    folder.mkdir()
    database = open_migrated(folder)
    open_room(database, folder)
    with database.shop_transaction() as connection:
        write_outbox(connection, [order(number) for number in range(ORDERS)], 0)
    database.close()


def waiting_and_taken(database: Database) -> tuple[int, int]:
    with database.reading() as connection:
        is_waiting = SHOP_OUTBOX.c.taken_at_ms.is_(None)
        waiting = connection.scalar(select(func.count()).select_from(SHOP_OUTBOX).where(is_waiting))
        taken = connection.scalar(select(func.count()).select_from(TAKEN_MESSAGES))
    return int(waiting or 0), int(taken or 0)


def placed_in(database: Database) -> list[str]:
    """Return the orders that the log has."""
    entries = [record.entry for record in EventLog(database, "main").after(0)]
    return [entry.order_id for entry in entries if isinstance(entry, ShopOrderPlaced)]


async def die_at_write(folder: Path, writes: int) -> bool:
    """Let a room die at this write of its start; return whether all was written before."""
    database = DyingDatabase(folder)
    database.watch()
    room = open_room(database, folder)
    database.writes_left = writes
    await at_work(room, room.tick)
    is_through = database.writes_left >= 0
    database.close()
    return is_through


async def test_a_room_killed_at_any_write_has_each_order_once_after_the_next_start(tmp_path: Path) -> None:
    await asyncio.to_thread(prepare, tmp_path / "prepared")
    found = set()
    for writes in count():
        folder = tmp_path / str(writes)
        await asyncio.to_thread(shutil.copytree, tmp_path / "prepared", folder)
        is_through = await die_at_write(folder, writes)
        database = open_migrated(folder)
        taken = len(placed_in(database))
        assert waiting_and_taken(database) == (ORDERS - taken, taken)
        found.add(taken)
        again = open_room(database, folder)
        await at_work(again, again.tick)
        assert placed_in(database) == [f"order-{number}" for number in range(ORDERS)]
        assert again._processor.features.orders.state.sales[""].orders == ORDERS
        assert waiting_and_taken(database) == (0, ORDERS)
        database.close()
        if is_through:
            break
    assert found == {0, ORDERS}


async def test_two_rooms_at_work_on_one_log_take_each_order_once(tmp_path: Path) -> None:
    await asyncio.to_thread(prepare, tmp_path / "room")
    databases = [open_migrated(tmp_path / "room") for _ in range(2)]
    first, second = (open_room(database, tmp_path / "room") for database in databases)
    stale = second._mail._mailbox.read(AT_ONCE)
    await at_work(first, first.tick)
    records = [
        second._processor.features.record(entry, 1) for entry in stale if not isinstance(entry, QueuedCommand)
    ]
    with pytest.raises(StorageError):
        await EventLog(databases[1], "main").save(
            records, companions=second._processor.features.orders.companions
        )
    assert placed_in(databases[0]) == [f"order-{number}" for number in range(ORDERS)]
    for database in databases:
        database.close()


class EmptyPile:
    """A mailbox that counts who looks into it."""

    looks = 0

    def read(self, most: int) -> Sequence[Entry]:
        self.looks += 1
        return ()


async def test_many_who_ask_during_a_look_into_the_mailbox_share_the_next() -> None:
    mailbox = EmptyPile()
    watch = MailWatch(mailbox)

    async def accept(entries: Sequence[Entry | QueuedCommand]) -> bool:
        raise AssertionError(entries)

    await asyncio.gather(*(watch.empty(accept) for _ in range(50)))
    assert mailbox.looks == 2
    await watch.empty(accept)
    assert mailbox.looks == 3
