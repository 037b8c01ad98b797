"""A PostgreSQL database before it is backed up or restored: its schema, its tables, who works with it."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from backend.keeping.errors import KeepingError
from backend.storage.engines import EngineError, PostgresServer

Answer = TypeVar("Answer")

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def server_schema(address: str) -> str:
    """Return the newest migration that a database has seen.

    Raises:
        KeepingError: it cannot be reached, or is not ours.
    """

    def read(connection: Connection) -> str | None:
        if "alembic_version" not in inspect(connection).get_table_names():
            return None
        schema: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return schema

    schema = _ask(address, read)
    if schema is None:
        raise KeepingError("The database holds nothing of Livestall. Check --database.")
    return schema


def has_tables(address: str) -> bool:
    """Whether anything is in a database."""
    return _ask(address, lambda connection: bool(inspect(connection).get_table_names()))


def users_of(address: str) -> int:
    """Return how many others work with a database now."""
    return _ask(address, lambda connection: int(connection.scalar(_OTHERS) or 0))


def _ask(address: str, reading: Callable[[Connection], Answer]) -> Answer:
    try:
        server = PostgresServer(address)
        engine = server.open()
    except EngineError as error:
        raise KeepingError(f"The database cannot be opened: {error}") from error
    try:
        with engine.connect() as connection:
            return reading(connection)
    except (SQLAlchemyError, EngineError) as error:
        cause = getattr(error, "orig", error)
        told = " ".join(str(cause).split())
        raise KeepingError(f"The database {server.name} failed ({told}). {server.remedy(cause)}") from error
    finally:
        engine.dispose()
