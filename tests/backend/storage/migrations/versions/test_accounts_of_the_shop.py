"""Accounts of two rooms become the shop's, on a real old shop and both databases."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from backend.identity.accounts import AccountStore, Passwords
from backend.storage.database import FILE_NAME, Database, read_rows
from backend.storage.engines import Place, PostgresServer, SqliteFile
from backend.storage.tables import FORMER_ACCOUNTS
from tests.support.old_shop import restore
from tests.support.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return SqliteFile(tmp_path / FILE_NAME)
    server: Postgres = request.getfixturevalue("postgres")
    return PostgresServer(server.new_database())


@pytest.fixture
def database(place: Place) -> Database:
    engine = place.open()
    restore(engine)
    engine.dispose()
    database = Database(place)
    AccountStore(database).fill_keys()
    return database


def test_all_accounts_are_the_shops_and_the_older_of_equal_names_keeps_it(database: Database) -> None:
    store = AccountStore(database)
    assert sorted(store.names().values()) == ["LiIy", "Lily", "小李", "小王", "小王2"]
    [older] = store.by_name("小王", "main")
    [renamed] = store.by_name("小王2", "main")
    assert older.created_at_ms < renamed.created_at_ms
    with database.reading() as connection:
        rows = read_rows(connection, select(FORMER_ACCOUNTS).where(FORMER_ACCOUNTS.c.name == "小王"))
    assert {row["room_id"]: row["user_id"] for row in rows} == {
        "main": older.user_id,
        "second": renamed.user_id,
    }
    database.close()


async def test_where_an_account_was_made_it_still_signs_in_by_the_name_it_had(database: Database) -> None:
    store, passwords = AccountStore(database), Passwords()
    [older] = store.by_name("小王", "main")
    former, shops = store.by_name("小王", "second")
    assert (former.name, shops) == ("小王2", older)
    assert await passwords.matches(former.password_hash, "password of 小王")
    database.close()


def test_of_names_that_look_alike_the_older_has_the_look(database: Database) -> None:
    with database.reading() as connection:
        query = text("SELECT name, look_key IS NULL FROM accounts WHERE name LIKE 'Li%' ORDER BY name")
        assert {str(name): bool(is_lost) for name, is_lost in connection.execute(query)} == {
            "LiIy": True,
            "Lily": False,
        }
    database.close()


def test_the_same_user_in_two_rooms_is_one_person(place: Place) -> None:
    engine = place.open()
    restore(engine)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO accounts SELECT 'second', user_id, 'Anna', 'anna', password_hash, 9, "
                "created_at_ms + 1, NULL FROM accounts WHERE name = 'Lily'"
            )
        )
    engine.dispose()
    database = Database(place)
    store = AccountStore(database)
    assert store.by_name("Anna", "second") == store.by_name("Lily", "main")
    database.close()
