import msgspec
import pytest
from sqlalchemy import select

from backend.contract.live import Live, LivePhase
from backend.features.live.store import Facts, Opened, Remembered, RoomRow, RoomStore
from backend.storage.database import Database, read_rows
from backend.storage.tables import LIVE_SESSIONS

PAUSED = Live(LivePhase.PAUSED, "session-1", 1000, is_publishing=False, reason="host")
ON_AIR = Facts(live=PAUSED, card_product_id="tea", card_shown_at_ms=1500, unpublished_since_ms=1700)


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


def write(database: Database, facts: Facts, alive_at_ms: int, room_id: str = "main") -> None:
    row = RoomRow(room_id)
    with database.transaction() as connection:
        row.write_live(connection, facts.live, facts.unpublished_since_ms, alive_at_ms)
        row.write_card(connection, facts.card_product_id, facts.card_shown_at_ms)


def test_everything_comes_back_but_the_publisher(store: RoomStore, database: Database) -> None:
    publishing = msgspec.structs.replace(PAUSED, is_publishing=True)
    write(database, msgspec.structs.replace(ON_AIR, live=publishing), 2000)
    assert store.load() == Remembered(ON_AIR, 2000)


def test_the_newest_facts_count(store: RoomStore, database: Database) -> None:
    write(database, ON_AIR, 2000)
    write(database, Facts(), 3000)
    assert store.load() == Remembered(Facts(), 3000)


def test_a_card_of_a_room_that_was_never_on_air_comes_back(store: RoomStore, database: Database) -> None:
    with database.transaction() as connection:
        RoomRow("main").write_card(connection, "tea", 1500)
    assert store.load() == Remembered(Facts(card_product_id="tea", card_shown_at_ms=1500), 0)


def test_rooms_do_not_mix(store: RoomStore, database: Database) -> None:
    other = RoomStore(database, "other")
    other.open("隔壁", 1)
    write(database, ON_AIR, 2000)
    assert other.load() is None


def test_each_live_session_has_its_beginning_and_its_end(store: RoomStore, database: Database) -> None:
    row = RoomRow("main")
    with database.transaction() as connection:
        row.begin_session(connection, "session-1", 1000)
        row.begin_session(connection, "session-1", 1001)
    assert [session["ended_at_ms"] for session in sessions(database)] == [None]
    with database.transaction() as connection:
        row.end_session(connection, "session-1", 9000, "publisher_lost_timeout")
        row.end_session(connection, "session-1", 9500, "host")
        row.begin_session(connection, "session-2", 9600)
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
