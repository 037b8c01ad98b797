"""Units of the room's products, as campaigns offer them to choose from."""

from backend.contract.catalog import ShopProduct, ShopProducts, ShopSku


def unit_entries(goods: ShopProducts) -> list[tuple[str, str]]:
    """Return the units there are: the SKU's id, and its words."""
    return [(sku.sku_id, unit_text(product, sku)) for product in goods.products for sku in product.skus]


def unit_text(product: ShopProduct, sku: ShopSku) -> str:
    """Return a unit by its spoken number, its product and what it is of it."""
    specs = [value for _name, value in sku.specs]
    return " · ".join([str(product.number), product.title, *specs])
