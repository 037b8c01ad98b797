"""The database: opened safely, brought up to date, and every failure reported with its cause and remedy."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Executable, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.storage.engines import LOCK_WAIT_MS, TURN, EngineError, Place, PostgresServer, SqliteFile, Turn
from backend.storage.schema import SCHEMA_VERSION

FILE_NAME: Final = "livestall.db"
MIGRATIONS: Final = Path(__file__).parent / "migrations"

Answer = TypeVar("Answer")


class StorageError(Exception):
    """The database cannot be used; the message names cause and remedy."""


class Database:
    """A file of ours (SQLite), or a PostgreSQL server that several nodes share; the same to whoever uses it.

    Transactions come one after the other. Its methods block: call them in a thread where an event loop runs.

    Args:
        place: the folder where the file lies, which must exist; or another place.
        lock_wait_ms: how long to wait for another program to let go of the file.

    Raises:
        StorageError: it cannot be opened, or was written by a newer version.
    """

    def __init__(self, place: Path | Place, *, lock_wait_ms: int = LOCK_WAIT_MS) -> None:
        if isinstance(place, Path):
            place = SqliteFile(place / FILE_NAME, lock_wait_ms=lock_wait_ms)
        self._place: Place = place
        self._engine = self._place.open()
        self._engines = {turn: self._engine.execution_options(**{TURN: turn}) for turn in Turn}
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Do all that is inside, or nothing; raises `StorageError` when the disk or a lock is in the way."""
        with self._began(Turn.ROOMS) as connection:
            yield connection

    @contextmanager
    def shop_transaction(self) -> Iterator[Connection]:
        """Do as `transaction`; on a server it waits behind the shop's transactions, not behind the rooms'."""
        with self._began(Turn.SHOP) as connection:
            yield connection

    @contextmanager
    def transaction_aside(self) -> Iterator[Connection]:
        """Do as `transaction`, but on a server without the turn of those that read and then write.

        For what must not wait behind them and needs no turn: a statement that is whole in itself.
        """
        with self._began(Turn.NONE) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read what was committed when the block began, without waiting behind writers. Writes fail."""
        with self._began(Turn.READING) as connection:
            yield connection

    async def read(self, reading: Callable[[Connection], Answer]) -> Answer:
        """Read beside the loop, as `reading` does, and return what was made of it."""

        def read() -> Answer:
            with self.reading() as connection:
                return reading(connection)

        return await asyncio.to_thread(read)

    @contextmanager
    def _began(self, turn: Turn) -> Iterator[Connection]:
        try:
            with self._place.taking(turn), self._engines[turn].begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise self._told(error.orig) from error
        except (sqlite3.DatabaseError, PoolTimeoutError) as error:
            raise self._told(error) from error
        except EngineError as error:
            raise StorageError(f"The database {self._place.name} cannot be used: {error}") from error

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self.transaction() as connection:
            is_current = _version(connection) == SCHEMA_VERSION
        if not is_current:
            self._upgrade()

    def _upgrade(self) -> None:
        # Imported where needed: it loads as long as all else, and most starts have nothing to migrate; and
        # outside of the transaction, which a server ends where it is idle for long.
        from alembic import command
        from alembic.config import Config
        from alembic.util.exc import CommandError

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.transaction() as connection:
            if _version(connection) == SCHEMA_VERSION:
                return  # another node was faster
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise StorageError(
                    f"{self._place.name} was written by a newer version of Livestall ({error}). "
                    "Update this one, or use another database."
                ) from error

    def _told(self, cause: BaseException | None) -> StorageError:
        told = " ".join(str(cause).split())
        return StorageError(f"The database {self._place.name} failed ({told}). {self._place.remedy(cause)}")


def open_database(folder: Path, address: str | None) -> Database:
    """Open the database at the address (`postgresql://…`), or the file in the folder when there is none.

    Raises:
        StorageError: see `Database`; also for an address that cannot be understood.
    """
    try:
        return Database(folder if address is None else PostgresServer(address))
    except EngineError as error:
        raise StorageError(f"The database cannot be opened: {error}") from error


def _version(connection: Connection) -> str | None:
    """Return the name of the newest migration it has seen; None for a new database."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def read_rows(connection: Connection, query: Executable) -> list[dict[str, object]]:
    """Return the rows as plain dictionaries: msgspec does not take SQLAlchemy's own kind of names."""
    return [{str(name): value for name, value in row.items()} for row in connection.execute(query).mappings()]
