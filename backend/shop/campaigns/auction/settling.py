"""Settles an auction: the winner has an order, then the next bidder is asked, until it is paid or unsold."""

from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.auctions import OFFER_S, AuctionOutcome
from backend.contract.campaigns import CampaignPhase, EndReason
from backend.shop.auction.holds import AuctionHold, HoldState, holds_of_auction, uncarve_unit
from backend.shop.campaigns.auction.bids import (
    Progress,
    auction_terms,
    forget_addresses,
    progress_of,
    read_bidders,
    read_standing,
    take_out,
)
from backend.shop.campaigns.auction.ordering import order_unit
from backend.shop.campaigns.rows import CampaignRow, Change, terms_of
from backend.shop.catalog.announcing import announce_stock
from backend.shop.orders.reading import find_order
from backend.shop.stock.movements import move_stock

OFFER_MS: Final = OFFER_S * 1000
# An order whose time is over is let go a little later, or held longer while its payment is under way.
LOOK_AGAIN_MS: Final = 10_000


def find_result(connection: Connection, row: CampaignRow, now_ms: int) -> Change:
    """Return what came of the bids, now that none can come any more; the winner's order is made at once."""
    standing = read_standing(connection, row)
    if standing.leader is None or not standing.is_reserve_met:
        return end(connection, row, AuctionOutcome.UNSOLD, now_ms)
    return award(connection, row, standing.leader.user_id, standing.price_minor, now_ms)


def award(connection: Connection, row: CampaignRow, user_id: str, price_minor: int, now_ms: int) -> Change:
    """Make the order of who won, and return what time makes of it if it is not paid."""
    bidder = read_bidders(connection, row.campaign_id, [user_id])[user_id]
    order = order_unit(connection, row, bidder, price_minor, now_ms)
    progress = msgspec.structs.replace(
        progress_of(row), outcome=AuctionOutcome.AWARDED, asked_id=user_id, asked_until_ms=None
    )
    return _settle_on(progress, order.expires_at_ms or now_ms)


def go_on(connection: Connection, row: CampaignRow, now_ms: int) -> Change:
    """Return what time, or the fate of the winner's order, makes of an auction that is being settled."""
    progress = progress_of(row)
    if progress.outcome is AuctionOutcome.AWARDED:
        return _after_order(connection, row, progress, now_ms)
    until_ms = progress.asked_until_ms or now_ms
    if now_ms < until_ms:
        return Change(row.phase, until_ms)
    return ask_next(connection, row, progress.asked_id, now_ms)


def ask_next(connection: Connection, row: CampaignRow, unwilling_id: str, now_ms: int) -> Change:
    """Take somebody's bids out, compute the result anew, and offer the unit to who has it then."""
    take_out(connection, row.campaign_id, unwilling_id)
    standing = read_standing(connection, row)
    if standing.leader is None or not standing.is_reserve_met:
        return end(connection, row, AuctionOutcome.UNSOLD, now_ms)
    until_ms = now_ms + OFFER_MS
    progress = msgspec.structs.replace(
        progress_of(row),
        outcome=AuctionOutcome.OFFERED,
        asked_id=standing.leader.user_id,
        asked_until_ms=until_ms,
    )
    return _settle_on(progress, until_ms)


def end(
    connection: Connection,
    row: CampaignRow,
    outcome: AuctionOutcome,
    now_ms: int,
    reason: EndReason | None = None,
) -> Change:
    """End an auction; the unit goes back to the stock unless it is sold."""
    is_sold, is_void = outcome is AuctionOutcome.SOLD, outcome is AuctionOutcome.VOID
    if not is_sold:
        move_unit_back(connection, row, now_ms)
    forget_addresses(connection, row.campaign_id)
    progress = progress_of(row)
    if reason is None:
        reason = EndReason.TIME if progress.bids else EndReason.NO_ENTRIES
    asked_id = progress.asked_id if is_sold else ""
    kept = msgspec.structs.replace(progress, outcome=outcome, asked_id=asked_id, asked_until_ms=None)
    phase = CampaignPhase.VOID if is_void else CampaignPhase.ENDED
    return Change(phase, None, end_reason=reason, progress=msgspec.json.encode(kept))


def move_unit_back(connection: Connection, row: CampaignRow, now_ms: int) -> None:
    """Give the unit back to the stock."""
    sku_id = auction_terms(terms_of(row.terms)).sku_id
    moves = [uncarve_unit(sku_id)]
    move_stock(connection, moves, reason=row.campaign_id, order_id=None, actor=row.actor, at_ms=now_ms)
    announce_stock(connection, {sku_id}, now_ms)


def newest_hold(connection: Connection, campaign_id: str) -> AuctionHold | None:
    """Return what the order of who won last has; None where nobody won."""
    return next(iter(holds_of_auction(connection, campaign_id)), None)


def _after_order(connection: Connection, row: CampaignRow, progress: Progress, now_ms: int) -> Change:
    hold = newest_hold(connection, row.campaign_id)
    match None if hold is None else hold.state:
        case HoldState.SOLD:
            return end(connection, row, AuctionOutcome.SOLD, now_ms)
        case HoldState.RESERVED if hold is not None:
            order = find_order(connection, hold.order_id)
            expires_at_ms = now_ms if order is None else order.expires_at_ms or now_ms
            return Change(row.phase, max(expires_at_ms, now_ms + LOOK_AGAIN_MS))
        case _:
            return ask_next(connection, row, progress.asked_id, now_ms)


def _settle_on(progress: Progress, next_at_ms: int) -> Change:
    return Change(CampaignPhase.DRAWING, next_at_ms, progress=msgspec.json.encode(progress))
