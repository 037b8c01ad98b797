"""The database file: opened safely, brought up to date, and every failure told with its cause and remedy."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Executable, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from backend.storage.tables import SCHEMA_VERSION

FILE_NAME: Final = "livestall.db"
LOCK_WAIT_MS: Final = 5000
MIGRATIONS: Final = Path(__file__).parent / "migrations"

# By SQLite's primary result code (the low byte of the extended one): what it means, and what to do.
_REMEDIES: Final = {
    sqlite3.SQLITE_FULL: "The disk is full. Free some space on it; nothing that was confirmed is lost.",
    sqlite3.SQLITE_IOERR: "The disk reports an error. Check the disk and its free space.",
    sqlite3.SQLITE_READONLY: "It cannot be written. Give this user write access to the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "It cannot be opened. Check that this user may write to its folder.",
    sqlite3.SQLITE_PERM: "This user may not open it. Give this user read and write access.",
    sqlite3.SQLITE_BUSY: "Another program holds it locked. Close that program and try again.",
    sqlite3.SQLITE_LOCKED: "Another program holds it locked. Close that program and try again.",
    sqlite3.SQLITE_CORRUPT: "The file is damaged. Restore a backup, or move the file away to begin anew.",
    sqlite3.SQLITE_NOTADB: "The file is not a database. Restore a backup, or move it away to begin anew.",
}


class StorageError(Exception):
    """The database cannot be used; the message names cause and remedy."""


class Database:
    """One SQLite file (WAL, synchronous=FULL: what was confirmed survives a crash and a power cut).

    Its methods block: call them in a thread where an event loop runs.

    Args:
        folder: where the file lies; it must exist.
        lock_wait_ms: how long to wait for another program to let go of the file.

    Raises:
        StorageError: the file cannot be opened, or was written by a newer version.
    """

    def __init__(self, folder: Path, *, lock_wait_ms: int = LOCK_WAIT_MS) -> None:
        self._path = folder / FILE_NAME
        url = URL.create("sqlite", database=str(self._path))
        self._engine = create_engine(url, connect_args={"timeout": lock_wait_ms / 1000})
        event.listen(self._engine, "connect", _prepare_connection)
        event.listen(self._engine, "begin", _begin_immediate)
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Do all that is inside, or nothing; raises `StorageError` when the disk or a lock is in the way."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise self._told(error.orig) from error
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self.transaction() as connection:
            if _version(connection) != SCHEMA_VERSION:
                self._upgrade(connection)

    def _upgrade(self, connection: Connection) -> None:
        # Imported where needed: it loads as long as all else, and most starts have nothing to migrate.
        from alembic import command
        from alembic.config import Config
        from alembic.util.exc import CommandError

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StorageError(
                f"{self._path} was written by a newer version of Livestall ({error}). "
                "Update this one, or use another data folder."
            ) from error

    def _told(self, cause: BaseException | None) -> StorageError:
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        remedy = _REMEDIES.get(code, "Check the disk, and report this if it stays.")
        return StorageError(f"The database {self._path} failed ({cause}). {remedy}")


def _version(connection: Connection) -> str | None:
    """Return the name of the newest migration this file has seen; None for a new file."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def read_rows(connection: Connection, query: Executable) -> list[dict[str, object]]:
    """Return the rows as plain dictionaries: msgspec does not take SQLAlchemy's own kind of names."""
    return [{str(name): value for name, value in row.items()} for row in connection.execute(query).mappings()]


def _prepare_connection(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # SQLAlchemy begins transactions itself (below); sqlite3 would begin them late and as readers.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads first and writes later is refused at once when another one wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
