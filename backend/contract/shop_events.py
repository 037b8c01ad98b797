"""What a room hears of the shop: orders as they come and go, and what is left of its products.

Money is in the currency's minor unit.
"""

from typing import Final

import msgspec

from backend.contract.base import AssistantRight as AssistantRight
from backend.contract.base import Message
from backend.contract.cases import CaseState
from backend.contract.order_messages import MessageSide
from backend.contract.orders import OrderState, PaymentState

EXACT_BELOW: Final = 10
RECENT_ORDERS: Final = 20


class OrderBrief(msgspec.Struct, frozen=True):
    """An order in a line.

    Attributes:
        order_id: a ULID: their order is that of the time.
        version: grows with each change.
    """

    order_id: str
    version: int
    state: OrderState
    payment_state: PaymentState
    total_minor: int
    currency: str


class OrderChanged(Message, frozen=True, tag="order_changed"):
    """To the buyer, and to staff with the right to orders: an order is now so.

    Attributes:
        is_new: whether it was placed this moment.
        case_state: where a case of it is now, if that is what changed.
        message_side: who wrote a message about it, if that is what changed.
    """

    order: OrderBrief
    is_new: bool = False
    case_state: CaseState | None = None
    message_side: MessageSide | None = None


class SkuStock(msgspec.Struct, frozen=True):
    """What is left of a SKU; see `ProductStock`."""

    sku_id: str
    left: int


class ProductStock(msgspec.Struct, frozen=True):
    """What can be bought of a product, all SKUs together and each.

    Below `EXACT_BELOW` the numbers are exact. From there on they are the last of the steps 10, 20, 50, 100,
    200 … that is reached: at least so many are left.
    """

    spu_id: str
    left: int
    skus: list[SkuStock]


class StockChanged(Message, frozen=True, tag="stock_changed"):
    """What is left of these products now."""

    products: list[ProductStock]


class StockCounted(Message, frozen=True, tag="stock_counted"):
    """To staff with the right to products, as stock moves: exactly what is left of these products now.

    Attributes:
        left: units of all SKUs that can be bought, by product.
    """

    left: dict[str, int]
