"""Makes the order of a unit that a campaign carved out of the stock: sold by auction, or won in a draw.

The functions run inside the caller's transaction.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, insert

from backend.contract.addresses import Address
from backend.contract.orders import Order, PaymentMethod, PaymentState, PlaceOrder, Quote, WantedLine
from backend.contract.sale_settings import Profile
from backend.contract.shipping import ShippingRule
from backend.shop.catalog.skus import CatalogSku
from backend.shop.customers.buyer_keys import keys_of, read_key_secret
from backend.shop.flash_sale.sales import FlashPrice
from backend.shop.idempotency import Request
from backend.shop.orders.known import Placing, free_number
from backend.shop.orders.new_order import change_row, line_rows, new_order, order_row
from backend.shop.orders.unpaid import hold_rows
from backend.shop.outbox import OutboxMessage, order_placed, write_outbox
from backend.shop.pricing.quotes import make_quote
from backend.shop.settings import ShopSettings, read_settings
from backend.shop.stock.movements import StockMove, move_stock, reserve, sell
from backend.shop.telling import tell_paid
from backend.storage.order_tables import ORDER_CHANGES, ORDER_LINES, ORDERS, UNPAID_HOLDS

_ROUTE: Final = "carved"


class CarvedUnit(msgspec.Struct, frozen=True):
    """A unit that is somebody's now.

    Attributes:
        campaign_id, room_id, session_id: of the campaign.
        price_minor: what it costs without shipping; 0 for what is given away.
        hand_over: the movement by which the campaign gives it to the order.
    """

    campaign_id: str
    room_id: str
    session_id: str
    sku: CatalogSku
    buyer_id: str
    address: Address
    price_minor: int
    hand_over: StockMove


def quote_carved(
    campaign_id: str, sku: CatalogSku, price_minor: int, shipping: ShippingRule, settings: ShopSettings
) -> Quote:
    """Return what a carved unit costs at a price, sent by a rule; no coupon counts."""
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


def order_carved(
    connection: Connection, unit: CarvedUnit, rules: Sequence[ShippingRule], now_ms: int
) -> Order:
    """Write the order of a unit, sent by the cheapest of the rules, and hand the unit over to it.

    One of nothing to pay is paid, and its unit sold.
    """
    settings, sku_id = read_settings(connection), unit.sku.sku_id
    quotes = [quote_carved(unit.campaign_id, unit.sku, unit.price_minor, rule, settings) for rule in rules]
    quote = min(quotes, key=lambda one: one.total_minor)
    item = _placing(connection, unit, quote)
    order = new_order(item, quote, {sku_id: unit.sku}, number=free_number(connection, now_ms), now_ms=now_ms)
    _write(connection, unit, item, order, quote.hash)
    _take_unit(connection, unit, order, now_ms)
    message = OutboxMessage(unit.room_id, unit.session_id, order_placed(order, {sku_id: 1}))
    write_outbox(connection, [message], now_ms)
    if order.payment_state is PaymentState.PAID:
        tell_paid(connection, [order], now_ms)
    return order


def _placing(connection: Connection, unit: CarvedUnit, quote: Quote) -> Placing:
    return Placing(
        Request(unit.buyer_id, _ROUTE, unit.campaign_id, ""),
        unit.room_id,
        PlaceOrder([WantedLine(unit.sku.sku_id, 1)], quote.hash, PaymentMethod.ONLINE),
        unit.address,
        keys_of(unit.buyer_id, unit.address, read_key_secret(connection)),
    )


def _write(connection: Connection, unit: CarvedUnit, item: Placing, order: Order, quote_hash: str) -> None:
    values = order_row(order, session_id=unit.session_id, quote_hash=quote_hash, language=None)
    connection.execute(insert(ORDERS).values(values))
    # A limit a buyer is of the usual price: what a campaign sold or gave is no part of it.
    rows = line_rows(order, {unit.sku.sku_id: unit.sku}, unit.session_id)
    connection.execute(insert(ORDER_LINES), [{**line, "counted": 0} for line in rows])
    connection.execute(insert(ORDER_CHANGES), [change_row(order.order_id, one) for one in order.changes])
    if order.payment_state is PaymentState.UNPAID:
        keys = dict.fromkeys(item.buyer_keys)
        connection.execute(insert(UNPAID_HOLDS), hold_rows(order.order_id, keys, 1))


def _take_unit(connection: Connection, unit: CarvedUnit, order: Order, now_ms: int) -> None:
    actor, sku_id = order.buyer_id, unit.sku.sku_id
    move_stock(
        connection, [unit.hand_over], reason=unit.campaign_id, order_id=None, actor=actor, at_ms=now_ms
    )
    moves = [reserve(sku_id, 1)]
    if order.payment_state is PaymentState.PAID:
        moves.append(sell(sku_id, 1))
    for move in moves:
        move_stock(connection, [move], reason="placed", order_id=order.order_id, actor=actor, at_ms=now_ms)
