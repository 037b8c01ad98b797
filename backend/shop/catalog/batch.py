"""What became of each product of a batch, as its editor reads it."""

from typing import assert_never

from backend.contract.products import BatchItem, BatchValues, ProductUpdate, SkuPrice, StaffProduct
from backend.shop.catalog.results import (
    BadReference,
    ChangedMeanwhile,
    CodeTaken,
    ListingFull,
    NotFit,
    ProductRefused,
    UnknownPicture,
)


def batch_item(spu_id: str, answer: ProductUpdate | ProductRefused | None) -> BatchItem:
    """Return the item of an answer."""
    match answer:
        case ProductUpdate(before=before, after=after):
            return BatchItem(spu_id, _values(before), _values(after))
        case None:
            detail = "There is no such product any more. Read the products again."
            return BatchItem(spu_id, None, None, "not_found", detail)
        case ChangedMeanwhile(product=product):
            detail = "Somebody changed the product meanwhile. Look at it, and try again."
            return BatchItem(spu_id, _values(product), None, "product_changed", detail)
        case NotFit(why=why):
            return BatchItem(spu_id, None, None, "product_not_fit", why)
        case BadReference() | CodeTaken() | UnknownPicture() | ListingFull():
            raise ValueError(f"A batch changes nothing that could be {answer}.")
    assert_never(answer)


def _values(product: StaffProduct) -> BatchValues:
    return BatchValues(
        product.version,
        product.is_on_shelf,
        product.category,
        product.tags,
        [SkuPrice(sku.sku_id, sku.price_minor) for sku in product.skus],
    )
