"""What is left of a room's products: exact for staff; for the crowd coarse where many are."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.shop_events import ProductStock, SkuStock, StockChanged, StockCounted
from backend.features.deliveries import Delivery, ToCrowd, ToStaff
from backend.features.feature import Feature
from backend.features.merging import Merge
from backend.log.entries import Record
from backend.log.shop_entries import ProductLeft, ShopStockCounted
from backend.shop.stock.coarse import coarse

MOST_PRODUCTS: Final = 200


class StockState(msgspec.Struct):
    """What is folded: the units left by SKU, by product, those counted last at the end."""

    left: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


class _LatestOfEach(Merge[StockChanged]):
    @override
    def merge(self, events: Sequence[StockChanged]) -> StockChanged:
        by_id = {product.spu_id: product for event in events for product in event.products}
        return StockChanged(list(by_id.values()))


class Stock(Feature[StockState]):
    """Shows staff what the shop counted, and everybody else where what they see of it changes."""

    name = "stock"
    state_type = StockState
    entries = (ShopStockCounted,)
    merges: ClassVar = {StockChanged: _LatestOfEach()}

    def __init__(self, state: StockState | None = None) -> None:
        self.state = state or StockState()

    @override
    def apply(self, record: Record) -> list[Delivery]:
        if not isinstance(record.entry, ShopStockCounted):
            return []
        counted = record.entry.products
        exact = StockCounted({one.spu_id: sum(one.skus.values()) for one in counted})
        changed = [shown for one in counted if (shown := self._count(one))]
        to_staff = ToStaff(exact, AssistantRight.PRODUCTS)
        return [to_staff, ToCrowd(StockChanged(changed))] if changed else [to_staff]

    def _count(self, product: ProductLeft) -> ProductStock | None:
        left = self.state.left
        before = left.pop(product.spu_id, None)
        left[product.spu_id] = product.skus
        while len(left) > MOST_PRODUCTS:
            del left[next(iter(left))]
        shown = _shown(product.spu_id, product.skus)
        return None if before is not None and shown == _shown(product.spu_id, before) else shown

    @override
    def show(self) -> dict[str, Any]:
        return {"stock": [_shown(spu_id, skus) for spu_id, skus in self.state.left.items()]}


def _shown(spu_id: str, skus: dict[str, int]) -> ProductStock:
    shown = [SkuStock(sku_id, coarse(left)) for sku_id, left in skus.items()]
    return ProductStock(spu_id, coarse(sum(skus.values())), shown)
