"""Quotes and orders: what a buyer asks for, and what became of it. Money is in the currency's minor unit."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.addresses import Address, Country, Region
from backend.contract.bounds import Id, Reason, UpTo

MOST_LINES: Final = 100
MOST_UNITS: Final = 9999
PAY_ONLINE_WITHIN_S: Final = 15 * 60
PAY_CAMPAIGN_WITHIN_S: Final = 5 * 60
"""Of what was bought in a flash sale, or won in an auction."""
MOST_REFUNDED: Final = 1_000_000  # an order of coins has one line, and a coin is a unit of it

SkuId = Annotated[str, UpTo(160)]
Quantity = Annotated[int, msgspec.Meta(ge=1, le=MOST_UNITS)]
Code = Annotated[str, UpTo(64)]


class OrderState(StrEnum):
    """Where an order stands; its payment and its parcels have states of their own."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class PaymentState(StrEnum):
    """What was paid for an order, and given back."""

    UNPAID = "unpaid"
    PAID = "paid"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"


class ParcelState(StrEnum):
    """Where a parcel is."""

    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class PaymentMethod(StrEnum):
    """How an order is paid: by a provider, or so that the shop's people see to it."""

    ONLINE = "online"
    TRANSFER = "transfer"
    CASH_ON_DELIVERY = "cash_on_delivery"


class BuyerLanguage(StrEnum):
    """In which language a buyer hears of an order."""

    ZH = "zh"
    EN = "en"


class OrderAxis(StrEnum):
    """Which of an order's states changed."""

    ORDER = "order"
    PAYMENT = "payment"
    PARCEL = "parcel"
    CASE = "case"


class WantedLine(msgspec.Struct, frozen=True):
    """How many units of a SKU are wanted; lines of the same SKU count as one."""

    sku_id: SkuId
    quantity: Quantity


Lines = Annotated[list[WantedLine], UpTo(0, items=MOST_LINES), msgspec.Meta(min_length=1)]


class AskQuote(msgspec.Struct, frozen=True):
    """What `POST /api/v1/quotes` takes.

    Attributes:
        country, province: where it goes, as long as there is no address.
        address: where it goes, or `address_id` of the buyer's book: only then it can share a parcel.
        grant_id: with which of the buyer's coupons; None for the best, empty for none.
        campaign_id: a flash sale at whose prices it is reckoned before it opens, to be ready for the start.
    """

    lines: Lines
    country: Country = "CN"
    province: Region = ""
    address: Address | None = None
    address_id: Id | None = None
    grant_id: Id | None = None
    campaign_id: Id | None = None


class QuotedLine(msgspec.Struct, frozen=True):
    """A line with its price.

    Attributes:
        image_url: path of the picture on the backend; empty where there is none.
        unit_minor: what one unit costs before reductions.
        reference_minor: the price it is compared with; None where there is none.
        discount_minor: what the line is reduced by.
        net_minor: what is to be paid for the line.
        left: units that can be bought now.
        campaign_id: the flash sale whose price it has; empty for none.
    """

    sku_id: str
    title: str
    specs: list[list[str]]
    image_url: str
    quantity: int
    unit_minor: int
    reference_minor: int | None
    discount_minor: int
    net_minor: int
    left: int
    campaign_id: str = ""


class UsedCoupon(msgspec.Struct, frozen=True):
    """The coupon that a sum was reckoned with, and what it takes off."""

    grant_id: str
    coupon_id: str
    title: str
    discount_minor: int


class Quote(msgspec.Struct, frozen=True):
    """The exact sum of what is wanted.

    Attributes:
        hash: names this sum and all that it came from; an order carries it.
        methods: how the shop lets it be paid.
        tax_minor: contained in the total.
        coupon: the best that the buyer holds, or the one that was asked for; None where none takes off.
        names_duty: whether the button that orders has to name the duty to pay (Directive 2011/83/EU, Art. 8).
        sent_along: numbers of the buyer's orders that go in the same parcel, where that saves shipping.
    """

    hash: str
    currency: str
    lines: list[QuotedLine]
    goods_minor: int
    discount_minor: int
    shipping_minor: int
    tax_minor: int
    total_minor: int
    methods: list[PaymentMethod]
    sent_along: list[str] = msgspec.field(default_factory=list)
    names_duty: bool = False
    coupon: UsedCoupon | None = None


