"""Reads SKUs as a purchase needs them: price, stock, limit, and what a bundle is made of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from backend.storage.catalog_tables import BUNDLES, SKUS, SPUS, STOCK
from backend.storage.database import read_rows

IMAGE_PATH: Final = "/media/products/"

_DECODE_SPECS = msgspec.json.Decoder(list[list[str]]).decode
_DECODE_NAMES = msgspec.json.Decoder(list[str]).decode


class CatalogSku(msgspec.Struct, frozen=True):
    """A SKU with what it takes from its product.

    Attributes:
        image: the name of its product's first picture; empty where there is none.
        components: units of other SKUs that one unit is made of; empty where it is no bundle.
    """

    sku_id: str
    spu_id: str
    title: str
    specs: list[list[str]]
    image: str
    price_minor: int
    reference_minor: int | None
    floor_minor: int
    limit_per_buyer: int | None
    weight_g: int
    tax_rate_bp: int
    components: Mapping[str, int] = msgspec.field(default_factory=dict)


_COLUMNS: Final = (
    SKUS.c.sku_id,
    SKUS.c.spu_id,
    SPUS.c.title,
    SKUS.c.specs,
    SPUS.c.images,
    SKUS.c.price_minor,
    SKUS.c.reference_minor,
    SKUS.c.floor_minor,
    SKUS.c.limit_per_buyer,
    SKUS.c.weight_g,
    SKUS.c.tax_rate_bp,
)


def read_skus(connection: Connection, sku_ids: Iterable[str]) -> dict[str, CatalogSku]:
    """Return those of the SKUs that are on sale, by id."""
    return _read_skus(connection, sku_ids, SKUS.c.is_active.is_(True), SPUS.c.status == "on_shelf")


def read_known_skus(connection: Connection, sku_ids: Iterable[str]) -> dict[str, CatalogSku]:
    """Return the SKUs by id, whether they are on sale or not."""
    return _read_skus(connection, sku_ids)


def _read_skus(
    connection: Connection, sku_ids: Iterable[str], *conditions: ColumnElement[bool]
) -> dict[str, CatalogSku]:
    ids = sorted(set(sku_ids))
    query = select(*_COLUMNS).join(SPUS).where(SKUS.c.sku_id.in_(ids), *conditions)
    components = read_components(connection, ids)
    return {
        str(row["sku_id"]): _sku(row, components.get(str(row["sku_id"]), {}))
        for row in read_rows(connection, query)
    }


def read_available(connection: Connection, sku_ids: Iterable[str]) -> dict[str, int]:
    """Return the units of each SKU that are neither reserved nor sold."""
    ids = sorted(set(sku_ids))
    if not ids:
        return {}
    query = select(STOCK.c.sku_id, STOCK.c.on_hand - STOCK.c.reserved).where(STOCK.c.sku_id.in_(ids))
    return {str(sku_id): int(left) for sku_id, left in connection.execute(query)}


def stocked_ids(skus: Iterable[CatalogSku]) -> set[str]:
    """Return the SKUs whose stock the given ones take from: themselves, or their components."""
    found: set[str] = set()
    for sku in skus:
        found.update(sku.components or (sku.sku_id,))
    return found


def left_of(sku: CatalogSku, available: Mapping[str, int]) -> int:
    """Return how many units of a SKU can be bought of what is available."""
    return units_left(sku.sku_id, sku.components, available)


def units_left(sku_id: str, components: Mapping[str, int], available: Mapping[str, int]) -> int:
    """Do as `left_of`, for a SKU that is not on sale too."""
    if not components:
        return max(available.get(sku_id, 0), 0)
    return max(min(available.get(one, 0) // count for one, count in components.items()), 0)


def read_components(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return what those of the SKUs are made of that are bundles."""
    found: dict[str, dict[str, int]] = {}
    for bundle, component, quantity in connection.execute(
        select(BUNDLES).where(BUNDLES.c.bundle_sku_id.in_(ids))
    ):
        found.setdefault(str(bundle), {})[str(component)] = int(quantity)
    return found


def read_holders(connection: Connection, sku_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the products that each SKU's stock is sold in: its own first, then the bundles that hold it."""
    ids = sorted(sku_ids)
    own = select(SKUS.c.sku_id, SKUS.c.spu_id).where(SKUS.c.sku_id.in_(ids))
    bundled = (
        select(BUNDLES.c.component_sku_id, SKUS.c.spu_id)
        .join(SKUS, SKUS.c.sku_id == BUNDLES.c.bundle_sku_id)
        .where(BUNDLES.c.component_sku_id.in_(ids))
        .order_by(SKUS.c.spu_id)
    )
    found = {str(sku_id): [str(spu_id)] for sku_id, spu_id in connection.execute(own)}
    for sku_id, spu_id in connection.execute(bundled):
        found[str(sku_id)].append(str(spu_id))
    return found


def _sku(row: dict[str, object], components: Mapping[str, int]) -> CatalogSku:
    images = _DECODE_NAMES(str(row.pop("images")))
    specs = _DECODE_SPECS(str(row["specs"]))
    values = {**row, "specs": specs, "image": images[0] if images else "", "components": components}
    return msgspec.convert(values, CatalogSku)
