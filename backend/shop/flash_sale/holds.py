"""What orders have of the quota of flash sales: written with them, sold, given back, or taken once more.

The quota stands in the stock's `reserved` without an order: an order that takes of it moves units from there
to its own, and the stock that is free never changes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from backend.contract.orders import Order
from backend.shop.customers.buyer_keys import keys_of, read_key_secret
from backend.shop.flash_sale.deciding import FlashSales
from backend.shop.flash_sale.sales import FlashSale, find_sale, read_bought
from backend.shop.stock.movements import StockMove
from backend.storage.bulk import insert_rows
from backend.storage.campaign_tables import CAMPAIGNS
from backend.storage.database import read_rows
from backend.storage.flash_tables import FLASH_BUYERS, FLASH_HOLDS, FLASH_OFFERS

RESERVED: Final = "reserved"
SOLD: Final = "sold"
RETURNED: Final = "returned"

_COUNTS: Final = (RESERVED, SOLD, RETURNED)
_ADD_BOUGHT: Final = (
    "ON CONFLICT (campaign_id, buyer_key) DO UPDATE SET quantity = flash_buyers.quantity + excluded.quantity"
)
_MOVE_COUNTS: Final = (
    update(FLASH_OFFERS)
    .where(
        FLASH_OFFERS.c.campaign_id == bindparam("b_campaign_id"),
        FLASH_OFFERS.c.sku_id == bindparam("b_sku_id"),
    )
    .values({name: FLASH_OFFERS.c[name] + bindparam(f"b_{name}") for name in _COUNTS})
)


class FlashGoneError(Exception):
    """The sale is over, or has no units left for the order."""


class Hold(msgspec.Struct, frozen=True):
    """What an order has of a quota; see `backend.storage.flash_tables`."""

    order_id: str
    sku_id: str
    campaign_id: str
    units: int
    state: str
    received_at_ms: int


class CountMove(msgspec.Struct, frozen=True):
    """What is added to the counts of a SKU in a sale."""

    campaign_id: str
    sku_id: str
    reserved: int = 0
    sold: int = 0
    returned: int = 0


def carve(sku_id: str, units: int) -> StockMove:
    """Return the movement of free stock that becomes a sale's quota."""
    return StockMove(sku_id, "flash_carve", reserved=units)


def uncarve(sku_id: str, units: int) -> StockMove:
    """Return the movement of a quota that becomes free stock."""
    return StockMove(sku_id, "flash_return", reserved=-units)


def hand_over(sku_id: str, units: int) -> StockMove:
    """Return the movement of a quota that an order takes; it reserves the same units for itself."""
    return StockMove(sku_id, "flash_order", reserved=-units)


def move_counts(connection: Connection, moves: Iterable[CountMove]) -> None:
    """Add to the counts of sales, each SKU once, and let the campaigns' timer tell the rooms soon."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    for move in moves:
        of_sku = sums.setdefault((move.campaign_id, move.sku_id), Counter())
        for name in _COUNTS:
            of_sku[name] += getattr(move, name)
    rows = [
        {"b_campaign_id": campaign_id, "b_sku_id": sku_id, **{f"b_{name}": of_sku[name] for name in _COUNTS}}
        for (campaign_id, sku_id), of_sku in sorted(sums.items())
    ]
    if rows:
        connection.execute(_MOVE_COUNTS, rows)


def tell_soon(connection: Connection, campaign_ids: Iterable[str], now_ms: int) -> None:
    """Let the campaigns' timer look at running sales: rooms hear of new counts a few times a second."""
    column = CAMPAIGNS.c
    is_waiting = column.campaign_id.in_(sorted(set(campaign_ids))), column.next_at_ms > now_ms
    connection.execute(update(CAMPAIGNS).where(*is_waiting).values(next_at_ms=now_ms))


def count_buyers(connection: Connection, bought: Mapping[tuple[str, str], int]) -> None:
    """Add what buyers have of sales, by sale and key."""
    rows = [
        {"campaign_id": campaign_id, "buyer_key": key, "quantity": units}
        for (campaign_id, key), units in sorted(bought.items())
    ]
    insert_rows(connection, FLASH_BUYERS, rows, on_conflict=_ADD_BOUGHT)


def holds_of(connection: Connection, order_id: str) -> list[Hold]:
    """Return what an order has, or had, of the quota of sales."""
    query = select(FLASH_HOLDS).where(FLASH_HOLDS.c.order_id == order_id).order_by(FLASH_HOLDS.c.sku_id)
    return [msgspec.convert(row, Hold) for row in read_rows(connection, query)]


