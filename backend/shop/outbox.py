"""What the shop has for rooms, written in the transaction of what happened: ids, amounts, words of gifts."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import IntegrityError

from backend.contract.base import Author
from backend.contract.campaigns import Campaign
from backend.contract.coupons import ShownCoupon
from backend.contract.orders import Order
from backend.contract.shop import Product
from backend.contract.words_of import WordsOf
from backend.storage.bulk import insert_rows
from backend.storage.database import StorageError
from backend.storage.order_tables import SHOP_OUTBOX, TAKEN_MESSAGES
from backend.storage.touched_rooms import touch_rooms

_encode = msgspec.json.Encoder().encode


class OrderPlaced(msgspec.Struct, frozen=True, tag="order_placed", tag_field="type"):
    """An order was placed in the room.

    Attributes:
        units: bought of each SKU.
        coins: that it is of, where it is of coins: the room sells goods alone.
    """

    order_id: str
    buyer_id: str
    units: dict[str, int]
    total_minor: int
    version: int
    currency: str
    payment_state: str
    coins: int = 0


def order_placed(order: Order, units: dict[str, int]) -> OrderPlaced:
    """Return what says that an order of these units of SKUs was placed."""
    return OrderPlaced(
        order.order_id,
        order.buyer_id,
        units,
        order.total_minor,
        order.version,
        order.currency,
        order.payment_state,
    )


class OrderChanged(msgspec.Struct, frozen=True, tag="order_changed", tag_field="type"):
    """An order of the room is now so.

    Attributes:
        was_paid_now: whether this is the change from unpaid to paid.
        case_state: where a case of it is now, if that is the change; else empty.
        message_side: who wrote a message about it, if that is the change; else empty.
    """

    order_id: str
    buyer_id: str
    state: str
    payment_state: str
    version: int
    total_minor: int
    currency: str
    was_paid_now: bool
    case_state: str = ""
    message_side: str = ""


def order_as_now(order: Order) -> OrderChanged:
    """Return what says how an order is now; what the change is, its writer adds."""
    return OrderChanged(
        order_id=order.order_id,
        buyer_id=order.buyer_id,
        state=order.state,
        payment_state=order.payment_state,
        version=order.version,
        total_minor=order.total_minor,
        currency=order.currency,
        was_paid_now=False,
    )


class StockChanged(msgspec.Struct, frozen=True, tag="stock_changed", tag_field="type"):
    """A SKU that the room shows has so many units left."""

    sku_id: str
    spu_id: str
    left: int


class ProductEdited(msgspec.Struct, frozen=True, tag="product_edited", tag_field="type"):
    """Staff changed a product that the room shows; its number is the room's own."""

    by: Author
    before: Product
    after: Product


class ListingChanged(msgspec.Struct, frozen=True, tag="listing_changed", tag_field="type"):
    """The room shows other products, or in another order."""


class GiftBought(msgspec.Struct, frozen=True, tag="gift_bought", tag_field="type"):
    """A viewer paid for gifts that the room is to show.

    Attributes:
        left, wallet_version: what the viewer had after it.
    """

    user_id: str
    key: str
    gift_id: str
    count: int
    coins: int
    text: Annotated[str, WordsOf("user_id")]
    left: int
    wallet_version: int


class CoinsGranted(msgspec.Struct, frozen=True, tag="coins_granted", tag_field="type"):
    """A person got coins in the room: bought, or for nothing in a session; see `GiftBought`.

    Attributes:
        reason: a word for programs: `demo`, `bought`.
    """

    user_id: str
    coins: int
    reason: str
    left: int
    wallet_version: int


class CouponShown(msgspec.Struct, frozen=True, tag="coupon_shown", tag_field="type"):
    """The room is to show a coupon."""

    coupon: ShownCoupon


class CouponCounted(msgspec.Struct, frozen=True, tag="coupon_counted", tag_field="type"):
    """So many of a coupon that the room shows are left, coarsely; there may be more again of one put back."""

    coupon_id: str
    left: int
    is_put_back: bool = False


