"""A look at a database that changes nothing: no migration, no write, while others work with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from backend.keeping.errors import KeepingError
from backend.keeping.sqlite_copy import faults_of, open_for_reading
from backend.storage.database import FILE_NAME
from backend.storage.engines import TURN, EngineError, Place, PostgresServer, SqliteFile, Turn
from backend.storage.schema import SCHEMA_VERSION


@contextmanager
def looking(folder: Path, address: str | None) -> Iterator[Connection]:
    """Give a connection that sees what was committed at one moment.

    Raises:
        KeepingError: there is no such database, it fails, or it is not of this version.
    """
    place, engine = _open(folder, address)
    try:
        with engine.connect() as connection:
            _check_schema(connection, place)
            yield connection
    except (DatabaseError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        told = " ".join(str(cause).split())
        raise KeepingError(f"The database {place.name} failed ({told}). {place.remedy(cause)}") from error
    except EngineError as error:
        raise KeepingError(str(error)) from error
    finally:
        engine.dispose()


def file_faults(folder: Path, address: str | None) -> list[str]:
    """Return what is broken of a database's file; a server looks after its own."""
    return [] if address is not None else faults_of(folder / FILE_NAME)


def _open(folder: Path, address: str | None) -> tuple[Place, Engine]:
    if address is not None:
        try:
            server = PostgresServer(address)
            return server, server.open().execution_options(**{TURN: Turn.READING})
        except EngineError as error:
            raise KeepingError(f"The database cannot be opened: {error}") from error
    path = folder / FILE_NAME
    if not path.is_file():
        raise KeepingError(f"There is no {FILE_NAME} in {folder}. Give the backend's --data or --database.")
    engine = create_engine("sqlite://", creator=lambda: open_for_reading(path), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return SqliteFile(path), engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _check_schema(connection: Connection, place: Place) -> None:
    is_ours = "alembic_version" in inspect(connection).get_table_names()
    schema = connection.scalar(text("SELECT version_num FROM alembic_version")) if is_ours else None
    if schema != SCHEMA_VERSION:
        raise KeepingError(
            f"The database {place.name} is of another version of Livestall ({schema!r}, this one has "
            f"{SCHEMA_VERSION!r}). Start the backend once to bring it up to date, or check with the version "
            "that wrote it."
        )
