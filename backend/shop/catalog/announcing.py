"""Writes to the rooms that show a product what became of it, in the transaction that changed it."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from backend.contract.base import Author
from backend.contract.shop import Product
from backend.shop.catalog.listing import rooms_showing
from backend.shop.catalog.skus import read_available, read_holders
from backend.shop.outbox import ListingChanged, OutboxMessage, ProductEdited, StockChanged, write_outbox


def announce_product(
    connection: Connection,
    room_ids: Sequence[str],
    *,
    by: Author,
    before: Product | None,
    after: Product | None,
    now_ms: int,
) -> None:
    """Write to the rooms that show a product how a card shows it: None where it was, or is, not on sale."""
    if before == after:
        return
    if before is None or after is None:
        announce_listing(connection, room_ids, now_ms)
        return
    body = ProductEdited(by, before, after)
    write_outbox(connection, [OutboxMessage(room_id, "", body) for room_id in room_ids], now_ms)


def announce_listing(connection: Connection, room_ids: Sequence[str], now_ms: int) -> None:
    """Write to rooms that they show other products now, or in another order."""
    write_outbox(connection, [OutboxMessage(room_id, "", ListingChanged()) for room_id in room_ids], now_ms)


def announce_stock(connection: Connection, sku_ids: Collection[str], at_ms: int) -> None:
    """Write to the rooms that show SKUs, or bundles of them, what is left of them."""
    holders = read_holders(connection, sku_ids)
    rooms = rooms_showing(connection, {spu_id for of_sku in holders.values() for spu_id in of_sku})
    left = read_available(connection, holders)
    write_outbox(connection, stock_messages(holders, rooms, left, {}), at_ms)


def stock_messages(
    holders: Mapping[str, Sequence[str]],
    rooms: Mapping[str, Sequence[str]],
    left: Mapping[str, int],
    sessions: Mapping[str, str],
) -> list[OutboxMessage]:
    """Return what rooms are to hear of SKUs whose stock moved, each of each once.

    Args:
        holders: as `read_holders` returns them.
        rooms: that show each product.
        left: units of each SKU that can be bought.
        sessions: the live session of each room that is on air.
    """
    messages: list[OutboxMessage] = []
    for sku_id, spu_ids in sorted(holders.items()):
        body = StockChanged(sku_id, spu_ids[0], left.get(sku_id, 0))
        shown_in = {room_id for spu_id in spu_ids for room_id in rooms.get(spu_id, ())}
        messages += [OutboxMessage(room_id, sessions.get(room_id, ""), body) for room_id in sorted(shown_in)]
    return messages
