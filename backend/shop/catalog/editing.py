"""Changes a product as a room's staff do beside the show: its title, its price, its stock."""

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from backend.contract.base import Author, RejectReason
from backend.contract.products import StaffProduct, StaffSku
from backend.contract.shop import MAX_PRICE_MINOR, MAX_STOCK, Product
from backend.shop.catalog.announcing import announce_stock
from backend.shop.catalog.listing import read_products
from backend.shop.catalog.references import fit_references
from backend.shop.catalog.results import BadReference
from backend.shop.catalog.staff_reading import card_of, read_product
from backend.shop.catalog.writing import Writing, write_change
from backend.shop.stock.movements import StockMove, move_stock


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
    kept = read_product(connection, product.product_id)
    sku = next((one for one in kept.skus if one.is_active), None) if kept else None
    if kept is None or sku is None:
        raise LookupError(f"The product {product.product_id} is shown without a SKU.")
    moves_bundle = after.stock != product.stock and bool(sku.components)
    if moves_bundle or (after.price_minor != product.price_minor and after.price_minor < sku.floor_minor):
        return RefusedEdit(RejectReason.MALFORMED)
    writing = Writing(by, product.currency, now_ms)
    edited = fit_references(connection, kept, _edited(kept, sku, after, writing), now_ms)
    if isinstance(edited, BadReference):
        return RefusedEdit(RejectReason.MALFORMED)
    if after.stock != product.stock:
        _move(connection, sku, after.stock - product.stock, edit.reason, writing)
    write_change(connection, kept, edited, writing)
    card = card_of(edited, product.currency)
    return result if card is None else Edited(replace(after, reference_minor=card.reference_minor))


def decide_edit(product: Product, edit: ProductEdit) -> EditResult:
    """Return what the product becomes; itself where all is so already."""
    named = {name: getattr(edit, name) for name in ("title", "price_minor", "stock")}
    wanted = replace(product, **{name: value for name, value in named.items() if value is not None})
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
        wanted = replace(wanted, stock=moved)
    return Edited(replace(wanted, version=product.version + 1))


def _is_fit(product: Product, wanted: Product) -> bool:
    price_stays, stock_stays = wanted.price_minor == product.price_minor, wanted.stock == product.stock
    if product.sku_count > 1:
        return price_stays and stock_stays
    # What was there before the bounds were drawn may stay.
    return (price_stays or wanted.price_minor in range(MAX_PRICE_MINOR + 1)) and (
        stock_stays or wanted.stock in range(MAX_STOCK + 1)
    )


def _edited(kept: StaffProduct, sku: StaffSku, after: Product, writing: Writing) -> StaffProduct:
    priced = replace(sku, price_minor=after.price_minor, left=after.stock) if after.sku_count == 1 else sku
    return replace(
        kept,
        title=after.title,
        version=after.version,
        updated_at_ms=writing.now_ms,
        skus=[priced if one.sku_id == sku.sku_id else one for one in kept.skus],
    )


def _move(connection: Connection, sku: StaffSku, units: int, reason: str, writing: Writing) -> None:
    move = StockMove(sku.sku_id, "adjust", on_hand=units)
    move_stock(
        connection, [move], reason=reason, order_id=None, actor=writing.by.user_id, at_ms=writing.now_ms
    )
    announce_stock(connection, {sku.sku_id}, writing.now_ms)