def sell_flash(connection: Connection, order_id: str, now_ms: int) -> None:
    """Count an order's units as sold, now that it is paid."""
    holds = [hold for hold in holds_of(connection, order_id) if hold.state == RESERVED]
    moves = [CountMove(one.campaign_id, one.sku_id, reserved=-one.units, sold=one.units) for one in holds]
    _change(connection, holds, SOLD, moves, now_ms)


def give_up_flash(
    connection: Connection, order: Order, freed: Mapping[str, int], now_ms: int
) -> list[StockMove]:
    """Give an order's units back, to the quota for as long as the sale runs, and return what that carves.

    `freed` are the units of each SKU that the order just gave back to the stock: no more become quota again.
    """
    holds = [hold for hold in holds_of(connection, order.order_id) if hold.state != RETURNED]
    carved: list[StockMove] = []
    moves: list[CountMove] = []
    for hold in holds:
        sale = find_sale(connection, hold.campaign_id)
        is_running = sale is not None and not sale.is_drained and now_ms < sale.closes_at_ms
        again = min(hold.units, freed.get(hold.sku_id, 0)) if is_running else 0
        carved += [carve(hold.sku_id, again)] if again else []
        was = {hold.state: -hold.units}
        moves.append(CountMove(hold.campaign_id, hold.sku_id, returned=hold.units - again, **was))
    _change(connection, holds, RETURNED, moves, now_ms)
    _give_back_limit(connection, order, holds)
    return carved


def take_flash_again(connection: Connection, order: Order, now_ms: int) -> list[StockMove]:
    """Take once more what a cancelled order had, and return what that hands over of quotas.

    Raises:
        FlashGoneError: the sale is over, or others have the units; the caller's savepoint undoes the rest.
    """
    holds = holds_of(connection, order.order_id)
    keys = keys_of(order.buyer_id, order.address, read_key_secret(connection)) if holds else ()
    for campaign_id in sorted({hold.campaign_id for hold in holds}):
        units = {hold.sku_id: hold.units for hold in holds if hold.campaign_id == campaign_id}
        sale = find_sale(connection, campaign_id)
        if sale is None or not _can_have(connection, sale, units, keys, now_ms):
            raise FlashGoneError(f"The flash sale {campaign_id} has no units for the order {order.number}.")
    moves = [CountMove(hold.campaign_id, hold.sku_id, reserved=hold.units) for hold in holds]
    _change(connection, holds, RESERVED, moves, now_ms)
    bought: Counter[tuple[str, str]] = Counter()
    for hold in holds:
        for key in keys:
            bought[hold.campaign_id, key] += hold.units
    count_buyers(connection, bought)
    return [hand_over(hold.sku_id, hold.units) for hold in holds]


def forget_buyer(connection: Connection, order: Order) -> None:
    """Count nothing of an order for its buyer's limits any more, before its person is erased."""
    holds = [hold for hold in holds_of(connection, order.order_id) if hold.state != RETURNED]
    _give_back_limit(connection, order, holds)


def _can_have(
    connection: Connection, sale: FlashSale, units: Mapping[str, int], keys: tuple[str, ...], now_ms: int
) -> bool:
    if sale.is_drained:
        return False
    sales = FlashSales([sale], read_bought(connection, [sale.campaign_id], keys))
    return sales.fault(sale, units, keys, now_ms) is None


def _change(
    connection: Connection, holds: list[Hold], state: str, moves: Iterable[CountMove], now_ms: int
) -> None:
    if not holds:
        return
    is_this = FLASH_HOLDS.c.order_id == holds[0].order_id
    of_skus = FLASH_HOLDS.c.sku_id.in_([hold.sku_id for hold in holds])
    connection.execute(update(FLASH_HOLDS).where(is_this, of_skus).values(state=state))
    move_counts(connection, moves)
    tell_soon(connection, [hold.campaign_id for hold in holds], now_ms)


def _give_back_limit(connection: Connection, order: Order, holds: list[Hold]) -> None:
    if not holds:
        return
    keys = keys_of(order.buyer_id, order.address, read_key_secret(connection))
    column = FLASH_BUYERS.c
    for hold in holds:
        # An erased buyer's count is gone already.
        counted = column.campaign_id == hold.campaign_id, column.buyer_key.in_(keys)
        taken = update(FLASH_BUYERS).where(*counted, column.quantity >= hold.units)
        connection.execute(taken.values(quantity=column.quantity - hold.units))
