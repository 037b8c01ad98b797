"""What a check finds wrong."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select

# Of one kind of fault no more are read: who has thousands has one cause.
MOST_A_KIND: Final = 50


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong.

    Attributes:
        where: names the thing, such as an order by its number.
        what: does not agree.
    """

    where: str
    what: str


def rows_of(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """Give the first rows of a query that finds faults."""
    for row in connection.execute(query.limit(MOST_A_KIND)):
        yield tuple(row)
