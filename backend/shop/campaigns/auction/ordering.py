"""Makes the order of who won an auction: its unit, at the price that came of the bids."""

from sqlalchemy import Connection, insert

from backend.contract.orders import Order, PaymentMethod, PlaceOrder, Quote, WantedLine
from backend.contract.sale_settings import Profile
from backend.contract.shipping import ShippingRule
from backend.shop.auction.holds import AuctionHold, HoldState, add_hold, hand_over_unit
from backend.shop.campaigns.auction.bids import Bidder, address_of, auction_terms
from backend.shop.campaigns.rows import CampaignRow, terms_of
from backend.shop.catalog.skus import CatalogSku, read_known_skus
from backend.shop.customers.buyer_keys import keys_of, read_key_secret
from backend.shop.flash_sale.sales import FlashPrice
from backend.shop.idempotency import Request
from backend.shop.orders.known import Placing, free_number
from backend.shop.orders.new_order import change_row, line_rows, new_order, order_row
from backend.shop.orders.unpaid import hold_rows
from backend.shop.outbox import OutboxMessage, order_placed, write_outbox
from backend.shop.pricing.quotes import make_quote
from backend.shop.pricing.shipping import rule_for
from backend.shop.settings import ShopSettings, read_settings
from backend.shop.stock.movements import move_stock, reserve
from backend.storage.order_tables import ORDER_CHANGES, ORDER_LINES, ORDERS, UNPAID_HOLDS


def order_unit(
    connection: Connection, row: CampaignRow, bidder: Bidder, price_minor: int, now_ms: int
) -> Order:
    """Write the order of who won, and hand the unit over to it."""
    sku_id = auction_terms(terms_of(row.terms)).sku_id
    sku = read_known_skus(connection, [sku_id])[sku_id]
    quote = _quote(row.campaign_id, sku, bidder, price_minor, read_settings(connection))
    item = _placing(connection, row, bidder, quote)
    order = new_order(item, quote, {sku_id: sku}, number=free_number(connection, now_ms), now_ms=now_ms)
    _write(connection, row, order, sku, quote.hash)
    _take_unit(connection, row, order, sku_id, now_ms)
    message = OutboxMessage(row.room_id, row.session_id, order_placed(order, {sku_id: 1}))
    write_outbox(connection, [message], now_ms)
    return order


def quote_unit(
    campaign_id: str, sku: CatalogSku, price_minor: int, shipping: ShippingRule, settings: ShopSettings
) -> Quote:
    """Return what an auction's unit costs at a price, sent by a rule; no coupon counts."""
    return make_quote(
        {sku.sku_id: 1},
        {sku.sku_id: sku},
        {},
        currency=settings.currency,
        shipping=shipping,
        methods=[PaymentMethod.ONLINE],
        names_duty=settings.profile is Profile.EU,
        flash={sku.sku_id: FlashPrice(campaign_id, price_minor, None, 1)},
    )


def _quote(
    campaign_id: str, sku: CatalogSku, bidder: Bidder, price_minor: int, settings: ShopSettings
) -> Quote:
    """Return the sum that the bidder accepted, or less where sending costs less by now."""
    address = address_of(bidder)
    rules = [ShippingRule(first_minor=bidder.shipping_minor)]
    current = rule_for(settings.shipping, address.country, address.province)
    rules += [] if current is None else [current]
    quotes = [quote_unit(campaign_id, sku, price_minor, rule, settings) for rule in rules]
    return min(quotes, key=lambda quote: quote.total_minor)


def _placing(connection: Connection, row: CampaignRow, bidder: Bidder, quote: Quote) -> Placing:
    address = address_of(bidder)
    lines = [WantedLine(line.sku_id, line.quantity) for line in quote.lines]
    return Placing(
        Request(bidder.user_id, "auction", row.campaign_id, ""),
        row.room_id,
        PlaceOrder(lines, quote.hash, PaymentMethod.ONLINE),
        address,
        keys_of(bidder.user_id, address, read_key_secret(connection)),
    )


def _write(connection: Connection, row: CampaignRow, order: Order, sku: CatalogSku, quote_hash: str) -> None:
    values = order_row(order, session_id=row.session_id, quote_hash=quote_hash, language=None)
    connection.execute(insert(ORDERS).values(values))
    # A limit a buyer is of the usual price: what is won by auction is no part of it.
    lines = [{**line, "counted": 0} for line in line_rows(order, {sku.sku_id: sku}, row.session_id)]
    connection.execute(insert(ORDER_LINES), lines)
    connection.execute(insert(ORDER_CHANGES), [change_row(order.order_id, one) for one in order.changes])
    keys = dict.fromkeys(keys_of(order.buyer_id, order.address, read_key_secret(connection)))
    connection.execute(insert(UNPAID_HOLDS), hold_rows(order.order_id, keys, 1))


def _take_unit(connection: Connection, row: CampaignRow, order: Order, sku_id: str, now_ms: int) -> None:
    add_hold(connection, AuctionHold(order.order_id, row.campaign_id, order.buyer_id, HoldState.RESERVED))
    for move, order_id in ((hand_over_unit(sku_id), None), (reserve(sku_id, 1), order.order_id)):
        move_stock(connection, [move], reason="placed", order_id=order_id, actor=order.buyer_id, at_ms=now_ms)
