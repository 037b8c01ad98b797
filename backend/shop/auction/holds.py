"""What orders have of auctions: one unit, carved out of the stock; sold, or given back by who does not pay.

The unit stands in the stock's `reserved` without an order, as the quota of a flash sale does.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from backend.contract.auctions import MOST_DEFAULTS
from backend.contract.campaigns import OVER
from backend.contract.orders import Order
from backend.shop.customers.buyer_keys import account_key, keys_of, read_key_secret
from backend.shop.flash_sale.holds import tell_soon
from backend.shop.stock.movements import StockMove
from backend.storage.auction_tables import AUCTION_BIDDERS, AUCTION_DEFAULTS, AUCTION_ORDERS
from backend.storage.bulk import insert_rows
from backend.storage.campaign_tables import CAMPAIGNS
from backend.storage.database import read_rows

TIMER: Final = "timer"
"""Who lets go of orders that were not paid in time."""
_HOLD: Final = AUCTION_ORDERS.c
_DEFAULT: Final = AUCTION_DEFAULTS.c
_BIDDER: Final = AUCTION_BIDDERS.c


class HoldState(StrEnum):
    """What became of a unit that an order has."""

    RESERVED = "reserved"
    SOLD = "sold"
    RETURNED = "returned"


class AuctionHold(msgspec.Struct, frozen=True):
    """What an order has of an auction; see `backend.storage.auction_tables`."""

    order_id: str
    campaign_id: str
    user_id: str
    state: HoldState


def carve_unit(sku_id: str) -> StockMove:
    """Return the movement of free stock that an auction takes."""
    return StockMove(sku_id, "auction_carve", reserved=1)


def uncarve_unit(sku_id: str) -> StockMove:
    """Return the movement of an auction's unit that becomes free stock."""
    return StockMove(sku_id, "auction_return", reserved=-1)


def hand_over_unit(sku_id: str) -> StockMove:
    """Return the movement of an auction's unit that an order takes; it reserves one for itself."""
    return StockMove(sku_id, "auction_order", reserved=-1)


def add_hold(connection: Connection, hold: AuctionHold) -> None:
    """Write what an order has."""
    connection.execute(insert(AUCTION_ORDERS).values(msgspec.structs.asdict(hold)))


def find_hold(connection: Connection, order_id: str) -> AuctionHold | None:
    """Return what an order has of an auction; None where it is of none."""
    rows = read_rows(connection, select(AUCTION_ORDERS).where(_HOLD.order_id == order_id))
    return msgspec.convert(rows[0], AuctionHold) if rows else None


def holds_of_auction(connection: Connection, campaign_id: str) -> list[AuctionHold]:
    """Return what orders had of an auction, the newest first."""
    query = select(AUCTION_ORDERS).where(_HOLD.campaign_id == campaign_id).order_by(_HOLD.order_id.desc())
    return msgspec.convert(read_rows(connection, query), list[AuctionHold])


def sell_auction(connection: Connection, order_id: str, now_ms: int) -> None:
    """Count an order's unit as sold, now that it is paid."""
    hold = find_hold(connection, order_id)
    if hold is not None and hold.state is HoldState.RESERVED:
        _change(connection, hold, HoldState.SOLD, now_ms)


def give_up_auction(
    connection: Connection, order: Order, actor: str, *, freed: Collection[str], now_ms: int
) -> list[StockMove]:
    """Give the unit of an unpaid order back to its auction, and return what that carves.

    Who let the time pass, or cancelled, has not kept a promise: it is counted. `freed` are the SKUs that the
    order just gave back to the stock.
    """
    hold = find_hold(connection, order.order_id)
    if hold is None or hold.state is not HoldState.RESERVED:
        return []
    _change(connection, hold, HoldState.RETURNED, now_ms)
    if actor in {TIMER, order.buyer_id}:
        _count_default(connection, order, hold.campaign_id, now_ms)
    phase = connection.scalar(select(CAMPAIGNS.c.phase).where(CAMPAIGNS.c.campaign_id == hold.campaign_id))
    return [] if phase in OVER else [carve_unit(line.sku_id) for line in order.lines if line.sku_id in freed]


def is_of_auction(connection: Connection, order_id: str) -> bool:
    """Return whether an order is of an auction: once cancelled it does not live again, others were asked."""
    return find_hold(connection, order_id) is not None


def read_barred(connection: Connection, keys: Collection[str]) -> set[str]:
    """Return which of these keys are of people who bid no more."""
    query = (
        select(_DEFAULT.buyer_key)
        .where(_DEFAULT.buyer_key.in_(sorted(keys)))
        .group_by(_DEFAULT.buyer_key)
        .having(func.count() >= MOST_DEFAULTS)
    )
    return set(connection.scalars(query))


def has_bid_that_counts(connection: Connection, user_id: str) -> bool:
    """Return whether somebody may still have to take what they bid for."""
    is_theirs = _BIDDER.user_id == user_id, _BIDDER.max_number > 0, _BIDDER.is_out.is_(False)
    running = (
        select(_BIDDER.campaign_id)
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign_id == _BIDDER.campaign_id)
        .where(*is_theirs, CAMPAIGNS.c.next_at_ms.is_not(None))
    )
    return connection.scalar(running.limit(1)) is not None


def forget_bidder(connection: Connection, user_id: str) -> None:
    """Keep neither address nor phone of somebody of whom no bid counts any more."""
    is_theirs = _BIDDER.user_id == user_id
    connection.execute(delete(AUCTION_BIDDERS).where(is_theirs, _BIDDER.max_number == 0))
    gone = {"address": "", "address_id": "", "phone_key": ""}
    connection.execute(update(AUCTION_BIDDERS).where(is_theirs).values(**gone))


def _change(connection: Connection, hold: AuctionHold, state: HoldState, now_ms: int) -> None:
    connection.execute(
        update(AUCTION_ORDERS).where(_HOLD.order_id == hold.order_id).values(state=state.value)
    )
    tell_soon(connection, [hold.campaign_id], now_ms)


def _count_default(connection: Connection, order: Order, campaign_id: str, now_ms: int) -> None:
    # Not by the address: a house has more people than one.
    _, phone, _ = keys_of(order.buyer_id, order.address, read_key_secret(connection))
    rows = [
        {"buyer_key": key, "campaign_id": campaign_id, "at_ms": now_ms}
        for key in (account_key(order.buyer_id), phone)
    ]
    insert_rows(connection, AUCTION_DEFAULTS, rows, on_conflict="ON CONFLICT DO NOTHING")
