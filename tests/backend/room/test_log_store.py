import asyncio
import random
import signal
import sys
from pathlib import Path

import pytest

from backend.contract.audience import SendLikes
from backend.contract.chat import SendDanmu
from backend.features.live.store import RoomStore
from backend.log.event_log import EventLog
from backend.room.log_store import LogStore
from backend.storage.database import Database
from tests.backend.features.test_feature_set import act
from tests.backend.room.talk import ANNA, HOST, Talk, make_features

ROOT = Path(__file__).parents[3]
# Writes without end, and says after each commit how far it is.
WRITER = """
import asyncio, sys
from pathlib import Path
from backend.log.entries import Liked, Record
from backend.log.event_log import EventLog
from backend.storage.database import Database

async def write() -> None:
    log = EventLog(Database(Path(sys.argv[1])), "main")
    number = sum(1 for _ in log.after(0))
    while True:
        batch = [Record(number + step, 1000, "s", Liked("u", 1)) for step in range(1, 11)]
        await log.save(batch)
        number += 10
        print(number, flush=True)

asyncio.run(write())
"""


@pytest.fixture
def database(database: Database) -> Database:
    RoomStore(database, "main").open("Room", 0)
    return database


@pytest.fixture
def store(database: Database) -> LogStore:
    return LogStore(EventLog(database, "main"), lambda encoded: make_features(encoded=encoded))


async def test_a_room_comes_back_from_disk_byte_for_byte(store: LogStore) -> None:
    talk, dice = Talk(store.load()), random.Random(4)
    kept = 0
    for step in range(300):
        act(talk, dice)
        await store.save(talk.features, talk.records[kept:]) if talk.records[kept:] else None
        kept = len(talk.records)
        if step == 120:
            store.save_checkpoint(talk.features)

    live = talk.features.encode()
    assert store.load().encode() == live
    assert store.replay().encode() == live
    assert talk.features.number == kept > 100


async def test_a_new_start_goes_on_where_the_log_ends(store: LogStore) -> None:
    talk = Talk(store.load())
    talk.do(SendDanmu("一"), HOST)
    talk.do(SendLikes(3), ANNA)
    await store.save(talk.features, talk.records)

    again = store.load()
    assert (again.number, again.likes.state.total) == (2, 3)
    assert [danmu.text for danmu in again.danmu.recent()] == ["一"]


async def test_a_killed_writer_loses_nothing_that_it_confirmed(tmp_path: Path) -> None:
    database = Database(tmp_path)
    RoomStore(database, "main").open("Room", 0)
    confirmed = 0
    for _ in range(3):
        writer = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WRITER, str(tmp_path), stdout=asyncio.subprocess.PIPE, cwd=ROOT
        )
        assert writer.stdout is not None
        try:
            async with asyncio.timeout(60):
                for _ in range(5):
                    confirmed = int(await writer.stdout.readline())
        finally:
            writer.send_signal(signal.SIGKILL)
            rest = await writer.stdout.read()
            await writer.wait()
        confirmed = int(rest.split()[-1]) if rest.strip() and rest.endswith(b"\n") else confirmed
        numbers = [record.number for record in EventLog(database, "main").after(0)]
        assert len(numbers) >= confirmed
        assert numbers == list(range(1, len(numbers) + 1))
    database.close()
