from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, update

from backend.features.live.store import RoomStore
from backend.log.entries import Joined, Liked, Named, Record
from backend.log.event_log import PAGE, Checkpoint, EventLog
from backend.storage.database import Database, StorageError
from backend.storage.tables import ROOMS


@pytest.fixture
def database(database: Database) -> Database:
    RoomStore(database, "main").open("Room", 0)
    RoomStore(database, "other").open("Room", 0)
    return database


@pytest.fixture
def log(database: Database) -> EventLog:
    return EventLog(database, "main")


async def test_what_was_kept_is_read_in_order_and_whole(log: EventLog) -> None:
    records = [
        Record(1, 10, "", Joined("u1")),
        Record(2, 11, "s1", Named("u1", "茶\u2028<b>"), media_ms=400),
        Record(3, 11, "s1", Liked("u1", 9)),
    ]
    await log.save(records)

    assert list(log.after(0)) == records
    assert list(log.after(2)) == records[2:]


def test_each_room_has_a_log_of_its_own(log: EventLog, database: Database) -> None:
    log.append([Record(1, 10, "", Joined("u1"))])

    assert list(EventLog(database, "other").after(0)) == []


def test_a_long_log_is_read_in_pages(log: EventLog) -> None:
    log.append([Record(number, 10, "", Joined("u1")) for number in range(1, PAGE + 3)])

    assert [record.number for record in log.after(0)] == list(range(1, PAGE + 3))


def test_a_batch_is_kept_whole_or_not_at_all(log: EventLog) -> None:
    log.append([Record(1, 10, "", Joined("u1"))])
    with pytest.raises(StorageError, match="another process serves the room"):
        log.append([Record(2, 11, "", Joined("u2")), Record(1, 11, "", Joined("u3"))])

    assert [record.number for record in log.after(0)] == [1]


def test_the_last_checkpoint_counts(log: EventLog) -> None:
    assert log.checkpoint() is None
    log.save_checkpoint(Checkpoint(7, b'{"a":1}'))
    log.save_checkpoint(Checkpoint(9, b'{"a":2}'))

    assert log.checkpoint() == Checkpoint(9, b'{"a":2}')


def test_a_checkpoint_of_a_room_that_is_gone_is_a_storage_error(database: Database) -> None:
    with pytest.raises(StorageError, match="Nothing was kept"):
        EventLog(database, "gone").save_checkpoint(Checkpoint(1, b"{}"))


class Titles:
    """A companion that keeps the last name it was given as the room's title."""

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        for record in records:
            if isinstance(record.entry, Named):
                connection.execute(update(ROOMS).values(title=record.entry.name))


def test_a_companion_writes_in_the_same_transaction(database: Database) -> None:
    log = EventLog(database, "main")
    log.append([Record(1, 10, "", Named("u1", "kept"))], companions=[Titles()])
    with pytest.raises(StorageError, match="another process serves the room"):
        log.append([Record(1, 11, "", Named("u1", "undone"))], companions=[Titles()])

    assert RoomStore(database, "main").open("", 0).title == "kept"
