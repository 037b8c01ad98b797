"""Rows inserted at once are the rows that SQLAlchemy would have inserted."""

from enum import StrEnum

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend.storage.bulk import insert_rows
from backend.storage.catalog_tables import SHOP_SETTINGS
from backend.storage.database import Database, read_rows
from backend.storage.tables import ROOM_FACTS, ROOMS


class Phase(StrEnum):
    LIVE = "live"


def test_rows_keep_their_values_of_each_kind(database: Database) -> None:
    rooms = [
        {"room_id": f"r{n}", "title": "直播间", "created_at_ms": 2**53, "host_generation": n}
        for n in range(3)
    ]
    facts = [
        {
            "room_id": f"r{n}",
            "phase": Phase.LIVE,
            "session_id": "",
            "started_at_ms": None if n else 7,
            "reason": "',\\\\ %",
            "card_product_id": "",
            "card_shown_at_ms": 0,
            "unpublished_since_ms": None,
            "alive_at_ms": n,
        }
        for n in range(3)
    ]
    with database.transaction() as connection:
        assert insert_rows(connection, ROOMS, rooms) == 3
        assert insert_rows(connection, ROOM_FACTS, facts) == 3
        assert insert_rows(connection, ROOMS, []) == 0
    with database.reading() as connection:
        assert read_rows(connection, select(ROOMS).order_by(ROOMS.c.room_id)) == rooms
        assert read_rows(connection, select(ROOM_FACTS).order_by(ROOM_FACTS.c.room_id)) == facts


def test_one_row_that_cannot_be_undoes_all(database: Database) -> None:
    rows = [{"name": name, "value": "x"} for name in ("a", "b", "a")]
    with pytest.raises(IntegrityError), database.transaction() as connection:
        insert_rows(connection, SHOP_SETTINGS, rows)
    with database.reading() as connection:
        assert set(connection.scalars(select(SHOP_SETTINGS.c.name))) == {"currency"}


def test_a_conflict_can_be_settled_by_the_statement(database: Database) -> None:
    unlike = (
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE shop_settings.value <> excluded.value"
    )
    with database.transaction() as connection:
        insert_rows(connection, SHOP_SETTINGS, [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}])
        again = [{"name": "a", "value": "1"}, {"name": "b", "value": "3"}]
        assert insert_rows(connection, SHOP_SETTINGS, again, on_conflict=unlike) == 1
