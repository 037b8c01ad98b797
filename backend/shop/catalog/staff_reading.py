"""Reads products with all that the shop knows of them, for its staff."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from backend.contract.products import ProductsPage, StaffProduct, StaffSku
from backend.contract.shop import Product
from backend.shop.catalog.listing import rooms_showing
from backend.shop.catalog.pictures.names import picture_of
from backend.shop.catalog.skus import read_available, read_components, units_left
from backend.shop.currency import read_currency
from backend.storage.catalog_tables import SKUS, SPUS, STOCK
from backend.storage.database import read_rows

ON_SHELF: Final = "on_shelf"
OFF_SHELF: Final = "off_shelf"
MOST_WORDS: Final = 8

_DECODE_TEXTS: Final = msgspec.json.Decoder(list[str]).decode
_DECODE_SPECS: Final = msgspec.json.Decoder(list[list[str]]).decode
_encode = msgspec.json.Encoder().encode


class ProductFilter(msgspec.Struct, frozen=True):
    """Which products are wanted; what is empty keeps all.

    Attributes:
        search: words, each of which stands in the title, the category, a tag, or a code or a specification.
        status: on_shelf or off_shelf.
    """

    search: str = ""
    status: str = ""
    category: str = ""
    tag: str = ""


class PagePlace(msgspec.Struct, frozen=True):
    """The last product of a page."""

    created_at_ms: int
    spu_id: str

    @classmethod
    def read(cls, cursor: str) -> "PagePlace | None":
        """Read it from a cursor; None where that is none of ours."""
        created, _, spu_id = cursor.partition(".")
        is_time = created.isascii() and created.isdigit() and len(created) < 16
        return cls(int(created), spu_id) if is_time and spu_id else None

    def cursor(self) -> str:
        """Return it as a cursor."""
        return f"{self.created_at_ms}.{self.spu_id}"


def read_page(
    connection: Connection, wanted: ProductFilter, after: PagePlace | None, limit: int
) -> ProductsPage:
    """Return a page of products, the newest first."""
    query = select(SPUS).where(*_conditions(wanted))
    if after is not None:
        made = SPUS.c.created_at_ms
        older = and_(made == after.created_at_ms, SPUS.c.spu_id < after.spu_id)
        query = query.where(or_(made < after.created_at_ms, older))
    query = query.order_by(SPUS.c.created_at_ms.desc(), SPUS.c.spu_id.desc()).limit(limit + 1)
    rows = read_rows(connection, query)
    products = _products(connection, rows[:limit])
    last = products[-1] if len(rows) > limit else None
    following = None if last is None else PagePlace(last.created_at_ms, last.spu_id).cursor()
    return ProductsPage(read_currency(connection), products, following)


def read_product(connection: Connection, spu_id: str) -> StaffProduct | None:
    """Return a product; None where there is none."""
    return read_products_of(connection, [spu_id]).get(spu_id)


def read_products_of(connection: Connection, spu_ids: Collection[str]) -> dict[str, StaffProduct]:
    """Return those of the products that there are, by id."""
    rows = read_rows(connection, select(SPUS).where(SPUS.c.spu_id.in_(sorted(set(spu_ids)))))
    return {product.spu_id: product for product in _products(connection, rows)}


def card_of(product: StaffProduct, currency: str) -> Product | None:
    """Return a product as a card shows it, without a number; None where it is not on sale."""
    skus = [sku for sku in product.skus if sku.is_active]
    if not product.is_on_shelf or not skus:
        return None
    cheapest = min(skus, key=lambda sku: sku.price_minor)
    return Product(
        product_id=product.spu_id,
        number=0,
        title=product.title,
        price_minor=cheapest.price_minor,
        reference_minor=cheapest.reference_minor,
        stock=sum(sku.left for sku in skus),
        image_url=product.pictures[0].path if product.pictures else "",
        version=product.version,
        currency=currency,
        sku_count=len(skus),
        is_from=any(sku.price_minor > cheapest.price_minor for sku in skus),
    )


def _conditions(wanted: ProductFilter) -> list[ColumnElement[bool]]:
    found = [_has_word(word) for word in wanted.search.split()[:MOST_WORDS]]
    if wanted.status:
        found.append(SPUS.c.status == wanted.status)
    if wanted.category:
        found.append(SPUS.c.category == wanted.category)
    if wanted.tag:
        found.append(SPUS.c.tags.contains(_encode(wanted.tag).decode(), autoescape=True))
    return found


def _has_word(word: str) -> ColumnElement[bool]:
    in_json = _encode(word).decode()[1:-1]
    of_sku = select(SKUS.c.spu_id).where(
        or_(
            SKUS.c.code.icontains(word, autoescape=True),
            SKUS.c.specs.icontains(in_json, autoescape=True),
        )
    )
    return or_(
        SPUS.c.title.icontains(word, autoescape=True),
        SPUS.c.category.icontains(word, autoescape=True),
        SPUS.c.tags.icontains(in_json, autoescape=True),
        SPUS.c.spu_id.in_(of_sku),
    )


def _products(connection: Connection, rows: Iterable[Mapping[str, object]]) -> list[StaffProduct]:
    by_id = {str(row["spu_id"]): row for row in rows}
    skus = _skus_by_spu(connection, list(by_id))
    rooms = rooms_showing(connection, set(by_id))
    return [_product(row, rooms.get(spu_id, []), skus.get(spu_id, [])) for spu_id, row in by_id.items()]


def _product(row: Mapping[str, object], rooms: list[str], skus: list[StaffSku]) -> StaffProduct:
    values = {
        **row,
        "tags": _DECODE_TEXTS(str(row["tags"])),
        "pictures": [picture_of(name) for name in _DECODE_TEXTS(str(row["images"]))],
        "is_on_shelf": row["status"] == ON_SHELF,
        "rooms": rooms,
        "skus": skus,
    }
    return msgspec.convert(values, StaffProduct)


def _skus_by_spu(connection: Connection, spu_ids: list[str]) -> dict[str, list[StaffSku]]:
    counts = (STOCK.c.on_hand, STOCK.c.reserved, STOCK.c.sold)
    query = (
        select(SKUS, *counts)
        .outerjoin(STOCK)
        .where(SKUS.c.spu_id.in_(spu_ids))
        .order_by(SKUS.c.position, SKUS.c.sku_id)
    )
    rows = read_rows(connection, query)
    components = read_components(connection, [str(row["sku_id"]) for row in rows])
    parts = {part for units in components.values() for part in units}
    available = read_available(connection, parts)
    found: dict[str, list[StaffSku]] = {}
    for row in rows:
        found.setdefault(str(row["spu_id"]), []).append(_sku(row, components, available))
    return found


def _sku(
    row: Mapping[str, object], components: Mapping[str, Mapping[str, int]], available: Mapping[str, int]
) -> StaffSku:
    sku_id = str(row["sku_id"])
    counts = {name: row[name] or 0 for name in ("on_hand", "reserved", "sold")}
    own = {sku_id: msgspec.convert(counts["on_hand"], int) - msgspec.convert(counts["reserved"], int)}
    of_others = components.get(sku_id, {})
    values = {
        **row,
        **counts,
        "specs": _DECODE_SPECS(str(row["specs"])),
        "components": of_others,
        "left": units_left(sku_id, of_others, {**available, **own}),
        "is_active": bool(row["is_active"]),
    }
    return msgspec.convert(values, StaffSku)
