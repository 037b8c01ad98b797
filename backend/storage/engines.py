"""Where a database can live, a SQLite file or a PostgreSQL server: how to reach it, what failures mean."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import Enum, auto
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from backend.contract.private_files import make_private
from backend.storage.fair_lock import FairLock, LockTimeoutError

log = logging.getLogger("livestall.storage")

LOCK_WAIT_MS: Final = 5000
CONNECT_WITHIN_S: Final = 5
OLDEST_POSTGRES: Final = 15

TURN: Final = "livestall_turn"
"""The execution option that says which `Turn` a transaction takes; without it, that of the rooms."""

_BESIDE: Final = ("-wal", "-shm", "-journal")

# A node that froze in the middle of a transaction holds up the others no longer than this.
_IDLE_AT_MOST_MS: Final = 4000


class Turn(Enum):
    """Behind whom a transaction waits on a server, where SQLite knows one writer for all.

    Attributes:
        ROOMS: behind the rooms' transactions.
        SHOP: behind the shop's.
        NONE: behind nobody: its statements are whole in themselves.
        READING: behind nobody, on SQLite too: it reads what was committed when it began, and writes nothing.
    """

    # Any number will do that no other program takes in the same database.
    ROOMS = 0x6C697665
    SHOP = 0x73686F70
    NONE = auto()
    READING = auto()


# By SQLite's primary result code (the low byte of the extended one): what it means, and what to do.
_SQLITE_REMEDIES: Final = {
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
_SQLITE_ELSE: Final = "Check the disk, and report this if it stays."

# By SQLSTATE (PostgreSQL's manual, appendix A), the longest prefix first.
_POSTGRES_REMEDIES: Final = {
    "53100": "Its disk is full. Free some space on it; nothing that was confirmed is lost.",
    "53300": "It has too many connections. Raise max_connections, or end some of its other users.",
    "55P03": "Another program holds it locked. End that program's transaction and try again.",
    "25006": "It is read-only. Use the primary server's address.",
    "42501": "This user may not do that. Give the user all rights on the database's schema.",
    "57P": "The server is shutting down or starting. It is tried again with the next change.",
}
_POSTGRES_ELSE: Final = (
    "Check that the server runs and can be reached, and that database, user and password are right."
)


class EngineError(Exception):
    """The database cannot be used as it was asked for; the message names cause and remedy."""


class Place(Protocol):
    """Where a database lives.

    Attributes:
        name: how messages call it; without a password.
    """

    name: str

    def open(self) -> Engine:
        """Return an engine whose transactions come one after the other; raises `EngineError`."""

    def taking(self, turn: Turn) -> AbstractContextManager[None]:
        """Wait in this process for what a transaction with this turn needs; raises `EngineError`."""

    def remedy(self, cause: BaseException | None) -> str:
        """Say what a failure means, and what to do."""


class SqliteFile:
    """One file (WAL, synchronous=FULL: what was confirmed survives a crash and a power cut).

    Args:
        path: the file; its folder must exist.
        lock_wait_ms: how long to wait for one's turn in this program, and then for another program to let go.
    """

    def __init__(self, path: Path, *, lock_wait_ms: int = LOCK_WAIT_MS) -> None:
        self.name = str(path)
        self._path = path
        self._lock_wait_ms = lock_wait_ms
        # SQLite itself has who waits ask again and again, and who writes without a rest is always faster.
        self._writing = FairLock()

    def open(self) -> Engine:
        """See `Place.open`."""
        self._make_private()
        url = URL.create("sqlite", database=self.name)
        # What rows hold, such as addresses, is nothing for messages and logs.
        waits = {"timeout": self._lock_wait_ms / 1000}
        engine = create_engine(url, connect_args=waits, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def taking(self, turn: Turn) -> AbstractContextManager[None]:
        """See `Place.taking`."""
        return nullcontext() if turn is Turn.READING else self._written()

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            with self._writing.held(self._lock_wait_ms / 1000):
                yield
        except LockTimeoutError:
            raise EngineError("it is busy for too long. Check the disk, and try again.") from None

    def _make_private(self) -> None:
        # SQLite gives the files beside it the rights that the file has when it makes them.
        for path in (self._path, *(Path(f"{self._path}{ending}") for ending in _BESIDE)):
            try:
                if path == self._path or path.exists():
                    make_private(path)
            except OSError as error:
                log.info("%s stays as it is (%s)", path, error)  # where it cannot be used, opening it says so

    def remedy(self, cause: BaseException | None) -> str:
        """See `Place.remedy`."""
        return _SQLITE_REMEDIES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, _SQLITE_ELSE)


class PostgresServer:
    """A PostgreSQL database, shared by all nodes; what was confirmed survives a crash of the server.

    Args:
        url: `postgresql://user:password@host:port/database`.
        lock_wait_ms: how long a transaction waits for its turn.

    Raises:
        EngineError: the address cannot be understood.
    """

    def __init__(self, url: str, *, lock_wait_ms: int = LOCK_WAIT_MS) -> None:
        self._url = _postgres_url(url)
        self._lock_wait_ms = lock_wait_ms
        self.name = self._url.set(drivername="postgresql").render_as_string(hide_password=True)

    def open(self) -> Engine:
        """See `Place.open`."""
        settings = (
            f"-c lock_timeout={self._lock_wait_ms} -c idle_in_transaction_session_timeout={_IDLE_AT_MOST_MS} "
            "-c synchronous_commit=on -c timezone=UTC "
            # A plan that is kept was made when the tables were empty: a crowd would scan them until the next
            # ANALYZE, each of its statements.
            "-c plan_cache_mode=force_custom_plan"
        )
        arguments = {"connect_timeout": CONNECT_WITHIN_S, "options": settings}
        # Asked before each use: after a restart of the server the first change must not fail.
        engine = create_engine(self._url, connect_args=arguments, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "begin", _begin_postgres)
        return engine

    def taking(self, turn: Turn) -> AbstractContextManager[None]:
        """See `Place.taking`: here the server knows whose turn it is."""
        return nullcontext()

    def remedy(self, cause: BaseException | None) -> str:
        """See `Place.remedy`."""
        state = getattr(cause, "sqlstate", None) or ""
        return _POSTGRES_REMEDIES.get(state) or _POSTGRES_REMEDIES.get(state[:3]) or _POSTGRES_ELSE


def _postgres_url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise EngineError(f"expected postgresql://user:password@host/database, got {text!r}") from error
    if url.drivername not in {"postgresql", "postgres"} or not url.database:
        shown = url.render_as_string(hide_password=True)
        raise EngineError(f"expected postgresql://user:password@host/database, got {shown!r}")
    return url.set(drivername="postgresql+psycopg")


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # SQLAlchemy begins transactions itself (below); sqlite3 would begin them late and as readers.
    connection.isolation_level = None
    # What is deleted or written over is gone from the file, too: it can be a name.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later is refused at once when another one wrote in between.
    is_reading = _turn_of(connection) is Turn.READING
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    turn = _turn_of(connection)
    if turn is Turn.READING:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    if turn in {Turn.READING, Turn.NONE}:
        return
    # What BEGIN IMMEDIATE is to SQLite: whoever reads and then writes sees nothing change in between, so the
    # same rules hold on both. The lock goes with the transaction, and with a node that dies.
    _check_version(connection)
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({turn.value})")


def wait_for_turn(connection: Connection, turn: Turn) -> None:
    """Take another turn within a transaction that has the rooms': on SQLite there is one turn for all."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({turn.value})")


def _turn_of(connection: Connection) -> Turn:
    turn = connection.get_execution_options().get(TURN, Turn.ROOMS)
    return Turn(turn)


def _check_version(connection: Connection) -> None:
    found = connection.dialect.server_version_info or (0,)
    if int(found[0]) < OLDEST_POSTGRES:
        version = ".".join(map(str, found))
        raise EngineError(
            f"PostgreSQL {OLDEST_POSTGRES} or later is needed, the server is {version}. Update it."
        )
