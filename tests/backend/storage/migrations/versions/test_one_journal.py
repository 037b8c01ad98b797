"""The rooms' coins move into the shop's journal, on a real old shop and both databases."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from backend.keeping.check_money import check_money
from backend.storage.database import FILE_NAME, Database
from backend.storage.engines import Place, PostgresServer, SqliteFile
from backend.storage.payment_tables import FORMER_MOVEMENTS, SHOP_JOURNAL, WALLETS
from tests.support.coin_books import house, wallets
from tests.support.old_shop import restore
from tests.support.postgres import Postgres

LEFT = 3000 - 7 - 104


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return SqliteFile(tmp_path / FILE_NAME)
    server: Postgres = request.getfixturevalue("postgres")
    return PostgresServer(server.new_database())


def moved(place: Place, *before: str) -> Database:
    """Restore the old shop, change it, and open it with the code of now."""
    engine = place.open()
    restore(engine)
    with engine.begin() as connection:
        for statement in before:
            connection.execute(text(statement))
    engine.dispose()
    return Database(place)


def test_all_have_what_they_had_and_the_houses_accounts_merge(place: Place) -> None:
    database = moved(place)
    assert sorted(wallets(database).values()) == [LEFT] * 5
    assert house(database) == {"grants": -15_000, "gift_income": 555}
    with database.reading() as connection:
        assert list(check_money(connection)) == []
    database.close()


def test_each_movement_knows_where_it_stood_and_they_go_on_in_the_order_of_time(place: Place) -> None:
    database = moved(place)
    with database.reading() as connection:
        query = (
            select(SHOP_JOURNAL.c.kind, SHOP_JOURNAL.c.ref, FORMER_MOVEMENTS.c.number)
            .join(FORMER_MOVEMENTS, FORMER_MOVEMENTS.c.journal_id == SHOP_JOURNAL.c.journal_id)
            .where(FORMER_MOVEMENTS.c.room_id == "main")
            .order_by(SHOP_JOURNAL.c.journal_id)
        )
        rows = connection.execute(query).all()
        assert [(row.kind, row.number) for row in rows[:3]] == [("grant_demo", 4), ("gift", 5), ("gift", 6)]
        assert all(row.ref.startswith("main:") for row in rows)
        times = list(connection.scalars(select(SHOP_JOURNAL.c.at_ms).order_by(SHOP_JOURNAL.c.journal_id)))
    assert times == sorted(times)
    assert len(times) == 15
    database.close()


def test_wallets_of_one_person_in_two_rooms_add_up_and_those_of_two_hosts_do_not(place: Place) -> None:
    database = moved(
        place,
        "INSERT INTO wallet_accounts (room_id, account, kind, coins) "
        "SELECT 'second', 'user:' || user_id, 'user', 5 FROM accounts WHERE name = 'Lily'",
        "INSERT INTO wallet_accounts (room_id, account, kind, coins) "
        "VALUES ('main', 'user:host', 'user', 1), ('second', 'user:host', 'user', 2)",
        "INSERT INTO journal (room_id, number, kind, ref, at_ms) VALUES ('second', 90, 'grant_x', 'a', 1), "
        "('main', 91, 'grant_x', 'a', 1), ('second', 92, 'grant_x', 'b', 1)",
        "INSERT INTO postings (room_id, number, account, coins) "
        "SELECT 'second', 90, 'user:' || user_id, 5 FROM accounts WHERE name = 'Lily'",
        "INSERT INTO postings (room_id, number, account, coins) VALUES ('second', 90, 'grants', -5), "
        "('main', 91, 'user:host', 1), ('main', 91, 'grants', -1), "
        "('second', 92, 'user:host', 2), ('second', 92, 'grants', -2)",
    )
    held = wallets(database)
    assert sorted(held.values()) == [1, 2, *[LEFT] * 4, LEFT + 5]
    assert (held["host:main"], held["host:second"]) == (1, 2)
    database.close()


def test_a_shop_without_coins_moves_too(place: Place) -> None:
    database = Database(place)
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(WALLETS)) == 0
    database.close()
