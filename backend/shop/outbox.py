"""What the shop has for rooms: ids and amounts, written in the transaction of what happened."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from backend.storage.bulk import insert_rows
from backend.storage.order_tables import SHOP_OUTBOX

_encode = msgspec.json.Encoder().encode


class OrderPlaced(msgspec.Struct, frozen=True, tag="order_placed", tag_field="type"):
    """An order was placed in the room.

    Attributes:
        units: bought of each SKU.
    """

    order_id: str
    buyer_id: str
    units: dict[str, int]
    total_minor: int
    version: int


class OrderChanged(msgspec.Struct, frozen=True, tag="order_changed", tag_field="type"):
    """An order of the room is now so."""

    order_id: str
    buyer_id: str
    state: str
    payment_state: str
    version: int
    total_minor: int


class StockChanged(msgspec.Struct, frozen=True, tag="stock_changed", tag_field="type"):
    """A SKU that the room shows has so many units left."""

    sku_id: str
    spu_id: str
    left: int


OutboxBody = OrderPlaced | OrderChanged | StockChanged
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
