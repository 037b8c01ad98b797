"""Red packets as they are kept: the packet, its shares, and who claimed which.

The functions run inside the caller's transaction.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, func, insert, select, update

from backend.contract.campaigns import CampaignTerms
from backend.contract.red_packets import MOST_BEST, LuckyShare, RedPacketTerms
from backend.storage.bulk import insert_rows
from backend.storage.database import StorageError, read_rows
from backend.storage.packet_tables import RED_PACKET_CLAIMS, RED_PACKET_SHARES, RED_PACKETS

_CLAIM: Final = RED_PACKET_CLAIMS.c
_SHARE: Final = RED_PACKET_SHARES.c


def packet_terms(terms: CampaignTerms) -> RedPacketTerms:
    """Return terms as those of a red packet.

    Raises:
        TypeError: they are of another kind.
    """
    if not isinstance(terms, RedPacketTerms):
        raise TypeError(f"expected the terms of a red packet, got {type(terms).__name__}")
    return terms


class Packet(msgspec.Struct, frozen=True):
    """What a packet holds, and how much of it was claimed.

    Attributes:
        secret: what the split follows from, hexadecimal.
        coupon_id: None where it gives coins.
    """

    campaign_id: str
    secret: str
    shares: int
    coins: int
    coupon_id: str | None
    claimed: int
    claimed_coins: int

    @property
    def left(self) -> int:
        """Shares that nobody has."""
        return self.shares - self.claimed

    @property
    def coins_left(self) -> int:
        """Coins that nobody has."""
        return self.coins - self.claimed_coins


class Claimed(msgspec.Struct, frozen=True):
    """A share that somebody got."""

    user_id: str
    place: int
    coins: int
    at_ms: int


def add_packet(connection: Connection, packet: Packet, shares: Sequence[int]) -> None:
    """Write a new packet with its shares, the first to be claimed first."""
    connection.execute(insert(RED_PACKETS).values(**msgspec.structs.asdict(packet)))
    rows = [
        {"campaign_id": packet.campaign_id, "place": place, "coins": coins}
        for place, coins in enumerate(shares)
    ]
    insert_rows(connection, RED_PACKET_SHARES, rows)


def read_packet(connection: Connection, campaign_id: str) -> Packet:
    """Return a packet.

    Raises:
        StorageError: there is none.
    """
    rows = read_rows(connection, select(RED_PACKETS).where(RED_PACKETS.c.campaign_id == campaign_id))
    if not rows:
        raise StorageError(f"The red packet of the campaign {campaign_id} is missing.")
    return msgspec.convert(rows[0], Packet)


def next_shares(connection: Connection, packet: Packet, most: int) -> list[int]:
    """Return the coins of the shares that are handed out next, at most so many."""
    places = _SHARE.place.between(packet.claimed, packet.claimed + most - 1)
    query = select(_SHARE.coins).where(_SHARE.campaign_id == packet.campaign_id, places)
    return list(connection.scalars(query.order_by(_SHARE.place)))


def add_claims(connection: Connection, packet: Packet, claims: Sequence[Claimed]) -> Packet:
    """Write who got which of the next shares; return the packet as it is then.

    Raises:
        StorageError: somebody else handed shares out since the packet was read.
    """
    after = msgspec.structs.replace(
        packet,
        claimed=packet.claimed + len(claims),
        claimed_coins=packet.claimed_coins + sum(claim.coins for claim in claims),
    )
    is_as_read = RED_PACKETS.c.campaign_id == packet.campaign_id, RED_PACKETS.c.claimed == packet.claimed
    values = {"claimed": after.claimed, "claimed_coins": after.claimed_coins}
    if connection.execute(update(RED_PACKETS).where(*is_as_read).values(values)).rowcount != 1:
        raise StorageError(f"Shares of the red packet {packet.campaign_id} were handed out twice.")
    rows = [
        {
            "campaign_id": packet.campaign_id,
            "user_id": claim.user_id,
            "place": claim.place,
            "at_ms": claim.at_ms,
        }
        for claim in claims
    ]
    insert_rows(connection, RED_PACKET_CLAIMS, rows)
    return after


def who_claimed(connection: Connection, campaign_id: str, user_ids: Collection[str]) -> set[str]:
    """Return which of these people have a share."""
    is_theirs = _CLAIM.campaign_id == campaign_id, _CLAIM.user_id.in_(sorted(user_ids))
    return set(connection.scalars(select(_CLAIM.user_id).where(*is_theirs)))


def claim_times(connection: Connection, campaign_id: str) -> list[int]:
    """Return when the claims that were accepted were received."""
    return list(connection.scalars(select(_CLAIM.at_ms).where(_CLAIM.campaign_id == campaign_id)))


def read_best(connection: Connection, packet: Packet, opens_at_ms: int) -> list[LuckyShare]:
    """Return the largest shares that were claimed, the largest first; of as large ones the first claimed."""
    query = _claims(packet.campaign_id).order_by(_SHARE.coins.desc(), _CLAIM.place).limit(MOST_BEST)
    return [
        LuckyShare(str(user_id), int(coins), int(place), max(0, int(at_ms) - opens_at_ms))
        for user_id, coins, place, at_ms in connection.execute(query)
    ]


def find_claim(connection: Connection, campaign_id: str, user_id: str) -> tuple[int, int] | None:
    """Return the place and the coins of somebody's share; None where they have none."""
    found = connection.execute(_claims(campaign_id).where(_CLAIM.user_id == user_id)).first()
    return None if found is None else (int(found.place), int(found.coins))


def last_claim_ms(connection: Connection, campaign_id: str) -> int | None:
    """Return when the last of the shares that were claimed was asked for; None where none was."""
    at_ms = connection.scalar(select(func.max(_CLAIM.at_ms)).where(_CLAIM.campaign_id == campaign_id))
    return None if at_ms is None else int(at_ms)


def _claims(campaign_id: str) -> Select[Any]:
    is_same = (_SHARE.campaign_id == _CLAIM.campaign_id) & (_SHARE.place == _CLAIM.place)
    columns = (_CLAIM.user_id, _SHARE.coins, _CLAIM.place, _CLAIM.at_ms)
    return select(*columns).join(RED_PACKET_SHARES, is_same).where(_CLAIM.campaign_id == campaign_id)
