"""Inserts many rows at once: one statement on a server, one prepared statement in a file."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, Dialect, Table

_encode = msgspec.json.Encoder().encode


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]], *, on_conflict: str = ""
) -> int:
    """Insert rows of the same columns, texts and numbers, and return how many were written.

    `on_conflict` is the end of the statement, in words that both databases know.
    """
    if not rows:
        return 0
    names, dialect = tuple(rows[0]), connection.dialect
    if dialect.name == "postgresql":
        # A statement a row costs the server several times as much, arrays of texts cost psycopg as much.
        statement = f"{_of_json(table, names, dialect)} {on_conflict}"
        return connection.exec_driver_sql(statement, {"rows": _encode(rows).decode()}).rowcount
    values = [tuple([row[name] for name in names]) for row in rows]
    return connection.exec_driver_sql(f"{_of_values(table, names)} {on_conflict}", values).rowcount


@lru_cache(maxsize=128)
def _of_values(table: Table, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" for _ in names)
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our own


@lru_cache(maxsize=128)
def _of_json(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    columns = ", ".join(names)
    typed = ", ".join(f"{name} {table.c[name].type.compile(dialect=dialect)}" for name in names)
    records = f"json_to_recordset(CAST(%(rows)s AS json)) AS new ({typed})"
    return f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {records}"  # noqa: S608 - as above
