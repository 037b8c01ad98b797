"""Changes a product as a room's staff do beside the show: its title, its price, its stock."""

import msgspec
from sqlalchemy import Connection, select, update

from backend.contract.base import Author, RejectReason
from backend.contract.shop import MAX_PRICE_MINOR, MAX_STOCK, Product
from backend.shop.catalog.announcing import announce_product, announce_stock
from backend.shop.catalog.listing import read_products
from backend.shop.stock.movements import StockMove, move_stock
from backend.storage.catalog_tables import BUNDLES, SKUS, SPUS


class ProductEdit(msgspec.Struct, frozen=True):
    """What an editor wants of a product; see `EditProduct`. The title is plain text already."""

    product_id: str
    version: int
    title: str | None = None
    price_minor: int | None = None
    stock: int | None = None
    stock_from: int | None = None
    reason: str = ""


class Edited(msgspec.Struct, frozen=True):
    """The product as it is now."""

    product: Product


class StaleEdit(msgspec.Struct, frozen=True):
    """The editor did not see the product as it was: this is how."""

    product: Product


class RefusedEdit(msgspec.Struct, frozen=True):
    """Why the product stays as it is."""

    reason: RejectReason


EditResult = Edited | StaleEdit | RefusedEdit


def edit_product(
    connection: Connection, room_id: str, edit: ProductEdit, *, by: Author, now_ms: int
) -> EditResult:
    """Change a product that the room shows; all rooms that show it hear of it."""
    shown = read_products(connection, room_id)
    product = next((one for one in shown if one.product_id == edit.product_id), None)
    if product is None:
        return RefusedEdit(RejectReason.UNKNOWN_PRODUCT)
    result = decide_edit(product, edit)
    if not isinstance(result, Edited) or result.product == product:
        return result
    after = result.product
    sku = _only_sku(connection, product)
    moves_bundle = after.stock != product.stock and sku.is_bundle
    if moves_bundle or (after.price_minor != product.price_minor and after.price_minor < sku.floor_minor):
        return RefusedEdit(RejectReason.MALFORMED)
    _write(connection, product, after, sku, edit.reason, by=by, now_ms=now_ms)
    announce_product(connection, product.product_id, by=by, before=product, after=after, now_ms=now_ms)
    return result


def decide_edit(product: Product, edit: ProductEdit) -> EditResult:
    """Return what the product becomes; itself where all is so already."""
    named = {name: getattr(edit, name) for name in ("title", "price_minor", "stock")}
    wanted = msgspec.structs.replace(
        product, **{name: value for name, value in named.items() if value is not None}
    )
    if not _is_fit(product, wanted):
        return RefusedEdit(RejectReason.MALFORMED)
    is_stale = edit.version != product.version
    if wanted == product and (is_stale or edit.stock_from in {None, edit.stock}):
        return Edited(product)
    if is_stale:
        return StaleEdit(product)
    if edit.stock is not None and edit.stock_from is not None:
        # A movement: what sold since the editor looked stays sold.
        moved = product.stock + edit.stock - edit.stock_from
        if moved < 0:
            return StaleEdit(product)
        wanted = msgspec.structs.replace(wanted, stock=moved)
    return Edited(msgspec.structs.replace(wanted, version=product.version + 1))


def _is_fit(product: Product, wanted: Product) -> bool:
    price_stays, stock_stays = wanted.price_minor == product.price_minor, wanted.stock == product.stock
    if product.sku_count > 1:
        return price_stays and stock_stays
    # What was there before the bounds were drawn may stay.
    return (price_stays or wanted.price_minor in range(MAX_PRICE_MINOR + 1)) and (
        stock_stays or wanted.stock in range(MAX_STOCK + 1)
    )


class _Sku(msgspec.Struct, frozen=True):
    """The SKU whose price and stock are the product's."""

    sku_id: str
    floor_minor: int
    is_bundle: bool


def _only_sku(connection: Connection, product: Product) -> _Sku:
    of_spu = SKUS.c.spu_id == product.product_id, SKUS.c.is_active.is_(True)
    row = connection.execute(select(SKUS.c.sku_id, SKUS.c.floor_minor).where(*of_spu)).first()
    if row is None:
        raise LookupError(f"The product {product.product_id} is shown without a SKU.")
    components = select(BUNDLES.c.component_sku_id).where(BUNDLES.c.bundle_sku_id == row.sku_id)
    return _Sku(row.sku_id, row.floor_minor, connection.scalar(components.limit(1)) is not None)


def _write(
    connection: Connection,
    before: Product,
    after: Product,
    sku: _Sku,
    reason: str,
    *,
    by: Author,
    now_ms: int,
) -> None:
    values = {"title": after.title, "version": after.version, "updated_at_ms": now_ms}
    connection.execute(update(SPUS).where(SPUS.c.spu_id == after.product_id).values(values))
    if after.price_minor != before.price_minor:
        price = {"price_minor": after.price_minor}
        connection.execute(update(SKUS).where(SKUS.c.sku_id == sku.sku_id).values(price))
    if after.stock != before.stock:
        move = StockMove(sku.sku_id, "adjust", on_hand=after.stock - before.stock)
        move_stock(connection, [move], reason=reason, order_id=None, actor=by.user_id, at_ms=now_ms)
        announce_stock(connection, {sku.sku_id}, now_ms)
