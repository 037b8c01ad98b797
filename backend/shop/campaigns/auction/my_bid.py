"""What one has of an auction: one's maximum, and what there is to pay or to answer."""

from sqlalchemy import Connection

from backend.contract.auctions import AuctionOffer, AuctionOutcome, MyBid
from backend.contract.campaigns import MyPart
from backend.shop.auction.holds import HoldState, holds_of_auction, read_barred
from backend.shop.campaigns.auction.bids import Bidder, progress_of, read_bidders, read_standing
from backend.shop.campaigns.auction.standing import Standing
from backend.shop.campaigns.rows import CampaignRow
from backend.shop.customers.buyer_keys import account_key
from backend.shop.orders.reading import find_order


def part_of(connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
    """Return what a person has of an auction."""
    bidder = read_bidders(connection, row.campaign_id, [user_id]).get(user_id)
    standing = read_standing(connection, row)
    hold = next(
        (one for one in holds_of_auction(connection, row.campaign_id) if one.user_id == user_id), None
    )
    order = None if hold is None else find_order(connection, hold.order_id)
    is_unpaid = hold is not None and hold.state is HoldState.RESERVED
    has_won = hold is not None and hold.state is not HoldState.RETURNED
    known = Bidder(user_id, "", "", "", 0) if bidder is None else bidder
    return MyPart(
        is_in=known.has_bid,
        has_won=has_won,
        bid=MyBid(
            address_id=known.address_id,
            shipping_minor=known.shipping_minor,
            max_minor=known.max_minor,
            is_leading=standing.leader is not None and standing.leader.user_id == user_id,
            order_id="" if order is None else order.order_id,
            total_minor=0 if order is None else order.total_minor,
            pay_until_ms=order.expires_at_ms if order is not None and is_unpaid else None,
            offer=_offer(row, standing, user_id),
            is_out=known.is_out,
            is_barred=is_barred(connection, known),
        ),
    )


def is_barred(connection: Connection, bidder: Bidder) -> bool:
    """Return whether somebody left so many won auctions unpaid that they bid no more."""
    keys = {account_key(bidder.user_id), bidder.phone_key}
    return bool(read_barred(connection, keys))


def _offer(row: CampaignRow, standing: Standing, user_id: str) -> AuctionOffer | None:
    progress = progress_of(row)
    is_asked = progress.outcome is AuctionOutcome.OFFERED and progress.asked_id == user_id
    if not is_asked or progress.asked_until_ms is None:
        return None
    return AuctionOffer(standing.price_minor, progress.asked_until_ms)
