"""Reads what a room shows of the catalogue, in the host's order."""

from collections.abc import Collection
from typing import Final

import msgspec
from sqlalchemy import Connection, Select, select

from backend.contract.catalog import ShopProduct, ShopSku
from backend.contract.shop import Product
from backend.shop.catalog.skus import IMAGE_PATH, CatalogSku, left_of, read_available, read_skus, stocked_ids
from backend.shop.currency import read_currency
from backend.storage.catalog_tables import LISTINGS, SKUS, SPUS
from backend.storage.database import read_rows

_DECODE_NAMES: Final = msgspec.json.Decoder(list[str]).decode


class Listed(msgspec.Struct, frozen=True):
    """A product of a room that is on the shelf, with what is on sale of it."""

    number: int
    spu_id: str
    title: str
    description: str
    images: list[str]
    version: int
    skus: list[ShopSku]


def read_listing(connection: Connection, room_id: str) -> list[ShopProduct]:
    """Return the products of a room that are on the shelf, numbered 1..n in the host's order."""
    return [
        ShopProduct(one.spu_id, one.number, one.title, one.description, one.images, one.skus)
        for one in _read(connection, _listed_in(room_id))
    ]


def read_products(connection: Connection, room_id: str) -> list[Product]:
    """Do the same, with each product as a card shows it."""
    currency = read_currency(connection)
    return [_as_card(one, currency) for one in _read(connection, _listed_in(room_id))]


def rooms_showing(connection: Connection, spu_ids: set[str]) -> dict[str, list[str]]:
    """Return the rooms whose listing holds each of the products."""
    query = select(LISTINGS.c.spu_id, LISTINGS.c.room_id).where(LISTINGS.c.spu_id.in_(sorted(spu_ids)))
    rooms: dict[str, list[str]] = {}
    for spu_id, room_id in connection.execute(query.order_by(LISTINGS.c.room_id)):
        rooms.setdefault(str(spu_id), []).append(str(room_id))
    return rooms


def read_listed(
    connection: Connection, room_ids: Collection[str], spu_ids: Collection[str]
) -> set[tuple[str, str]]:
    """Return those pairs of room and product of which the room's listing holds the product."""
    query = select(LISTINGS.c.room_id, LISTINGS.c.spu_id).where(
        LISTINGS.c.room_id.in_(sorted(room_ids)), LISTINGS.c.spu_id.in_(sorted(spu_ids))
    )
    return {(str(room_id), str(spu_id)) for room_id, spu_id in connection.execute(query)}


def _listed_in(room_id: str) -> Select[tuple[object, ...]]:
    return (
        select(SPUS)
        .join(LISTINGS)
        .where(LISTINGS.c.room_id == room_id, SPUS.c.status == "on_shelf")
        .order_by(LISTINGS.c.position, LISTINGS.c.spu_id)
    )


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> list[Listed]:
    spus = read_rows(connection, query)
    skus = _read_skus_by_spu(connection, [str(spu["spu_id"]) for spu in spus])
    shown = [spu for spu in spus if str(spu["spu_id"]) in skus]
    return [_listed(number, spu, skus[str(spu["spu_id"])]) for number, spu in enumerate(shown, start=1)]


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


def _listed(number: int, spu: dict[str, object], skus: list[ShopSku]) -> Listed:
    return Listed(
        number=number,
        spu_id=str(spu["spu_id"]),
        title=str(spu["title"]),
        description=str(spu["description"]),
        images=[f"{IMAGE_PATH}{name}" for name in _DECODE_NAMES(str(spu["images"]))],
        version=msgspec.convert(spu["version"], int),
        skus=skus,
    )


def _as_card(listed: Listed, currency: str) -> Product:
    cheapest = min(listed.skus, key=lambda sku: sku.price_minor)
    return Product(
        product_id=listed.spu_id,
        number=listed.number,
        title=listed.title,
        price_minor=cheapest.price_minor,
        reference_minor=cheapest.reference_minor,
        stock=sum(sku.left for sku in listed.skus),
        image_url=listed.images[0] if listed.images else "",
        version=listed.version,
        currency=currency,
        sku_count=len(listed.skus),
        is_from=any(sku.price_minor > cheapest.price_minor for sku in listed.skus),
    )
