import msgspec
import pytest
from sqlalchemy import select

from backend.contract.live import Live, LivePhase
from backend.features.live.show import Facts
from backend.features.live.store import Opened, RoomStore
from backend.storage.database import Database, read_rows
from backend.storage.tables import LIVE_SESSIONS

ON_AIR = Facts(
    live=Live(LivePhase.PAUSED, "session-1", 1000, is_publishing=False, reason="host"),
    card_product_id="tea",
    card_shown_at_ms=1500,
    unpublished_since_ms=1700,
)


@pytest.fixture
def store(database: Database) -> RoomStore:
    store = RoomStore(database, "main")
    store.open("直播间", 1)
    return store


def sessions(database: Database) -> list[dict[str, object]]:
    with database.transaction() as connection:
        return read_rows(connection, select(LIVE_SESSIONS).order_by(LIVE_SESSIONS.c.session_id))


def test_a_new_room_remembers_nothing(store: RoomStore) -> None:
    assert store.load() is None


def test_a_room_keeps_the_title_it_was_made_with(store: RoomStore) -> None:
    assert store.open("another title", 2) == Opened("直播间", is_new=False)


def test_everything_comes_back_but_the_publisher(store: RoomStore) -> None:
    publishing = msgspec.structs.replace(
        ON_AIR, live=msgspec.structs.replace(ON_AIR.live, is_publishing=True)
    )
    store.save(publishing, 2000)
    remembered = store.load()
    assert remembered is not None
    assert (remembered.facts, remembered.alive_at_ms) == (ON_AIR, 2000)


async def test_the_newest_facts_count(store: RoomStore) -> None:
    await store.keep(ON_AIR, 2000)
    await store.keep(Facts(), 3000)
    remembered = store.load()
    assert remembered is not None
    assert (remembered.facts, remembered.alive_at_ms) == (Facts(), 3000)


def test_the_facts_of_two_rooms_do_not_mix(store: RoomStore, database: Database) -> None:
    other = RoomStore(database, "other")
    other.open("隔壁", 1)
    store.save(ON_AIR, 2000)
    assert other.load() is None


def test_each_live_session_has_its_beginning_and_its_end(store: RoomStore, database: Database) -> None:
    store.save(ON_AIR, 2000)
    assert [row["ended_at_ms"] for row in sessions(database)] == [None]
    ended = msgspec.structs.replace(ON_AIR.live, phase=LivePhase.ENDED, reason="publisher_lost_timeout")
    store.save(Facts(live=ended), 9000)
    store.save(Facts(live=msgspec.structs.replace(ended, reason="publisher")), 9500)
    store.save(Facts(live=Live(LivePhase.LIVE, "session-2", 9600)), 9600)
    assert sessions(database) == [
        {
            "session_id": "session-1",
            "room_id": "main",
            "started_at_ms": 1000,
            "ended_at_ms": 9000,
            "end_reason": "publisher_lost_timeout",
        },
        {
            "session_id": "session-2",
            "room_id": "main",
            "started_at_ms": 9600,
            "ended_at_ms": None,
            "end_reason": None,
        },
    ]
