"""Adds a product to the shop, and to a room's listing where that is wanted."""

from collections.abc import Callable

from msgspec.structs import replace
from sqlalchemy import Connection

from backend.contract.products import NewProduct, StaffProduct
from backend.shop.catalog.arranging import place_product
from backend.shop.catalog.planning import plan_new
from backend.shop.catalog.references import fit_references, pointers_of
from backend.shop.catalog.results import BadReference, ListingFull, NotFit, ProductRefused, UnknownPicture
from backend.shop.catalog.writing import Writing, find_taken_code, write_new

HasPicture = Callable[[str], bool]
"""Whether an uploaded picture is there, by its name."""


def create_product(
    connection: Connection, wish: NewProduct, *, room_id: str, has_picture: HasPicture, writing: Writing
) -> StaffProduct | ProductRefused:
    """Add a product; nothing of it is kept where something is wrong."""
    product = plan_new(wish, writing.now_ms)
    if isinstance(product, NotFit):
        return product
    fitted = fit_references(connection, None, product, writing.now_ms, pointers_of(None, product, None))
    if isinstance(fitted, BadReference):
        return fitted
    refused = find_missing_picture(None, product, has_picture) or find_taken_code(connection, [product])
    if refused is not None:
        return refused
    with connection.begin_nested() as savepoint:
        write_new(connection, product, writing)
        if not wish.is_in_room:
            return product
        if place_product(connection, room_id, product.spu_id, None, writing.now_ms) is None:
            savepoint.rollback()
            return ListingFull()
    return replace(product, rooms=[room_id])


def find_missing_picture(
    before: StaffProduct | None, after: StaffProduct, has_picture: HasPicture
) -> UnknownPicture | None:
    """Return a picture of a product that was not uploaded; those that it had before stay."""
    known = set() if before is None else {picture.name for picture in before.pictures}
    for picture in after.pictures:
        if picture.name not in known and not has_picture(picture.name):
            return UnknownPicture(picture.name)
    return None
