"""What an order holds of the stock, of its buyer's limits and coupons: sold at last, or given up."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from backend.contract.orders import Order
from backend.shop.auction.holds import give_up_auction, is_of_auction, sell_auction
from backend.shop.catalog.announcing import announce_stock
from backend.shop.coupons.grants import CouponTakenError, give_grant_back, hold_again
from backend.shop.flash_sale.holds import FlashGoneError, give_up_flash, sell_flash, take_flash_again
from backend.shop.orders.changes import Step
from backend.shop.orders.limits import OverLimitError, count_again, give_back
from backend.shop.prizes.prizes import give_up_prize
from backend.shop.stock.movements import (
    NotEnoughStockError,
    StockMove,
    held_by,
    move_stock,
    release,
    reserve,
    sell,
    stock_needed,
    take_back,
)
from backend.storage.catalog_tables import BUNDLES


def sell_held(connection: Connection, order: Order, step: Step) -> None:
    """Sell what the order has reserved; nothing where that was done before."""
    held = held_by(connection, order.order_id)
    moves = [sell(sku_id, one.reserved) for sku_id, one in held.items() if one.reserved]
    _move(connection, order, moves, step)
    sell_flash(connection, order.order_id, step.at_ms)
    sell_auction(connection, order.order_id, step.at_ms)


def give_up_held(connection: Connection, order: Order, step: Step) -> None:
    """Give stock, limits and coupon of the order back; nothing of it has left the house."""
    held = held_by(connection, order.order_id)
    moves = [release(sku_id, one.reserved) for sku_id, one in held.items() if one.reserved]
    moves += [take_back(sku_id, one.sold) for sku_id, one in held.items() if one.sold]
    _move(connection, order, moves, step)
    freed = {sku_id: one.reserved + one.sold for sku_id, one in held.items()}
    _move_quota(connection, give_up_flash(connection, order, freed, step.at_ms), step, "given_up")
    unit = give_up_auction(connection, order, step.actor, freed=freed, now_ms=step.at_ms)
    _move_quota(connection, unit, step, "given_up")
    give_up_prize(connection, order.order_id)
    give_back(connection, order)
    give_grant_back(connection, order)
    announce_stock(connection, set(held), step.at_ms)


def take_again(connection: Connection, order: Order, step: Step) -> bool:
    """Reserve once more what a cancelled order had; return whether all of it was there to take."""
    if order.coins:
        return True
    if is_of_auction(connection, order.order_id):
        return False
    needed = stock_of(connection, order)
    try:
        with connection.begin_nested():
            _move_quota(connection, take_flash_again(connection, order, step.at_ms), step, "taken_again")
            _move(connection, order, [reserve(sku_id, n) for sku_id, n in needed.items()], step)
            count_again(connection, order)
            hold_again(connection, order)
    except (NotEnoughStockError, OverLimitError, CouponTakenError, FlashGoneError):
        return False
    announce_stock(connection, set(needed), step.at_ms)
    return True


def stock_of(connection: Connection, order: Order) -> dict[str, int]:
    """Return the stock that an order's lines take, with bundles as they are made now."""
    return stock_of_units(connection, {line.sku_id: line.quantity for line in order.lines})


def stock_of_units(connection: Connection, units: Mapping[str, int]) -> dict[str, int]:
    """Return the stock that units of SKUs take, with bundles as they are made now."""
    ids = sorted(units)
    rows = connection.execute(select(BUNDLES).where(BUNDLES.c.bundle_sku_id.in_(ids)))
    components: dict[str, dict[str, int]] = {}
    for bundle, component, quantity in rows:
        components.setdefault(str(bundle), {})[str(component)] = int(quantity)
    return stock_needed(units, components)


def _move_quota(connection: Connection, moves: list[StockMove], step: Step, reason: str) -> None:
    # No order has what is a sale's: its erasing would not find what people wrote.
    move_stock(connection, moves, reason=reason, order_id=None, actor=step.actor, at_ms=step.at_ms)


def _move(connection: Connection, order: Order, moves: list[StockMove], step: Step) -> None:
    move_stock(
        connection,
        moves,
        reason=step.reason,
        order_id=order.order_id,
        actor=step.actor,
        at_ms=step.at_ms,
    )
