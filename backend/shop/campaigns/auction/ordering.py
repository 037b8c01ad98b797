"""Makes the order of who won an auction: its unit, at the price that came of the bids."""

from sqlalchemy import Connection

from backend.contract.orders import Order
from backend.contract.shipping import ShippingRule
from backend.shop.auction.holds import AuctionHold, HoldState, add_hold, hand_over_unit
from backend.shop.campaigns.auction.bids import Bidder, address_of, auction_terms
from backend.shop.campaigns.rows import CampaignRow, terms_of
from backend.shop.catalog.skus import read_known_skus
from backend.shop.orders.carved import CarvedUnit, order_carved
from backend.shop.pricing.shipping import rule_for
from backend.shop.settings import read_settings


def order_unit(
    connection: Connection, row: CampaignRow, bidder: Bidder, price_minor: int, now_ms: int
) -> Order:
    """Write the order of who won, and hand the unit over to it.

    Sending costs what the bidder accepted, or less where it costs less by now.
    """
    sku_id, address = auction_terms(terms_of(row.terms)).sku_id, address_of(bidder)
    unit = CarvedUnit(
        campaign_id=row.campaign_id,
        room_id=row.room_id,
        session_id=row.session_id,
        sku=read_known_skus(connection, [sku_id])[sku_id],
        buyer_id=bidder.user_id,
        address=address,
        price_minor=price_minor,
        hand_over=hand_over_unit(sku_id),
    )
    rules = [ShippingRule(first_minor=bidder.shipping_minor)]
    current = rule_for(read_settings(connection).shipping, address.country, address.province)
    rules += [] if current is None else [current]
    order = order_carved(connection, unit, rules, now_ms)
    add_hold(connection, AuctionHold(order.order_id, row.campaign_id, order.buyer_id, HoldState.RESERVED))
    return order
