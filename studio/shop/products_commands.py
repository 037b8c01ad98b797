"""Which command of the room carries out what the products window asks for."""

from collections.abc import Collection, Iterable
from typing import Final

from backend.contract.base import AssistantRight
from backend.contract.catalog import ShopProduct
from backend.contract.shop import EditProduct, Product
from widgets.shop.products_acts import CountStock, MoveStock, ProductAct, SetPrice, SetTitle
from widgets.shop.products_entry import ProductEntry, SkuEntry

RIGHTS: Final[dict[type[ProductAct], AssistantRight]] = {
    SetTitle: AssistantRight.PRODUCTS,
    SetPrice: AssistantRight.PRICES,
    MoveStock: AssistantRight.PRODUCTS,
    CountStock: AssistantRight.PRODUCTS,
}
"""What the room carries out, and the right that each needs."""


def allowed(rights: Collection[AssistantRight]) -> frozenset[type[ProductAct]]:
    """What one may do who has these rights."""
    return frozenset(kind for kind, right in RIGHTS.items() if right in rights)


def command(act: ProductAct, product: Product) -> EditProduct | None:
    """The command for an act on a product as it is now; None where the room has none."""
    product_id, version, now = product.product_id, product.version, product.stock
    match act:
        case SetTitle(title=title):
            return EditProduct(product_id, version, title=title)
        case SetPrice(price_minor=price_minor):
            return EditProduct(product_id, version, price_minor=price_minor)
        case MoveStock(delta=delta, reason=reason):
            stock = max(0, now + delta)
            return EditProduct(product_id, version, stock=stock, stock_from=now, reason=reason)
        case CountStock(left=left, reason=reason):
            return EditProduct(product_id, version, stock=left, reason=reason)
    return None


def entries(products: Iterable[ShopProduct], currency: str) -> list[ProductEntry]:
    """The rows of the room's products; all of them are on the shelf."""
    return [_entry(product, currency) for product in products]


def _entry(product: ShopProduct, currency: str) -> ProductEntry:
    skus = tuple(
        SkuEntry(
            sku_id=sku.sku_id,
            specs=tuple((spec[0], spec[-1]) for spec in sku.specs if spec),
            price_minor=sku.price_minor,
            reference_minor=sku.reference_minor,
            left=sku.left,
        )
        for sku in product.skus
    )
    return ProductEntry(
        spu_id=product.spu_id,
        number=product.number,
        title=product.title,
        image=product.images[0] if product.images else "",
        is_on_shelf=True,
        currency=currency,
        skus=skus,
    )
