"""Tells rooms how their campaigns are, in the transaction that changed them."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from backend.contract.campaigns import Campaign, CampaignKind, EndReason
from backend.shop.campaigns.kind import Kind
from backend.shop.campaigns.rows import CampaignRow, Change, change_campaign
from backend.shop.outbox import CampaignMoved, OutboxMessage, write_outbox
from backend.storage.database import StorageError

TELL_EVERY_MS: Final = 1000
"""How often rooms hear other counts: not at each act of a crowd."""


def shown(connection: Connection, kind: Kind, row: CampaignRow) -> Campaign:
    """Return a campaign as everybody sees it."""
    return Campaign(
        campaign_id=row.campaign_id,
        version=row.version,
        title=row.title,
        phase=row.phase,
        opens_at_ms=row.opens_at_ms,
        closes_at_ms=row.closes_at_ms,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
        public_reason=row.public_reason,
        detail=kind.show(connection, row),
    )


def tell_rooms(
    connection: Connection, kinds: Mapping[CampaignKind, Kind], rows: Sequence[CampaignRow], at_ms: int
) -> None:
    """Write to the rooms of campaigns how they are."""
    write_outbox(
        connection,
        [
            OutboxMessage(row.room_id, row.session_id, CampaignMoved(shown(connection, kinds[row.kind], row)))
            for row in rows
        ],
        at_ms,
    )


def tell_soon(connection: Connection, row: CampaignRow, now_ms: int) -> None:
    """Let the timer tell the room within `TELL_EVERY_MS` how a campaign is."""
    at_ms = now_ms + TELL_EVERY_MS
    if row.next_at_ms is None or row.next_at_ms <= at_ms:
        return
    if change_campaign(connection, row, Change(row.phase, at_ms)) is None:
        raise StorageError(f"The campaign {row.campaign_id} changed while people took part in it.")
