"""Where a person took part in campaigns, for what they take along. Inside the caller's transaction."""

import msgspec
from sqlalchemy import Connection, select

from backend.contract.my_data import MyAuction, MyDrawEntry, MyPacketClaim, MyWheelSpin
from backend.shop.campaigns.draw.my_prizes import shown_prizes
from backend.shop.campaigns.rows import terms_of
from backend.shop.campaigns.wheel.wheels import wheel_terms
from backend.shop.customers.buyer_keys import account_key
from backend.shop.prizes.prizes import prizes_of
from backend.storage.auction_tables import AUCTION_BIDDERS, AUCTION_DEFAULTS
from backend.storage.campaign_tables import CAMPAIGNS
from backend.storage.database import read_rows
from backend.storage.draw_tables import DRAW_ENTRIES
from backend.storage.packet_tables import RED_PACKET_CLAIMS, RED_PACKET_SHARES
from backend.storage.wheel_tables import WHEEL_SPINS


def draw_entries_of(connection: Connection, user_id: str) -> list[MyDrawEntry]:
    """Return the draws that somebody entered, the newest first."""
    entry = DRAW_ENTRIES.c
    query = (
        select(
            CAMPAIGNS.c.campaign_id,
            CAMPAIGNS.c.title,
            entry.at_ms,
            entry.number,
            entry.place.is_not(None).label("has_won"),
        )
        .join(DRAW_ENTRIES, entry.campaign_id == CAMPAIGNS.c.campaign_id)
        .where(entry.user_id == user_id)
        .order_by(entry.at_ms.desc(), entry.campaign_id)
    )
    prizes = {one.campaign_id: one for one in shown_prizes(connection, prizes_of(connection, user_id))}
    rows = [{**row, "prize": prizes.get(str(row["campaign_id"]))} for row in read_rows(connection, query)]
    return msgspec.convert(rows, list[MyDrawEntry], strict=False)


def packet_claims_of(connection: Connection, user_id: str) -> list[MyPacketClaim]:
    """Return the shares of red packets that somebody got, the newest first."""
    claim, share = RED_PACKET_CLAIMS.c, RED_PACKET_SHARES.c
    is_same = (share.campaign_id == claim.campaign_id) & (share.place == claim.place)
    query = (
        select(CAMPAIGNS.c.campaign_id, CAMPAIGNS.c.title, claim.at_ms, share.coins)
        .join(RED_PACKET_CLAIMS, claim.campaign_id == CAMPAIGNS.c.campaign_id)
        .join(RED_PACKET_SHARES, is_same)
        .where(claim.user_id == user_id)
        .order_by(claim.at_ms.desc(), claim.campaign_id)
    )
    return msgspec.convert(read_rows(connection, query), list[MyPacketClaim])


def wheel_spins_of(connection: Connection, user_id: str) -> list[MyWheelSpin]:
    """Return the spins that somebody made, the newest first."""
    spin = WHEEL_SPINS.c
    query = (
        select(CAMPAIGNS.c.campaign_id, CAMPAIGNS.c.title, CAMPAIGNS.c.terms, spin.at_ms, spin.prize)
        .join(WHEEL_SPINS, spin.campaign_id == CAMPAIGNS.c.campaign_id)
        .where(spin.user_id == user_id)
        .order_by(spin.at_ms.desc(), spin.campaign_id, spin.place.desc())
    )
    return [
        MyWheelSpin(str(campaign_id), str(title), int(at_ms), _prize(str(terms), prize))
        for campaign_id, title, terms, at_ms, prize in connection.execute(query)
    ]


def auctions_of(connection: Connection, buyer_id: str) -> list[MyAuction]:
    """Return the auctions that somebody registered for, the latest bid first."""
    bidder, default = AUCTION_BIDDERS.c, AUCTION_DEFAULTS.c
    is_same = (default.campaign_id == bidder.campaign_id) & (default.buyer_key == account_key(buyer_id))
    query = (
        select(
            CAMPAIGNS.c.campaign_id,
            CAMPAIGNS.c.title,
            bidder.max_at_ms.label("at_ms"),
            bidder.max_minor,
            default.at_ms.is_not(None).label("is_unpaid"),
        )
        .join(AUCTION_BIDDERS, bidder.campaign_id == CAMPAIGNS.c.campaign_id)
        .outerjoin(AUCTION_DEFAULTS, is_same)
        .where(bidder.user_id == buyer_id)
        .order_by(bidder.max_at_ms.desc(), bidder.campaign_id)
    )
    return msgspec.convert(read_rows(connection, query), list[MyAuction], strict=False)


def _prize(terms: str, prize: int | None) -> str:
    return "" if prize is None else wheel_terms(terms_of(terms)).prizes[prize].name
