"""Writes what a product became: its rows, its stock at first, and to the rooms that show it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, select, update

from backend.contract.base import HOST_USER, Author, Role
from backend.contract.bounds import MAX_NAME
from backend.contract.products import StaffProduct, StaffSku
from backend.contract.shop import Product
from backend.shop.catalog.announcing import announce_product, announce_stock
from backend.shop.catalog.price_history import record_offers
from backend.shop.catalog.results import CodeTaken
from backend.shop.catalog.staff_reading import OFF_SHELF, ON_SHELF, card_of
from backend.shop.currency import read_currency
from backend.shop.people import Person
from backend.shop.stock.movements import StockMove, record_moves
from backend.storage.bulk import insert_rows
from backend.storage.catalog_tables import SKUS, SPUS, STOCK

_encode = msgspec.json.Encoder().encode
_SKU_COLUMNS: Final = (
    "code",
    "price_minor",
    "reference_minor",
    "floor_minor",
    "limit_per_buyer",
    "weight_g",
    "tax_rate_bp",
)


class LostRaceError(Exception):
    """The product is not as it was read in the same transaction."""


class Writing(msgspec.Struct, frozen=True):
    """Who writes, and when; in which currency cards show prices."""

    by: Author
    currency: str
    now_ms: int


def writing_of(connection: Connection, person: Person, now_ms: int) -> Writing:
    """Return what a person of the staff writes by."""
    role = Role.HOST if person.user_id == HOST_USER else Role.ASSISTANT
    # What the room calls them the room knows.
    by = Author(person.user_id, person.user_id[:MAX_NAME], role, is_follower=False)
    return Writing(by, read_currency(connection), now_ms)


def find_taken_code(connection: Connection, products: Sequence[StaffProduct]) -> CodeTaken | None:
    """Return a code of these products that a SKU of another product has."""
    codes = {sku.code: product.spu_id for product in products for sku in product.skus if sku.code}
    query = (
        select(SKUS.c.code, SPUS.c.spu_id, SPUS.c.title)
        .join(SPUS)
        .where(SKUS.c.code.in_(sorted(codes)))
        .order_by(SKUS.c.code)
    )
    for code, spu_id, title in connection.execute(query):
        if codes[code] != spu_id:
            return CodeTaken(code, spu_id, title)
    return None


def write_new(connection: Connection, product: StaffProduct, writing: Writing) -> None:
    """Write a product that is new; its stock opens with a movement."""
    insert_rows(
        connection,
        SPUS,
        [{"spu_id": product.spu_id, **_spu_values(product), "created_at_ms": product.created_at_ms}],
    )
    _insert_skus(connection, product, product.skus, writing)
    record_offers(connection, None, product, writing.now_ms)


def write_change(connection: Connection, before: StaffProduct, after: StaffProduct, writing: Writing) -> None:
    """Write what changed of a product; the rooms that show it hear of it.

    Raises:
        LostRaceError: it is not as it was read; the caller's savepoint undoes the rest.
    """
    is_this = SPUS.c.spu_id == before.spu_id, SPUS.c.version == before.version
    if connection.execute(update(SPUS).where(*is_this).values(_spu_values(after))).rowcount != 1:
        raise LostRaceError(f"{before.spu_id} is not in version {before.version} any more.")
    known = {sku.sku_id: (place, sku) for place, sku in enumerate(before.skus)}
    _free_codes(connection, before, after)
    for sku in after.skus:
        if sku.sku_id in known and known[sku.sku_id][1] != sku:
            connection.execute(update(SKUS).where(SKUS.c.sku_id == sku.sku_id).values(_sku_values(sku)))
    new = [sku for sku in after.skus if sku.sku_id not in known]
    _insert_skus(connection, after, new, writing)
    record_offers(connection, before, after, writing.now_ms)
    announce_change(connection, before, after, writing)
    if new:
        announce_stock(connection, {sku.sku_id for sku in new}, writing.now_ms)


def announce_change(
    connection: Connection, before: StaffProduct, after: StaffProduct, writing: Writing
) -> None:
    """Write to the rooms that show a product what became of it."""
    cards: list[Product | None] = [card_of(one, writing.currency) for one in (before, after)]
    announce_product(
        connection, after.rooms, by=writing.by, before=cards[0], after=cards[1], now_ms=writing.now_ms
    )


def _free_codes(connection: Connection, before: StaffProduct, after: StaffProduct) -> None:
    # Two SKUs may change codes with each other; between the two statements nobody may have one twice.
    codes = {sku.sku_id: sku.code for sku in after.skus}
    moved = [sku.sku_id for sku in before.skus if sku.code and codes.get(sku.sku_id) != sku.code]
    if moved:
        connection.execute(update(SKUS).where(SKUS.c.sku_id.in_(moved)).values(code=None))


def _insert_skus(
    connection: Connection, product: StaffProduct, skus: Iterable[StaffSku], writing: Writing
) -> None:
    places = {sku.sku_id: place for place, sku in enumerate(product.skus)}
    rows = [
        {
            "sku_id": sku.sku_id,
            "spu_id": product.spu_id,
            "position": places[sku.sku_id],
            **_sku_values(sku),
        }
        for sku in skus
    ]
    if not rows:
        return
    opened = [sku for sku in product.skus if sku.sku_id in {row["sku_id"] for row in rows}]
    insert_rows(connection, SKUS, rows)
    insert_rows(
        connection,
        STOCK,
        [{"sku_id": sku.sku_id, "on_hand": sku.on_hand, "reserved": 0, "sold": 0} for sku in opened],
    )
    record_moves(
        connection,
        [StockMove(sku.sku_id, "opening", on_hand=sku.on_hand) for sku in opened],
        reason="opening",
        order_id=None,
        actor=writing.by.user_id,
        at_ms=writing.now_ms,
    )


def _spu_values(product: StaffProduct) -> Mapping[str, object]:
    return {
        "title": product.title,
        "description": product.description,
        "category": product.category,
        "tags": _encode(product.tags).decode(),
        "images": _encode([picture.name for picture in product.pictures]).decode(),
        "status": ON_SHELF if product.is_on_shelf else OFF_SHELF,
        "version": product.version,
        "updated_at_ms": product.updated_at_ms,
    }


def _sku_values(sku: StaffSku) -> Mapping[str, object]:
    values = {name: getattr(sku, name) for name in _SKU_COLUMNS}
    return {**values, "specs": _encode(sku.specs).decode(), "is_active": sku.is_active}
