"""Deletes a product that was never sold; another is taken off the shelf and out of all rooms."""

from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection, delete, select

from backend.contract.products import ProductRemoval, StaffProduct
from backend.shop.catalog.announcing import announce_listing
from backend.shop.catalog.results import ChangedMeanwhile
from backend.shop.catalog.staff_reading import read_product
from backend.shop.catalog.writing import Writing, write_change
from backend.storage.catalog_tables import (
    BUNDLES,
    BUYER_LIMITS,
    LISTINGS,
    OFFERED_PRICES,
    SKUS,
    SPUS,
    STOCK,
    STOCK_MOVEMENTS,
)
from backend.storage.order_tables import ORDER_LINES

HAS_ORDERS: Final = "Orders have it: it stays for them, off the shelf and in no room."
IN_BUNDLE: Final = "Bundles are made of it: it stays for them, off the shelf and in no room."


def remove_product(
    connection: Connection, spu_id: str, version: int, writing: Writing
) -> ProductRemoval | ChangedMeanwhile | None:
    """Remove a product as far as that can be; None where there is none."""
    before = read_product(connection, spu_id)
    if before is None:
        return None
    if before.version != version:
        return ChangedMeanwhile(before)
    reason = _why_kept(connection, before)
    connection.execute(delete(LISTINGS).where(LISTINGS.c.spu_id == spu_id))
    if not reason:
        _delete(connection, before)
        announce_listing(connection, before.rooms, writing.now_ms)
        return ProductRemoval(before, None)
    after = replace(before, is_on_shelf=False, rooms=[], version=version + 1, updated_at_ms=writing.now_ms)
    write_change(connection, before, after, writing)
    announce_listing(connection, before.rooms, writing.now_ms)
    return ProductRemoval(before, after, reason)


def _why_kept(connection: Connection, product: StaffProduct) -> str:
    ids = [sku.sku_id for sku in product.skus]
    moved = select(STOCK_MOVEMENTS.c.sku_id).where(
        STOCK_MOVEMENTS.c.sku_id.in_(ids), STOCK_MOVEMENTS.c.order_id.is_not(None)
    )
    bundles = [sku.sku_id for sku in product.skus if sku.components]
    # The stock of a bundle is its components': only its orders know that it was sold.
    sold = select(ORDER_LINES.c.sku_id).where(ORDER_LINES.c.sku_id.in_(bundles))
    if connection.scalar(moved.limit(1)) or (bundles and connection.scalar(sold.limit(1))):
        return HAS_ORDERS
    held = select(BUNDLES.c.bundle_sku_id).where(BUNDLES.c.component_sku_id.in_(ids))
    return IN_BUNDLE if connection.scalar(held.limit(1)) else ""


def _delete(connection: Connection, product: StaffProduct) -> None:
    ids = [sku.sku_id for sku in product.skus]
    connection.execute(delete(BUNDLES).where(BUNDLES.c.bundle_sku_id.in_(ids)))
    for table in (BUYER_LIMITS, OFFERED_PRICES, STOCK_MOVEMENTS, STOCK, SKUS):
        connection.execute(delete(table).where(table.c.sku_id.in_(ids)))
    connection.execute(delete(SPUS).where(SPUS.c.spu_id == product.spu_id))
