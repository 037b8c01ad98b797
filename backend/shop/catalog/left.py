"""Counts what is left of the products that stock movements concern, as a room shows them."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from backend.log.shop_entries import ProductLeft
from backend.shop.catalog.skus import left_of, read_available, read_skus, stocked_ids
from backend.storage.catalog_tables import BUNDLES, LISTINGS, SKUS


def read_left(connection: Connection, room_id: str, sku_ids: Collection[str]) -> list[ProductLeft]:
    """Return what is left of a room's products whose stock these SKUs are, by themselves or in bundles."""
    bundles = select(BUNDLES.c.bundle_sku_id).where(BUNDLES.c.component_sku_id.in_(sorted(sku_ids)))
    concerned = {*sku_ids, *connection.scalars(bundles)}
    query = (
        select(SKUS.c.spu_id)
        .join(LISTINGS, LISTINGS.c.spu_id == SKUS.c.spu_id)
        .where(LISTINGS.c.room_id == room_id, SKUS.c.sku_id.in_(sorted(concerned)))
    )
    spu_ids = {str(spu_id) for spu_id in connection.scalars(query)}
    siblings = connection.scalars(select(SKUS.c.sku_id).where(SKUS.c.spu_id.in_(sorted(spu_ids))))
    skus = read_skus(connection, map(str, siblings))
    available = read_available(connection, stocked_ids(skus.values()))
    left: dict[str, dict[str, int]] = {spu_id: {} for spu_id in sorted(spu_ids)}
    for sku_id, sku in sorted(skus.items()):
        left[sku.spu_id][sku_id] = left_of(sku, available)
    return [ProductLeft(spu_id, units) for spu_id, units in left.items() if units]
