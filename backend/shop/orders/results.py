"""What orders answer: an order, or why there is none; a reason that its reader can act on."""

import msgspec

from backend.contract.orders import Order, PaymentMethod, Quote
from backend.contract.sale_settings import UnpaidCap
from backend.shop.customers.address_check import BadAddress
from backend.shop.flash_sale.deciding import Missed
from backend.shop.idempotency import KeyReused


class Placed(msgspec.Struct, frozen=True):
    """The order stands.

    Attributes:
        is_repeat: it was placed by an earlier request with the same key; it may have changed since.
    """

    order: Order
    is_repeat: bool = False


class QuoteChanged(msgspec.Struct, frozen=True):
    """The sum is not the one that the buyer saw; this one counts now."""

    quote: Quote


class FlashMissed(msgspec.Struct, frozen=True):
    """The buyer saw a flash sale's price and does not get it; the quote is what counts now."""

    missed: Missed
    quote: Quote


class SoldOut(msgspec.Struct, frozen=True):
    """Less is left of a SKU than is wanted."""

    sku_id: str
    left: int


class LimitReached(msgspec.Struct, frozen=True):
    """The buyer would have more of a SKU than one buyer may.

    Attributes:
        left: units that the buyer may still have; 0 where others bought for the same phone or address.
    """

    sku_id: str
    limit: int
    left: int


class MethodOff(msgspec.Struct, frozen=True):
    """The shop does not take this way to pay; these it takes."""

    methods: list[PaymentMethod]


class UnpaidTooMuch(msgspec.Struct, frozen=True):
    """The buyer would hold more of the stock without having paid than one buyer may."""

    cap: UnpaidCap
    is_guest: bool


class SkuUnavailable(msgspec.Struct, frozen=True):
    """There is no such SKU, or it is not on sale."""

    sku_id: str


class NotDelivered(msgspec.Struct, frozen=True):
    """The shop sends nothing there."""

    country: str
    province: str


class AddressMissing(msgspec.Struct, frozen=True):
    """There is no address, or it is not in the buyer's book."""


class NotAllowedNow(msgspec.Struct, frozen=True):
    """The order's state does not allow the step; this is how it stands."""

    order: Order


class PaymentUnderWay(msgspec.Struct, frozen=True):
    """Money may still come for the order, so that it cannot be let go yet."""

    order: Order


class NotInOrder(msgspec.Struct, frozen=True):
    """A parcel cannot hold more of a line than is left to send."""

    line: int
    left: int


PlaceResult = (
    Placed
    | QuoteChanged
    | FlashMissed
    | SoldOut
    | LimitReached
    | MethodOff
    | UnpaidTooMuch
    | SkuUnavailable
    | NotDelivered
    | AddressMissing
    | BadAddress
    | KeyReused
)