class CouponStopped(msgspec.Struct, frozen=True, tag="coupon_stopped", tag_field="type"):
    """No more of a coupon that the room shows is given out."""

    coupon_id: str


CouponBody = CouponShown | CouponCounted | CouponStopped


class CampaignMoved(msgspec.Struct, frozen=True, tag="campaign_moved", tag_field="type"):
    """A campaign of the room is now so; the highest version counts."""

    campaign: Campaign


OutboxBody = (
    OrderPlaced
    | OrderChanged
    | StockChanged
    | ProductEdited
    | ListingChanged
    | GiftBought
    | CoinsGranted
    | CouponBody
    | CampaignMoved
)
"""What a room's owner finds in a row's `body`."""


class OutboxMessage(msgspec.Struct, frozen=True):
    """A body and where it goes."""

    room_id: str
    session_id: str
    body: OutboxBody


def write_outbox(connection: Connection, messages: Sequence[OutboxMessage], at_ms: int) -> None:
    """Write messages; the rooms' owners take them."""
    if messages:
        rows = [
            {
                "room_id": message.room_id,
                "session_id": message.session_id,
                "at_ms": at_ms,
                "body": _encode(message.body).decode(),
            }
            for message in messages
        ]
        insert_rows(connection, SHOP_OUTBOX, rows)
        touch_rooms(connection, (message.room_id for message in messages))


def mark_taken(connection: Connection, room_id: str, taken: Mapping[int, int], at_ms: int) -> None:
    """Write that a room's log has messages now: `taken` are the numbers of its entries by message id.

    Raises:
        StorageError: the log has one of them already, or there is no such message.
    """
    if not taken:
        return
    rows = [
        {"room_id": room_id, "outbox_id": outbox_id, "number": number} for outbox_id, number in taken.items()
    ]
    try:
        insert_rows(connection, TAKEN_MESSAGES, rows)
    except IntegrityError as error:
        raise StorageError(
            f"The room {room_id} has some of the shop's messages {sorted(taken)} already: another process "
            "serves it. Nothing was kept here."
        ) from error
    waiting = SHOP_OUTBOX.c.outbox_id.in_(taken), SHOP_OUTBOX.c.room_id == room_id
    marking = update(SHOP_OUTBOX).where(*waiting, SHOP_OUTBOX.c.taken_at_ms.is_(None))
    if connection.execute(marking.values(taken_at_ms=at_ms)).rowcount != len(taken):
        raise StorageError(f"Not all of the shop's messages {sorted(taken)} wait for the room {room_id}.")


def clear_taken(connection: Connection, *, before_ms: int, after: int, most: int) -> int | None:
    """Delete what rooms took before a time, of at most so many messages above an id.

    Returns:
        The id to go on from; None where no older message is left.
    """
    columns = (SHOP_OUTBOX.c.outbox_id, SHOP_OUTBOX.c.room_id, SHOP_OUTBOX.c.at_ms, SHOP_OUTBOX.c.taken_at_ms)
    query = select(*columns).where(SHOP_OUTBOX.c.outbox_id > after).order_by(SHOP_OUTBOX.c.outbox_id)
    rows = connection.execute(query.limit(most)).all()
    old = [row for row in rows if row.at_ms < before_ms]
    by_room: dict[str, list[int]] = {}
    for row in old:
        if row.taken_at_ms is not None and row.taken_at_ms < before_ms:
            by_room.setdefault(row.room_id, []).append(row.outbox_id)
    for room_id, ids in by_room.items():
        for table in (TAKEN_MESSAGES, SHOP_OUTBOX):
            connection.execute(delete(table).where(table.c.room_id == room_id, table.c.outbox_id.in_(ids)))
    # Ids grow with time, nearly: a newer message ends the walk.
    return old[-1].outbox_id if len(old) == most else None
