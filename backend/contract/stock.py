"""The stock of a SKU, as staff move it."""

from typing import Annotated

import msgspec

from backend.contract.bounds import MAX_REASON, UpTo
from backend.contract.shop import MAX_STOCK

Delta = Annotated[int, msgspec.Meta(ge=-MAX_STOCK, le=MAX_STOCK)]
Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_STOCK)]
Why = Annotated[str, UpTo(MAX_REASON), msgspec.Meta(min_length=1)]


class MoveStock(msgspec.Struct, frozen=True):
    """What `POST /api/v1/skus/<sku>/stock` takes: one of the two.

    Attributes:
        delta: units that came, or, below 0, went.
        count: units that were counted in the house, those that orders hold among them.
    """

    reason: Why
    delta: Delta | None = None
    count: Count | None = None


class SkuStock(msgspec.Struct, frozen=True):
    """What the house has of a SKU; `reserved` of it is held by orders that are not paid yet."""

    sku_id: str
    on_hand: int
    reserved: int
    sold: int


class StockMovement(msgspec.Struct, frozen=True):
    """A movement: what it added to each of the counts.

    Attributes:
        kind: what moved it: `opening`, `adjust`, `count`, or what an order did.
        actor: a user id, or what does it by itself.
    """

    movement_id: int
    kind: str
    on_hand: int
    reserved: int
    sold: int
    reason: str
    order_id: str | None
    actor: str
    at_ms: int


class StockLedger(msgspec.Struct, frozen=True):
    """The movements of a SKU, the newest first.

    Attributes:
        stock: the sums of all of them.
        next_before: ask with `before` of this for older ones; None when there are none.
    """

    stock: SkuStock
    movements: list[StockMovement]
    next_before: int | None
