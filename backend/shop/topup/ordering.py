"""Places orders of coins: one line, no stock and no parcel. Inside the caller's transaction."""

from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, select

from backend.contract.addresses import Address
from backend.contract.coins import COIN_LINE, BuyCoins, CoinPackage, CoinSettings
from backend.contract.orders import (
    Order,
    OrderAxis,
    OrderChange,
    OrderLine,
    OrderState,
    PaymentMethod,
    PaymentState,
)
from backend.shop.coins.ages import least_age, of_age
from backend.shop.ids import new_id
from backend.shop.orders.known import free_number
from backend.shop.orders.new_order import PAY_WITHIN_MS, bare_line_row, change_row, order_row
from backend.shop.orders.results import MethodOff, UnpaidTooMuch
from backend.shop.outbox import OrderPlaced, OutboxMessage, write_outbox
from backend.shop.people import Person
from backend.shop.settings import read_rules
from backend.shop.topup.packages import read_packages
from backend.storage.order_tables import ORDER_CHANGES, ORDER_LINES, ORDERS

NOWHERE: Final = Address("CN", "", "", "", "—", "—", "—")
"""Where coins go: an order has an address, and nobody reads this one."""


class AgeUnconfirmed(msgspec.Struct, frozen=True):
    """The buyer did not say yet that they are so old."""

    age: int


class PackageGone(msgspec.Struct, frozen=True):
    """The shop sells no such coins at this price, or none at all; this is what it sells."""

    settings: CoinSettings


class NotForSellers(msgspec.Struct, frozen=True):
    """Who sells here buys no coins here."""


CoinRefusal = AgeUnconfirmed | PackageGone | NotForSellers | MethodOff | UnpaidTooMuch


def payable_by(methods: tuple[PaymentMethod, ...]) -> list[PaymentMethod]:
    """Return the shop's ways to pay that are good for coins: nobody brings them to a door."""
    return [method for method in methods if method is not PaymentMethod.CASH_ON_DELIVERY]


def place_coin_order(
    connection: Connection, person: Person, wanted: BuyCoins, now_ms: int
) -> Order | CoinRefusal:
    """Place an order of a package."""
    if person.is_seller:
        return NotForSellers()
    settings = read_packages(connection)
    if not settings.is_on or CoinPackage(wanted.coins, wanted.price_minor) not in settings.packages:
        return PackageGone(settings)
    rules = read_rules(connection)
    if wanted.method not in payable_by(rules.methods):
        return MethodOff(payable_by(rules.methods))
    if not of_age(connection, [person.buyer_id]):
        return AgeUnconfirmed(least_age(connection))
    cap = rules.unpaid_guest if person.is_guest else rules.unpaid
    if _unpaid(connection, person.buyer_id) >= cap.orders:
        return UnpaidTooMuch(cap, person.is_guest)
    order = _order(connection, person, wanted, settings.currency, now_ms)
    row = order_row(order, session_id="", quote_hash="", language=None)
    # By an empty phone nobody is found.
    connection.execute(insert(ORDERS).values({**row, "phone_key": ""}))
    connection.execute(insert(ORDER_LINES).values(bare_line_row(order, order.lines[0])))
    connection.execute(insert(ORDER_CHANGES).values(change_row(order.order_id, order.changes[0])))
    if order.method is PaymentMethod.TRANSFER:
        # Staff must look for its money; one that is paid online is paid by itself.
        write_outbox(connection, [OutboxMessage(person.room_id, "", _placed(order))], now_ms)
    return order


def _placed(order: Order) -> OrderPlaced:
    return OrderPlaced(
        order_id=order.order_id,
        buyer_id=order.buyer_id,
        units={},
        total_minor=order.total_minor,
        version=order.version,
        currency=order.currency,
        payment_state=order.payment_state,
        coins=order.coins,
    )


def _unpaid(connection: Connection, buyer_id: str) -> int:
    """Return how many orders of coins wait for a buyer's money."""
    waiting = (
        ORDERS.c.buyer_id == buyer_id,
        ORDERS.c.coins > 0,
        ORDERS.c.state == OrderState.OPEN,
        ORDERS.c.payment_state == PaymentState.UNPAID,
    )
    return connection.scalar(select(func.count()).select_from(ORDERS).where(*waiting)) or 0


def _order(connection: Connection, person: Person, wanted: BuyCoins, currency: str, now_ms: int) -> Order:
    within_ms = PAY_WITHIN_MS[wanted.method] or 0
    return Order(
        order_id=new_id(now_ms),
        number=free_number(connection, now_ms),
        buyer_id=person.buyer_id,
        room_id=person.room_id,
        state=OrderState.OPEN,
        payment_state=PaymentState.UNPAID,
        method=wanted.method,
        currency=currency,
        goods_minor=wanted.price_minor,
        discount_minor=0,
        shipping_minor=0,
        tax_minor=0,
        total_minor=wanted.price_minor,
        address=NOWHERE,
        note="",
        version=1,
        created_at_ms=now_ms,
        expires_at_ms=now_ms + within_ms,
        paid_at_ms=None,
        closed_at_ms=None,
        lines=[_line(wanted)],
        changes=[
            OrderChange(1, OrderAxis.ORDER, "", OrderState.OPEN, person.buyer_id, "placed", now_ms),
        ],
        parcels=[],
        coins=wanted.coins,
    )


def _line(wanted: BuyCoins) -> OrderLine:
    # A coin costs less than a minor unit in some currencies; what some of them are worth comes of the net.
    coin_minor = wanted.price_minor // wanted.coins
    return OrderLine(
        line=1,
        sku_id=COIN_LINE,
        spu_id=COIN_LINE,
        quantity=wanted.coins,
        title="金币 / Coins",
        specs=[],
        image_url="",
        list_minor=coin_minor,
        reference_minor=None,
        unit_minor=coin_minor,
        discount_minor=0,
        net_minor=wanted.price_minor,
        tax_rate_bp=0,
    )
