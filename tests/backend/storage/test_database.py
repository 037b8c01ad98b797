import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from backend.storage.database import FILE_NAME, MIGRATIONS, Database, StorageError, read_rows
from backend.storage.schema import METADATA, SCHEMA_VERSION
from backend.storage.tables import ROOMS

ROW: dict[str, object] = {"room_id": "main", "title": "直播间", "created_at_ms": 1, "host_generation": 0}


@pytest.fixture
def file(tmp_path: Path) -> Database:
    return Database(tmp_path)


def write(database: Database, *rows: dict[str, object]) -> None:
    with database.transaction() as connection:
        for row in rows:
            connection.execute(insert(ROOMS).values(row))


def test_what_was_written_is_there_after_opening_again(tmp_path: Path, file: Database) -> None:
    write(file, ROW)
    file.close()
    with Database(tmp_path).transaction() as connection:
        assert read_rows(connection, select(ROOMS)) == [ROW]


def test_what_was_confirmed_survives_a_power_cut(file: Database) -> None:
    with file.transaction() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}


def test_all_or_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError):
        write(database, ROW, ROW)
    with database.transaction() as connection:
        assert read_rows(connection, select(ROOMS)) == []


def test_a_reader_sees_what_was_committed_when_it_began(database: Database) -> None:
    with database.reading() as connection:
        assert read_rows(connection, select(ROOMS)) == []
        write(database, ROW)
        assert read_rows(connection, select(ROOMS)) == []


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(database: Database) -> None:
    with database.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_newest_migration_is_the_version_that_the_code_knows() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [SCHEMA_VERSION]


def test_a_file_of_a_newer_version_is_left_alone_and_says_so(tmp_path: Path, file: Database) -> None:
    with file.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    file.close()
    with pytest.raises(StorageError, match=r"newer version of Livestall.*Update this one"):
        Database(tmp_path)


def test_a_file_that_is_no_database_names_cause_and_remedy(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("this is a shopping list, and not a short one " * 40)
    with pytest.raises(StorageError, match=r"not a database.*Restore a backup"):
        Database(tmp_path)


def test_a_transaction_that_waits_too_long_for_another_of_this_program_says_so(tmp_path: Path) -> None:
    database = Database(tmp_path, lock_wait_ms=50)
    with (
        database.transaction(),
        ThreadPoolExecutor() as pool,
        pytest.raises(StorageError, match=r"busy for too long"),
    ):
        pool.submit(database.shop_transaction().__enter__).result()
    database.close()


def test_a_locked_database_names_cause_and_remedy(tmp_path: Path, file: Database) -> None:
    file.close()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StorageError, match=r"locked.*Close that program"):
            Database(tmp_path, lock_wait_ms=50)
    finally:
        other.close()


def test_a_full_disk_names_cause_and_remedy_and_loses_nothing(file: Database) -> None:
    write(file, ROW)
    with file.transaction() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    with file.transaction() as connection:
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    many = [{**ROW, "room_id": f"room-{number}", "title": "x" * 190} for number in range(2000)]
    with pytest.raises(StorageError, match=r"disk is full. Free some space"):
        write(file, *many)
    with file.transaction() as connection:
        assert read_rows(connection, select(ROOMS)) == [ROW]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_names_cause_and_remedy(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match=r"may write"):
            Database(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_missing_folder_names_cause_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be opened.*may write to its folder"):
        Database(tmp_path / "nowhere")


def test_a_read_only_database_names_cause_and_remedy(file: Database) -> None:
    with file.transaction() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
    with pytest.raises(StorageError, match=r"write access"):
        write(file, ROW)