class PlaceOrder(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders` takes.

    Attributes:
        quote_hash: of the quote that the buyer saw; another sum is refused with the new quote.
        address: where it goes; None to use `address_id`.
        address_id: of the buyer's book.
        note: to the shop, plain text.
        language: of the e-mails about it; None for the language of where it goes.
        grant_id: as in the quote.
    """

    lines: Lines
    quote_hash: Code
    method: PaymentMethod
    address: Address | None = None
    address_id: Id | None = None
    note: Reason = ""
    language: BuyerLanguage | None = None
    grant_id: Id | None = None


class OrderLine(msgspec.Struct, frozen=True):
    """A line as it was when the order was placed.

    Attributes:
        line: 1..n.
        list_minor: the catalogue's price of one unit then.
        unit_minor: what one unit cost before reductions.
        net_minor: what is paid for the line.
        refunded: units that were paid back.
        dropped: units of those that were paid back before they were sent: nobody sends them any more.
        campaign_id: the flash sale whose price `unit_minor` is; empty for none.
    """

    line: int
    sku_id: str
    spu_id: str
    quantity: int
    title: str
    specs: list[list[str]]
    image_url: str
    list_minor: int
    reference_minor: int | None
    unit_minor: int
    discount_minor: int
    net_minor: int
    tax_rate_bp: int
    refunded: int = 0
    dropped: int = 0
    campaign_id: str = ""


class OrderChange(msgspec.Struct, frozen=True):
    """One step in an order's history.

    Attributes:
        version: the order's after it.
        actor: a user id, or what did it by itself, such as `timer`.
        reason: as people gave it, or an `OwnReason`; of a payment, the attempt it came by.
    """

    version: int
    axis: OrderAxis
    from_state: str
    to_state: str
    actor: str
    reason: str
    at_ms: int


class ParcelLine(msgspec.Struct, frozen=True):
    """How many units of an order's line a parcel holds, or a refund is about."""

    line: Annotated[int, msgspec.Meta(ge=1, le=MOST_LINES)]
    quantity: Annotated[int, msgspec.Meta(ge=1, le=MOST_REFUNDED)]


class Parcel(msgspec.Struct, frozen=True):
    """A parcel of an order.

    Attributes:
        case_id: the exchange that its goods replace; None for goods as ordered.
    """

    parcel_id: str
    carrier: str
    tracking: str
    state: ParcelState
    lines: list[ParcelLine]
    shipped_at_ms: int | None
    delivered_at_ms: int | None
    case_id: str | None = None


class OrderMark(msgspec.Struct, frozen=True):
    """What staff noted on an order for each other.

    Attributes:
        by: the user id of who noted it last; empty where nothing is noted.
    """

    remark: str
    is_flagged: bool
    by: str
    at_ms: int
    order_id: str = ""


class Order(msgspec.Struct, frozen=True):
    """An order as its buyer and the shop's people see it.

    Attributes:
        number: what people read and say, 15 digits.
        version: grows with each change.
        expires_at_ms: until when it must be paid; None where it need not or is.
        grant_id: the coupon that it was placed with; None for none.
        mark: to staff what they noted on it, where they read orders; else None.
        unread: how many of its messages the reader's side has not read, where they read orders; else None.
        coins: of an order of coins how many: its one line's units. It is sent nowhere, its address is empty
            words, and it is complete once it is paid. 0 of goods.
        money_left_minor: what was paid, and neither went back nor is asked back.
        shipping_left_minor: what of that can be given back as shipping.
    """

    order_id: str
    number: str
    buyer_id: str
    room_id: str
    state: OrderState
    payment_state: PaymentState
    method: PaymentMethod
    currency: str
    goods_minor: int
    discount_minor: int
    shipping_minor: int
    tax_minor: int
    total_minor: int
    address: Address
    note: str
    version: int
    created_at_ms: int
    expires_at_ms: int | None
    paid_at_ms: int | None
    closed_at_ms: int | None
    lines: list[OrderLine]
    changes: list[OrderChange]
    parcels: list[Parcel]
    grant_id: str | None = None
    mark: OrderMark | None = None
    unread: int | None = None
    coins: int = 0
    money_left_minor: int = 0
    shipping_left_minor: int = 0


class OrdersPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/orders` gives, the newest first.

    Attributes:
        next: the cursor of the next page; None on the last.
    """

    orders: list[Order]
    next: str | None


class CancelOrder(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/cancel` takes."""

    reason: Reason = ""


class MarkPaid(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/paid` takes: staff saw the money of a transfer, or cash.

    Attributes:
        reason: such as the reference on the bank's statement.
    """

    reason: Reason = ""


class MarkOrder(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/mark` takes: what staff note on it for each other.

    Attributes:
        remark: empty for none.
    """

    remark: Reason = ""
    is_flagged: bool = False


class ShipOrder(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/parcels` takes.

    Attributes:
        lines: what the parcel holds; None for all that is not shipped yet.
    """

    carrier: Code
    tracking: Code
    lines: Annotated[list[ParcelLine], UpTo(0, items=MOST_LINES)] | None = None


class ConfirmDelivery(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/delivered` takes.

    Attributes:
        parcel_id: which parcel arrived; None for all that are on their way.
    """

    parcel_id: Id | None = None
