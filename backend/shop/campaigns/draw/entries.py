"""Draws as they are kept: what each is sealed with, who takes part, who won.

The functions run inside the caller's transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from backend.contract.campaigns import CampaignTerms
from backend.contract.draws import DrawTerms, DrawWinner
from backend.fairness.draw import Entry
from backend.storage.bulk import insert_rows
from backend.storage.database import StorageError, read_rows
from backend.storage.draw_tables import DRAW_ENTRIES, DRAWS
from backend.storage.erasing_tables import ERASED_ACCOUNTS

_ENTRY: Final = DRAW_ENTRIES.c


def draw_terms(terms: CampaignTerms) -> DrawTerms:
    """Return terms as those of a draw.

    Raises:
        TypeError: they are of another kind.
    """
    if not isinstance(terms, DrawTerms):
        raise TypeError(f"expected the terms of a draw, got {type(terms).__name__}")
    return terms


class Draw(msgspec.Struct, frozen=True):
    """What a draw is sealed with, and how far it is; see `backend.storage.draw_tables`."""

    campaign_id: str
    secret: str
    commitment: str
    root: str = ""
    mix: str = ""
    entries: int = 0
    proven: int = 0
    closed_at_ms: int | None = None
    drawn_at_ms: int | None = None


class Entered(msgspec.Struct, frozen=True):
    """Somebody who takes part."""

    user_id: str
    number: int
    who: str
    nonce_hash: str
    nonce: str
    at_ms: int
    place: int | None = None

    @property
    def listed(self) -> Entry:
        """The entry as the list has it, without the person."""
        return Entry(self.who, self.nonce_hash, self.nonce)


def add_draw(connection: Connection, draw: Draw) -> None:
    """Write a new draw."""
    connection.execute(insert(DRAWS).values(**msgspec.structs.asdict(draw)))


def read_draw(connection: Connection, campaign_id: str) -> Draw:
    """Return a draw.

    Raises:
        StorageError: there is none.
    """
    rows = read_rows(connection, select(DRAWS).where(DRAWS.c.campaign_id == campaign_id))
    if not rows:
        raise StorageError(f"The draw of the campaign {campaign_id} is missing.")
    return msgspec.convert(rows[0], Draw)


def change_draw(connection: Connection, draw: Draw, **values: object) -> Draw:
    """Change a draw, and return it as it is then."""
    connection.execute(update(DRAWS).where(DRAWS.c.campaign_id == draw.campaign_id).values(**values))
    return msgspec.structs.replace(draw, **values)


def add_entries(connection: Connection, draw: Draw, entered: Sequence[Entered]) -> Draw:
    """Write who entered, and return the draw with them."""
    rows = [{"campaign_id": draw.campaign_id, **msgspec.structs.asdict(one)} for one in entered]
    insert_rows(connection, DRAW_ENTRIES, rows)
    return change_draw(connection, draw, entries=draw.entries + len(entered))


def read_entries(connection: Connection, campaign_id: str) -> list[Entered]:
    """Return who takes part in a draw, the first to enter first."""
    query = select(*_COLUMNS).where(_ENTRY.campaign_id == campaign_id).order_by(_ENTRY.number)
    return msgspec.convert(read_rows(connection, query), list[Entered])


def find_entries(connection: Connection, campaign_id: str, user_ids: Collection[str]) -> dict[str, Entered]:
    """Return the entries of these people, by user."""
    is_theirs = _ENTRY.campaign_id == campaign_id, _ENTRY.user_id.in_(sorted(user_ids))
    rows = read_rows(connection, select(*_COLUMNS).where(*is_theirs))
    return {one.user_id: one for one in msgspec.convert(rows, list[Entered])}


def prove(connection: Connection, draw: Draw, nonces: Mapping[str, str]) -> Draw:
    """Write the numbers that devices revealed, by user; return the draw with them."""
    for user_id, nonce in nonces.items():
        is_theirs = _ENTRY.campaign_id == draw.campaign_id, _ENTRY.user_id == user_id
        connection.execute(update(DRAW_ENTRIES).where(*is_theirs).values(nonce=nonce))
    return change_draw(connection, draw, proven=draw.proven + len(nonces))


def won_since(connection: Connection, user_ids: Iterable[str], since_ms: int) -> set[str]:
    """Return which of these people won a draw since a time."""
    is_theirs = _ENTRY.user_id.in_(sorted(user_ids)), _ENTRY.won_at_ms >= since_ms
    return set(connection.scalars(select(_ENTRY.user_id).where(*is_theirs)))


def read_erased(connection: Connection, campaign_id: str) -> set[str]:
    """Return who takes part in a draw and erased their account meanwhile."""
    is_gone = _ENTRY.campaign_id == campaign_id, _ENTRY.user_id == ERASED_ACCOUNTS.c.user_id
    return set(connection.scalars(select(_ENTRY.user_id).where(*is_gone)))


def write_winners(connection: Connection, campaign_id: str, user_ids: Sequence[str], now_ms: int) -> None:
    """Write who won, the first rank first, in place of who had won; who had won before won when they did."""
    is_of = _ENTRY.campaign_id == campaign_id
    won = _ENTRY.place.is_not(None), _ENTRY.user_id.not_in(user_ids)
    connection.execute(update(DRAW_ENTRIES).where(is_of, *won).values(place=None, won_at_ms=None))
    since_ms = func.coalesce(_ENTRY.won_at_ms, now_ms)
    for place, user_id in enumerate(user_ids):
        is_theirs = is_of, _ENTRY.user_id == user_id
        connection.execute(update(DRAW_ENTRIES).where(*is_theirs).values(place=place, won_at_ms=since_ms))


def read_winners(connection: Connection, campaign_id: str) -> list[DrawWinner]:
    """Return who won, the first rank first."""
    has_won = _ENTRY.campaign_id == campaign_id, _ENTRY.place.is_not(None)
    query = select(_ENTRY.user_id, _ENTRY.number).where(*has_won).order_by(_ENTRY.place)
    return [DrawWinner(str(user_id), int(number)) for user_id, number in connection.execute(query)]


_COLUMNS: Final[Sequence[Any]] = [_ENTRY[name] for name in Entered.__struct_fields__]
