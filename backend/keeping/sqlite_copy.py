"""A copy of a SQLite database that others write meanwhile, and whether a copy is sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from backend.contract.private_files import make_private
from backend.keeping.errors import KeepingError
from backend.keeping.progress import Progress
from backend.storage.engines import SqliteFile

PAGES_A_STEP: Final = 1024
MOST_FAULTS: Final = 5
_SECRET_TABLE: Final = "shared_secrets"  # noqa: S105 - the name of a table


@contextmanager
def telling_failures(path: Path) -> Iterator[None]:
    """Raise what SQLite reports as `KeepingError`, with cause and remedy."""
    try:
        yield
    except sqlite3.Error as error:
        remedy = SqliteFile(path).remedy(error)
        raise KeepingError(f"The database {path} failed ({error}). {remedy}") from error


def copy_database(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database as it is at one moment, whoever writes meanwhile.

    Raises:
        KeepingError: one of the two cannot be used.
    """
    make_private(target)
    with telling_failures(source), closing(open_for_reading(source)) as database:
        # In a read transaction of its own the copy does not begin again with each commit of the backend.
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        page_bytes = int(database.execute("PRAGMA page_size").fetchone()[0])

        def on_step(_status: int, remaining: int, total: int) -> None:
            done = total - remaining
            progress.reached("copying the database", done * page_bytes, total * page_bytes)

        with closing(sqlite3.connect(target)) as copy:
            database.backup(copy, pages=PAGES_A_STEP, progress=on_step)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def forget_secrets(path: Path) -> None:
    """Take the secrets out of a copy; nothing of them stays in the file."""
    with telling_failures(path), closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA secure_delete=ON")
        if _has_table(database, _SECRET_TABLE):
            database.execute(f"DELETE FROM {_SECRET_TABLE}")  # noqa: S608 - a constant
            database.commit()
            database.execute("VACUUM")


def schema_of(path: Path) -> str:
    """Return the newest migration that a database has seen; empty for one that is not ours."""
    with telling_failures(path), closing(open_for_reading(path)) as database:
        if not _has_table(database, "alembic_version"):
            return ""
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else ""


def faults_of(path: Path) -> list[str]:
    """Return what is broken of a database file itself; nothing where it is sound."""
    try:
        with closing(open_for_reading(path)) as database:
            rows = database.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
            faults = [str(row[0]) for row in rows if row[0] != "ok"]
            for table, row_id, parent, _ in database.execute("PRAGMA foreign_key_check").fetchmany(
                MOST_FAULTS
            ):
                faults.append(f"row {row_id} of {table} belongs to a row of {parent} that is not there")
    except sqlite3.Error as error:
        return [str(error)]
    return faults


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a database without the right to write; each statement is a transaction of its own."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    database.isolation_level = None
    return database


def _has_table(database: sqlite3.Connection, name: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(database.execute(query, (name,)).fetchone()[0])
