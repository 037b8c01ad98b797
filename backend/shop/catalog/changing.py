"""Changes products as their staff wish: one as its editor saw it, or many alike."""

from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import Connection

from backend.contract.products import (
    MOST_TAGS,
    WHOLE_BP,
    BatchValues,
    ChangeProduct,
    ChangeSku,
    EditProducts,
    ProductUpdate,
    StaffProduct,
    StaffSku,
)
from backend.contract.shop import MAX_PRICE_MINOR
from backend.shop.catalog.creating import HasPicture, find_missing_picture
from backend.shop.catalog.planning import plan_change
from backend.shop.catalog.references import fit_references, pointers_of
from backend.shop.catalog.results import BadReference, ChangedMeanwhile, NotFit, ProductRefused
from backend.shop.catalog.staff_reading import read_product, read_products_of
from backend.shop.catalog.writing import Writing, find_taken_code, write_change


def change_product(
    connection: Connection, spu_id: str, wish: ChangeProduct, *, has_picture: HasPicture, writing: Writing
) -> ProductUpdate | ProductRefused | None:
    """Change a product; None where there is none."""
    before = read_product(connection, spu_id)
    if before is None:
        return None
    return change_read(connection, before, wish, has_picture=has_picture, writing=writing)


def change_read(
    connection: Connection,
    before: StaffProduct,
    wish: ChangeProduct,
    *,
    has_picture: HasPicture,
    writing: Writing,
) -> ProductUpdate | ProductRefused:
    """Do as `change_product`, with the product as it was read in the same transaction."""
    if wish.version != before.version:
        return ChangedMeanwhile(before)
    after = plan_change(before, wish, writing.now_ms)
    if isinstance(after, NotFit):
        return after
    if after == before:
        return ProductUpdate(before, after)
    pointers = pointers_of(before, after, wish)
    fitted = fit_references(connection, before, after, writing.now_ms, pointers)
    if isinstance(fitted, BadReference):
        return fitted
    after = fitted
    refused = find_missing_picture(before, after, has_picture) or find_taken_code(connection, [after])
    if refused is not None:
        return refused
    write_change(connection, before, after, writing)
    return ProductUpdate(before, after)


def change_alike(
    connection: Connection, wish: EditProducts, writing: Writing
) -> list[ProductUpdate | ProductRefused | None]:
    """Change many products alike, each where it can be; one answer each, as `change_product` gives it."""
    known = read_products_of(connection, [one.spu_id for one in wish.products])
    done: set[str] = set()
    answers: list[ProductUpdate | ProductRefused | None] = []
    for place, seen in enumerate(wish.products):
        before = known.get(seen.spu_id)
        if seen.spu_id in done:
            answers.append(NotFit(f"/products/{place}/spu_id", "The product stands here twice."))
        elif before is None:
            answers.append(None)
        elif seen.version != before.version:
            answers.append(ChangedMeanwhile(before))
        else:
            own = _wish_of(before, wish) if seen.restore is None else _restoring(before, seen.restore)
            answers.append(own if isinstance(own, NotFit) else _change(connection, before, own, writing))
        done.add(seen.spu_id)
    return answers


def _change(
    connection: Connection, before: StaffProduct, wish: ChangeProduct, writing: Writing
) -> ProductUpdate | NotFit | BadReference:
    after = plan_change(before, wish, writing.now_ms)
    if isinstance(after, NotFit):
        return after
    if after == before:
        return ProductUpdate(before, after)
    fitted = fit_references(connection, before, after, writing.now_ms)
    if isinstance(fitted, BadReference):
        return fitted
    write_change(connection, before, fitted, writing)
    return ProductUpdate(before, fitted)


def _wish_of(before: StaffProduct, wish: EditProducts) -> ChangeProduct | NotFit:
    """Return what a batch wants of one product."""
    skus = []
    for sku in before.skus:
        price = _price(sku, wish)
        if not 0 <= price <= MAX_PRICE_MINOR:
            return NotFit(
                "/price_change_minor", f"The price would be {price}. It can be 0 to {MAX_PRICE_MINOR}."
            )
        if price < sku.floor_minor and price != sku.price_minor and sku.is_active:
            return NotFit(
                "/price_change_minor", f"The price would be {price}, below the floor {sku.floor_minor}."
            )
        if price >= sku.floor_minor and price != sku.price_minor:
            skus.append(ChangeSku(sku.sku_id, price_minor=price))
    kept = [tag for tag in before.tags if tag not in wish.remove_tags]
    tags = list(dict.fromkeys([*kept, *wish.add_tags]))
    if len(tags) > MOST_TAGS:
        return NotFit("/add_tags", f"The product would have {len(tags)} tags. It can have {MOST_TAGS}.")
    change = ChangeProduct(before.version, tags=tags, skus=skus)
    return replace(change, is_on_shelf=wish.is_on_shelf, category=wish.category)


def _restoring(before: StaffProduct, values: BatchValues) -> ChangeProduct:
    known = {sku.sku_id for sku in before.skus}
    return ChangeProduct(
        before.version,
        is_on_shelf=values.is_on_shelf,
        category=values.category,
        tags=values.tags,
        skus=[
            ChangeSku(one.sku_id, price_minor=one.price_minor) for one in values.prices if one.sku_id in known
        ],
    )


def _price(sku: StaffSku, wish: EditProducts) -> int:
    if wish.price_change_bp is not UNSET:
        # Rounded half up, in integers.
        whole = 2 * WHOLE_BP
        return (2 * sku.price_minor * (WHOLE_BP + wish.price_change_bp) + WHOLE_BP) // whole
    return sku.price_minor + (0 if wish.price_change_minor is UNSET else wish.price_change_minor)
