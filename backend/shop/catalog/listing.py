"""Reads what a room shows of the catalogue, in the host's order."""

import msgspec
from sqlalchemy import Connection, select

from backend.contract.catalog import ShopProduct, ShopSku
from backend.shop.catalog.skus import IMAGE_PATH, CatalogSku, left_of, read_available, read_skus, stocked_ids
from backend.storage.catalog_tables import LISTINGS, SKUS, SPUS
from backend.storage.database import read_rows

_DECODE_NAMES = msgspec.json.Decoder(list[str]).decode


def read_listing(connection: Connection, room_id: str) -> list[ShopProduct]:
    """Return the products of a room that are on the shelf, numbered 1..n in the host's order."""
    query = (
        select(SPUS)
        .join(LISTINGS)
        .where(LISTINGS.c.room_id == room_id, SPUS.c.status == "on_shelf")
        .order_by(LISTINGS.c.position, LISTINGS.c.spu_id)
    )
    spus = read_rows(connection, query)
    skus = _read_skus_by_spu(connection, [str(spu["spu_id"]) for spu in spus])
    shown = [spu for spu in spus if str(spu["spu_id"]) in skus]
    return [_product(number, spu, skus[str(spu["spu_id"])]) for number, spu in enumerate(shown, start=1)]


def rooms_showing(connection: Connection, spu_ids: set[str]) -> dict[str, list[str]]:
    """Return the rooms whose listing holds each of the products."""
    query = select(LISTINGS.c.spu_id, LISTINGS.c.room_id).where(LISTINGS.c.spu_id.in_(sorted(spu_ids)))
    rooms: dict[str, list[str]] = {}
    for spu_id, room_id in connection.execute(query.order_by(LISTINGS.c.room_id)):
        rooms.setdefault(str(spu_id), []).append(str(room_id))
    return rooms


def _read_skus_by_spu(connection: Connection, spu_ids: list[str]) -> dict[str, list[ShopSku]]:
    order = select(SKUS.c.sku_id).where(SKUS.c.spu_id.in_(spu_ids)).order_by(SKUS.c.position, SKUS.c.sku_id)
    ids = [str(sku_id) for sku_id in connection.scalars(order)]
    skus = read_skus(connection, ids)
    available = read_available(connection, stocked_ids(skus.values()))
    found: dict[str, list[ShopSku]] = {}
    for sku in (skus[sku_id] for sku_id in ids if sku_id in skus):
        found.setdefault(sku.spu_id, []).append(_shown(sku, left_of(sku, available)))
    return found


def _shown(sku: CatalogSku, left: int) -> ShopSku:
    return ShopSku(sku.sku_id, sku.specs, sku.price_minor, sku.reference_minor, left, sku.limit_per_buyer)


def _product(number: int, spu: dict[str, object], skus: list[ShopSku]) -> ShopProduct:
    return ShopProduct(
        spu_id=str(spu["spu_id"]),
        number=number,
        title=str(spu["title"]),
        description=str(spu["description"]),
        images=[f"{IMAGE_PATH}{name}" for name in _DECODE_NAMES(str(spu["images"]))],
        skus=skus,
    )
