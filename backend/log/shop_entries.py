"""What a room's log has of the shop: ids and amounts, no names or addresses."""

import msgspec

from backend.contract.base import Author, Message
from backend.contract.campaigns import Campaign
from backend.contract.cases import CaseState
from backend.contract.order_messages import MessageSide
from backend.contract.orders import OrderState, PaymentState
from backend.contract.shop import Product


class ShopOrderPlaced(Message, frozen=True, tag="shop_order_placed"):
    """The shop took an order in this room.

    Attributes:
        outbox_id: of the shop's message; a room has each once.
        session_id: the live session that it belongs to, whenever it is paid; empty for none.
        units: bought of each SKU.
        coins: that it is of, where it is of coins: the room sells goods alone.
    """

    outbox_id: int
    session_id: str
    order_id: str
    buyer_id: str
    version: int
    state: OrderState
    payment_state: PaymentState
    total_minor: int
    currency: str
    units: dict[str, int]
    coins: int = 0


class ShopOrderChanged(Message, frozen=True, tag="shop_order_changed"):
    """An order of this room is now so; see `ShopOrderPlaced`.

    Attributes:
        was_paid_now: whether this is the change from unpaid to paid, which an order makes once.
        case_state: where a case of it is now, if that is the change.
        message_side: who wrote a message about it, if that is the change; the shop alone keeps what it says.
    """

    outbox_id: int
    session_id: str
    order_id: str
    buyer_id: str
    version: int
    state: OrderState
    payment_state: PaymentState
    total_minor: int
    currency: str
    was_paid_now: bool = False
    case_state: CaseState | None = None
    message_side: MessageSide | None = None


class ProductLeft(msgspec.Struct, frozen=True):
    """The units of each SKU of a product that can be bought."""

    spu_id: str
    skus: dict[str, int]


class ShopStockCounted(Message, frozen=True, tag="shop_stock_counted"):
    """Stock moved in the shop: what was left when the room read its messages, which these were."""

    outbox_ids: list[int]
    products: list[ProductLeft]


class ProductEdited(Message, frozen=True, tag="product_edited"):
    """Staff changed a product.

    Attributes:
        outbox_id: of the shop's message; 0 from before the shop wrote any.
    """

    by: Author
    before: Product
    after: Product
    outbox_id: int = 0


class ListingChanged(Message, frozen=True, tag="listing_changed"):
    """The room shows other products, or in another order."""

    outbox_id: int


class ShopCampaignMoved(Message, frozen=True, tag="shop_campaign_moved"):
    """A campaign of the room was so when the room read the shop's messages, which these were."""

    outbox_ids: list[int]
    campaign: Campaign


ShopEntry = (
    ShopOrderPlaced | ShopOrderChanged | ShopStockCounted | ProductEdited | ListingChanged | ShopCampaignMoved
)
