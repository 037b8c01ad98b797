"""Which rooms a transaction has something for, so that they look for it right after the commit.

It is a hint: who misses it looks once a second anyway.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection

_KEY: Final = "livestall_touched_rooms"


def touch_rooms(connection: Connection, room_ids: Iterable[str]) -> None:
    """Note rooms for `take_touched_rooms` on the same connection."""
    connection.info.setdefault(_KEY, set()).update(room_ids)


def take_touched_rooms(connection: Connection) -> frozenset[str]:
    """Return the rooms that were noted, and forget them."""
    return frozenset(connection.info.pop(_KEY, ()))
