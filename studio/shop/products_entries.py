"""The shop's products as rows of the products window."""

from collections.abc import Iterable, Sequence

from backend.contract.products import StaffProduct, StaffSku
from backend.contract.stock import StockLedger
from widgets.shop.products_entry import Movement, ProductEntry, SkuEntry


def entries(products: Iterable[StaffProduct], order: Sequence[str], currency: str) -> list[ProductEntry]:
    """The rows of all products.

    Args:
        products: of the shop.
        order: what the room lists, in its order.
        currency: of all prices.
    """
    by_id = {product.spu_id: product for product in products}
    numbers: dict[str, int] = {}
    for spu_id in order:
        product = by_id.get(spu_id)
        if product is not None and product.is_on_shelf and any(sku.is_active for sku in product.skus):
            numbers[spu_id] = len(numbers) + 1
    places = {spu_id: place for place, spu_id in enumerate(order, start=1)}
    return [
        _entry(product, numbers.get(spu_id, 0), places.get(spu_id, 0), currency)
        for spu_id, product in by_id.items()
        if product.skus
    ]


def _entry(product: StaffProduct, number: int, place: int, currency: str) -> ProductEntry:
    sold = [sku for sku in product.skus if sku.is_active]
    return ProductEntry(
        spu_id=product.spu_id,
        number=number,
        place=place,
        title=product.title,
        image=product.pictures[0].thumbnail if product.pictures else "",
        is_on_shelf=product.is_on_shelf,
        currency=currency,
        skus=tuple(_sku(sku) for sku in sold or product.skus),
        category=product.category,
        tags=tuple(product.tags),
    )


def _sku(sku: StaffSku) -> SkuEntry:
    return SkuEntry(
        sku_id=sku.sku_id,
        specs=tuple((spec[0], spec[-1]) for spec in sku.specs if spec),
        price_minor=sku.price_minor,
        reference_minor=sku.reference_minor,
        left=sku.left,
        code=sku.code or "",
        floor_minor=sku.floor_minor,
        reserved=sku.reserved,
        sold=sku.sold,
        has_stock=not sku.components,
    )


def movements(ledger: StockLedger) -> list[Movement]:
    """The lines of a ledger, the newest first."""
    return [
        Movement(move.kind, move.on_hand or -move.reserved, move.reason, move.at_ms)
        for move in ledger.movements
    ]
