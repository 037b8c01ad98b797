"""What only a PostgreSQL server can do to us; the other storage tests run on both engines."""

import asyncio
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, select, text, update

from backend.storage.database import Database, StorageError, open_database, read_rows
from backend.storage.engines import PostgresServer
from backend.storage.tables import ROOMS
from tests.support.postgres import Postgres, running_postgres

ROW: dict[str, object] = {"room_id": "main", "title": "直播间", "created_at_ms": 0, "host_generation": 0}


def connect(url: str, lock_wait_ms: int = 5000) -> Database:
    return Database(PostgresServer(url, lock_wait_ms=lock_wait_ms))


def count(database: Database) -> int:
    with database.transaction() as connection:
        return int(connection.scalar(select(ROOMS.c.created_at_ms)) or 0)


def test_two_nodes_may_start_at_once_on_an_empty_database(postgres: Postgres) -> None:
    url = postgres.new_database()
    opened: list[Database] = []
    nodes = [threading.Thread(target=lambda: opened.append(connect(url))) for _ in range(4)]
    for node in nodes:
        node.start()
    for node in nodes:
        node.join()
    assert len(opened) == 4
    for database in opened:
        database.close()


async def test_who_reads_and_then_writes_loses_no_change_of_another_node(postgres: Postgres) -> None:
    url = postgres.new_database()
    nodes = [connect(url) for _ in range(3)]
    with nodes[0].transaction() as connection:
        connection.execute(insert(ROOMS).values(ROW))

    def add_one(node: Database) -> None:
        with node.transaction() as connection:
            found = connection.scalar(select(ROOMS.c.created_at_ms))
            connection.execute(update(ROOMS).values(created_at_ms=int(found or 0) + 1))

    await asyncio.gather(*(asyncio.to_thread(add_one, nodes[n % 3]) for n in range(60)))
    assert count(nodes[0]) == 60
    for node in nodes:
        node.close()


def test_the_shop_does_not_wait_for_the_rooms(postgres: Postgres) -> None:
    url = postgres.new_database()
    rooms, shop = connect(url), connect(url, lock_wait_ms=50)
    with rooms.transaction(), shop.shop_transaction() as connection:
        connection.execute(insert(ROOMS).values(ROW))
    with shop.reading() as connection:
        assert read_rows(connection, select(ROOMS)) == [ROW]
    rooms.close()
    shop.close()


def test_a_transaction_that_hangs_elsewhere_is_named(postgres: Postgres) -> None:
    url = postgres.new_database()
    hanging, waiting = connect(url), connect(url, lock_wait_ms=50)
    with hanging.transaction(), pytest.raises(StorageError, match=r"locked.*End that program's"):
        count(waiting)
    assert count(waiting) == 0
    hanging.close()
    waiting.close()


def test_after_a_restart_of_the_server_the_next_change_goes_through() -> None:
    with running_postgres() as server:
        database = connect(server.new_database())
        with database.transaction() as connection:
            connection.execute(insert(ROOMS).values(ROW))
        server.stop()
        with pytest.raises(StorageError, match=r"Check that the server runs"):
            count(database)
        server.start()
        with database.transaction() as connection:
            assert read_rows(connection, select(ROOMS)) == [ROW]
        database.close()


def test_a_connection_that_breaks_in_the_middle_undoes_the_transaction(postgres: Postgres) -> None:
    database = connect(url := postgres.new_database())

    def write_and_be_cut_off() -> None:
        with database.transaction() as connection:
            connection.execute(insert(ROOMS).values(ROW))
            pid = connection.scalar(text("SELECT pg_backend_pid()"))
            with psycopg.connect(url, autocommit=True) as operator:
                operator.execute("SELECT pg_terminate_backend(%s)", (pid,))
            connection.execute(select(ROOMS))

    with pytest.raises(StorageError, match=r"failed .*(Check that the server runs|shutting down)"):
        write_and_be_cut_off()
    with database.transaction() as connection:
        assert read_rows(connection, select(ROOMS)) == []
    database.close()


def test_a_database_that_is_not_there_names_cause_and_remedy(postgres: Postgres, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"nowhere.*does not exist.*Check that"):
        open_database(tmp_path, postgres.url("nowhere"))


@pytest.mark.parametrize("address", ["mysql://root:secret@localhost/x", "postgresql://localhost", "nonsense"])
def test_an_address_that_cannot_be_meant_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"expected postgresql://user:password@host/database") as refused:
        open_database(tmp_path, address)
    assert "secret" not in str(refused.value)


def test_no_message_shows_the_password(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"\*\*\*") as failed:
        open_database(tmp_path, "postgresql://shop:secret@127.0.0.1:1/livestall")
    assert "secret" not in str(failed.value)


def test_an_old_server_is_refused(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.storage.engines.OLDEST_POSTGRES", 99)
    with pytest.raises(StorageError, match=r"PostgreSQL 99 or later is needed.*Update it"):
        connect(postgres.new_database())


def test_without_an_address_it_is_a_file(tmp_path: Path) -> None:
    open_database(tmp_path, None).close()
    assert [path.name for path in tmp_path.iterdir()] == ["livestall.db"]
