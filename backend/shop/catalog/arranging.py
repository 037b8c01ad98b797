"""Arranges what a room shows: products added, moved, taken out."""

from sqlalchemy import Connection, delete, insert, select

from backend.contract.listing import MOST_LISTED, RoomListing
from backend.shop.catalog.announcing import announce_listing
from backend.storage.catalog_tables import LISTINGS, SPUS


def place_product(
    connection: Connection, room_id: str, spu_id: str, position: int | None, now_ms: int
) -> RoomListing | None:
    """Add a product to a room's listing, or move it; None where there is none, or the listing is full."""
    if connection.scalar(select(SPUS.c.spu_id).where(SPUS.c.spu_id == spu_id)) is None:
        return None
    before = read_order(connection, room_id)
    listed = [one for one in before if one != spu_id]
    if len(listed) >= MOST_LISTED:
        return None
    listed.insert(len(listed) if position is None else position, spu_id)
    return _write(connection, room_id, before, listed, now_ms)


def take_out_product(connection: Connection, room_id: str, spu_id: str, now_ms: int) -> RoomListing:
    """Take a product out of a room's listing; the shop still has it."""
    before = read_order(connection, room_id)
    return _write(connection, room_id, before, [one for one in before if one != spu_id], now_ms)


def read_order(connection: Connection, room_id: str) -> list[str]:
    """Return what a room lists in the host's order, on the shelf or not."""
    query = select(LISTINGS.c.spu_id).where(LISTINGS.c.room_id == room_id)
    return list(connection.scalars(query.order_by(LISTINGS.c.position, LISTINGS.c.spu_id)))


def _write(
    connection: Connection, room_id: str, before: list[str], listed: list[str], now_ms: int
) -> RoomListing:
    if listed != before:
        connection.execute(delete(LISTINGS).where(LISTINGS.c.room_id == room_id))
        rows = [
            {"room_id": room_id, "spu_id": spu_id, "position": position}
            for position, spu_id in enumerate(listed)
        ]
        if rows:
            connection.execute(insert(LISTINGS), rows)
        announce_listing(connection, [room_id], now_ms)
    return RoomListing(listed)
