"""Orders found by those who have no account: by number and phone."""

from typing import Annotated

import msgspec

from backend.contract.addresses import Address
from backend.contract.bounds import UpTo
from backend.contract.orders import OrderLine, OrderState, Parcel, PaymentMethod, PaymentState

NumberAsTyped = Annotated[str, UpTo(40), msgspec.Meta(min_length=1)]
PhoneAsTyped = Annotated[str, UpTo(32), msgspec.Meta(min_length=1)]


class FindOrder(msgspec.Struct, frozen=True):
    """What `POST /api/v1/order-lookups` takes.

    Attributes:
        number: of the order, spaces between its digits or not.
        phone: of the order's address, however it is typed.
    """

    number: NumberAsTyped
    phone: PhoneAsTyped


class FoundOrder(msgspec.Struct, frozen=True):
    """An order as one sees it who knows its number and its phone: what it is, not who bought it.

    Attributes:
        address: masked.
    """

    number: str
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
    created_at_ms: int
    expires_at_ms: int | None
    paid_at_ms: int | None
    closed_at_ms: int | None
    lines: list[OrderLine]
    parcels: list[Parcel]
