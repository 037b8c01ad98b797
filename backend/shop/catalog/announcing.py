"""Writes to the rooms that show a product what became of it, in the transaction that changed it."""

from sqlalchemy import Connection, select

from backend.contract.base import Author
from backend.contract.shop import Product
from backend.shop.catalog.listing import rooms_showing
from backend.shop.catalog.skus import read_available
from backend.shop.outbox import ListingChanged, OutboxMessage, ProductEdited, StockChanged, write_outbox
from backend.storage.catalog_tables import SKUS


def announce_product(
    connection: Connection,
    spu_id: str,
    *,
    by: Author,
    before: Product | None,
    after: Product | None,
    now_ms: int,
) -> None:
    """Write how a product was and is, as a card shows it: None where it was, or is, not on sale."""
    if before == after:
        return
    rooms = rooms_showing(connection, {spu_id}).get(spu_id, [])
    if before is None or after is None:
        announce_listing(connection, rooms, now_ms)
        return
    body = ProductEdited(by, before, after)
    write_outbox(connection, [OutboxMessage(room_id, "", body) for room_id in rooms], now_ms)


def announce_listing(connection: Connection, room_ids: list[str], now_ms: int) -> None:
    """Write to rooms that they show other products now, or in another order."""
    write_outbox(connection, [OutboxMessage(room_id, "", ListingChanged()) for room_id in room_ids], now_ms)


def announce_stock(connection: Connection, sku_ids: set[str], at_ms: int) -> None:
    """Write to the rooms that show SKUs what is left of them."""
    spus = {
        str(sku_id): str(spu_id)
        for sku_id, spu_id in connection.execute(
            select(SKUS.c.sku_id, SKUS.c.spu_id).where(SKUS.c.sku_id.in_(sorted(sku_ids)))
        )
    }
    rooms = rooms_showing(connection, set(spus.values()))
    left = read_available(connection, spus)
    messages = [
        OutboxMessage(room_id, "", StockChanged(sku_id, spu_id, left.get(sku_id, 0)))
        for sku_id, spu_id in sorted(spus.items())
        for room_id in rooms.get(spu_id, [])
    ]
    write_outbox(connection, messages, at_ms)
