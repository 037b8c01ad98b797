"""Products as the shop's staff see them, for tests of widgets and the studio."""

import msgspec

from backend.contract.pictures import Picture
from backend.contract.products import StaffProduct, StaffSku

SKU = StaffSku(
    sku_id="s1",
    code="LS-1",
    specs=[],
    price_minor=8900,
    reference_minor=12900,
    floor_minor=7000,
    limit_per_buyer=None,
    weight_g=0,
    tax_rate_bp=0,
    on_hand=20,
    reserved=2,
    sold=5,
    left=18,
    components={},
    is_active=True,
)
TEA = StaffProduct(
    spu_id="p1",
    title="Tea",
    description="Green.",
    category="drinks",
    tags=["new"],
    pictures=[Picture("a.webp", "/media/products/a.webp", "/media/products/a-320.webp")],
    is_on_shelf=True,
    rooms=["main"],
    version=3,
    created_at_ms=0,
    updated_at_ms=0,
    skus=[SKU],
)


def staff_sku(sku_id: str, *specs: tuple[str, str], **given: object) -> StaffSku:
    """A SKU like the tea's with these specifications."""
    pairs = [list(pair) for pair in specs]
    return msgspec.structs.replace(SKU, sku_id=sku_id, code=None, specs=pairs, **given)
