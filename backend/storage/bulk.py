"""Inserts many rows at once, without building the parameters of each row again."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, Dialect, Table, insert


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows of the same columns; their values go to the driver as they are."""
    if not rows:
        return
    sql, order = _compiled(table, tuple(rows[0]), connection.dialect)
    if order is None:
        connection.exec_driver_sql(sql, [dict(row) for row in rows])
    else:
        connection.exec_driver_sql(sql, [tuple([row[name] for name in order]) for row in rows])


@lru_cache(maxsize=128)
def _compiled(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """Return the statement, and the order of its columns where the driver takes them by position."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    positions = getattr(compiled, "positiontup", None)
    return str(compiled), tuple(positions) if positions is not None else None
