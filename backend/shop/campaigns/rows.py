"""Campaigns as they are kept; each change names the version that it changes."""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, insert, select, update

from backend.contract.campaigns import (
    OVER,
    CampaignKind,
    CampaignPhase,
    CampaignTerms,
    EndReason,
)
from backend.storage.campaign_tables import CAMPAIGN_PEOPLE, CAMPAIGNS
from backend.storage.database import read_rows

NOTHING: Final = b"{}"
_CHANGING: Final = (
    "version", "phase", "next_at_ms", "end_reason", "public_reason", "progress", "coins", "closes_at_ms",
)  # fmt: skip


class CampaignRow(msgspec.Struct, frozen=True):
    """A campaign; see `backend.storage.campaign_tables`.

    Attributes:
        terms: the JSON of what staff chose.
        progress: the JSON of what the kind keeps besides.
        end_reason: empty before the end.
    """

    campaign_id: str
    room_id: str
    session_id: str
    kind: CampaignKind
    phase: CampaignPhase
    version: int
    title: str
    terms: str
    progress: str
    opens_at_ms: int
    closes_at_ms: int
    next_at_ms: int | None
    end_reason: str
    public_reason: str
    coins: int
    actor: str
    created_at_ms: int

    @property
    def is_over(self) -> bool:
        """Whether nothing becomes of it any more."""
        return self.phase in OVER


class Change(msgspec.Struct, frozen=True):
    """Where a campaign goes.

    Attributes:
        next_at_ms: when time makes something of it again; None where it is over.
        progress: JSON; None to leave it.
        coins: that it gave or holds; None to leave them.
        closes_at_ms: where it closes at another time than it was announced; None to leave it.
    """

    phase: CampaignPhase
    next_at_ms: int | None
    end_reason: EndReason | None = None
    public_reason: str = ""
    progress: bytes | None = None
    coins: int | None = None
    closes_at_ms: int | None = None


@lru_cache(maxsize=256)
def terms_of(text: str) -> CampaignTerms:
    """Return what staff chose, from its JSON."""
    terms: CampaignTerms = msgspec.json.decode(text, type=CampaignTerms)
    return terms


def insert_campaign(connection: Connection, row: CampaignRow) -> None:
    """Write a new campaign."""
    connection.execute(insert(CAMPAIGNS).values(**msgspec.structs.asdict(row)))


def find_campaign(connection: Connection, campaign_id: str) -> CampaignRow | None:
    """Return a campaign; None where there is none."""
    rows = _read(connection, [CAMPAIGNS.c.campaign_id == campaign_id], 1)
    return rows[0] if rows else None


def find_campaigns(connection: Connection, ids: Collection[str]) -> dict[str, CampaignRow]:
    """Return campaigns by id; those that are not there are left out."""
    rows = _read(connection, [CAMPAIGNS.c.campaign_id.in_(sorted(ids))], None)
    return {row.campaign_id: row for row in rows}


def read_campaigns(connection: Connection, room_id: str, most: int) -> list[CampaignRow]:
    """Return the campaigns of a room, the newest first."""
    return _read(connection, [CAMPAIGNS.c.room_id == room_id], most)


def read_running(connection: Connection, room_id: str | None = None) -> list[CampaignRow]:
    """Return those that are not over, of a room or of all, the newest first."""
    of_room = [CAMPAIGNS.c.room_id == room_id] if room_id is not None else []
    return _read(connection, [CAMPAIGNS.c.next_at_ms.is_not(None), *of_room], None)


def read_readable_running(
    connection: Connection, on_unreadable: Callable[[str, msgspec.MsgspecError], None]
) -> list[CampaignRow]:
    """Return those that are not over, of all rooms; of those that cannot be read, somebody is told."""
    found = []
    for row in read_rows(connection, _query([CAMPAIGNS.c.next_at_ms.is_not(None)], None)):
        try:
            found.append(msgspec.convert(row, CampaignRow))
        except msgspec.MsgspecError as error:
            on_unreadable(str(row["campaign_id"]), error)
    return found


def change_campaign(connection: Connection, row: CampaignRow, change: Change) -> CampaignRow | None:
    """Bring a campaign where it goes; None where somebody else changed it since it was read."""
    after = msgspec.structs.replace(
        row,
        version=row.version + 1,
        phase=change.phase,
        next_at_ms=change.next_at_ms,
        end_reason=change.end_reason or row.end_reason,
        public_reason=change.public_reason or row.public_reason,
        progress=row.progress if change.progress is None else change.progress.decode(),
        coins=row.coins if change.coins is None else change.coins,
        closes_at_ms=row.closes_at_ms if change.closes_at_ms is None else change.closes_at_ms,
    )
    is_this = CAMPAIGNS.c.campaign_id == row.campaign_id, CAMPAIGNS.c.version == row.version
    changed = {name: getattr(after, name) for name in _CHANGING}
    if connection.execute(update(CAMPAIGNS).where(*is_this).values(**changed)).rowcount != 1:
        return None
    if after.is_over:
        _forget_people(connection, row.campaign_id)
    return after


def _forget_people(connection: Connection, campaign_id: str) -> None:
    """Keep nobody's phone and network: nobody is counted by them any more."""
    is_of = update(CAMPAIGN_PEOPLE).where(CAMPAIGN_PEOPLE.c.campaign_id == campaign_id)
    connection.execute(is_of.values(phone_key=None, origin=""))


def _read(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], most: int | None
) -> list[CampaignRow]:
    return [msgspec.convert(row, CampaignRow) for row in read_rows(connection, _query(conditions, most))]


def _query(conditions: Sequence[ColumnElement[bool]], most: int | None) -> Select[tuple[object, ...]]:
    return select(CAMPAIGNS).where(*conditions).order_by(CAMPAIGNS.c.campaign_id.desc()).limit(most)
