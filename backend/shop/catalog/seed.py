"""Fills a room's listing with products where it has none: what shows a shop before its own are in."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select

from backend.shop.stock.movements import StockMove, record_moves
from backend.storage.catalog_tables import LISTINGS, OFFERED_PRICES, SKUS, SPUS, STOCK


class NewProduct(msgspec.Struct, frozen=True):
    """A product of one SKU as it is put into a catalogue; `image` is a file's name, empty for none."""

    product_id: str
    title: str
    price_minor: int
    reference_minor: int | None
    stock: int
    image: str


def seed_listing(connection: Connection, room_id: str, products: Sequence[NewProduct], now_ms: int) -> None:
    """Put products into a room's listing if it is empty; an SPU with one SKU each.

    A product that another room sells under the same id becomes one of its own.
    """
    if connection.scalar(select(LISTINGS.c.spu_id).where(LISTINGS.c.room_id == room_id).limit(1)) is not None:
        return
    ids = [product.product_id for product in products]
    taken = set(connection.scalars(select(SPUS.c.spu_id).where(SPUS.c.spu_id.in_(ids))))
    for position, product in enumerate(products):
        is_taken = product.product_id in taken
        spu_id = f"{room_id}:{product.product_id}" if is_taken else product.product_id
        add_product(connection, spu_id, product, now_ms)
        connection.execute(insert(LISTINGS).values(room_id=room_id, spu_id=spu_id, position=position))


def add_product(connection: Connection, spu_id: str, product: NewProduct, now_ms: int) -> None:
    """Add an SPU with one SKU of the same id, and its stock with an opening movement."""
    images = msgspec.json.encode([product.image] if product.image else []).decode()
    connection.execute(
        insert(SPUS).values(
            spu_id=spu_id,
            title=product.title,
            images=images,
            created_at_ms=now_ms,
            updated_at_ms=now_ms,
        )
    )
    connection.execute(
        insert(SKUS).values(
            sku_id=spu_id,
            spu_id=spu_id,
            price_minor=product.price_minor,
            reference_minor=product.reference_minor,
        )
    )
    connection.execute(
        insert(OFFERED_PRICES).values(sku_id=spu_id, price_minor=product.price_minor, at_ms=now_ms)
    )
    connection.execute(insert(STOCK).values(sku_id=spu_id, on_hand=product.stock))
    opening = StockMove(spu_id, "opening", on_hand=product.stock)
    record_moves(connection, [opening], reason="opening", order_id=None, actor="seed", at_ms=now_ms)
