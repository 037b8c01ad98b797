"""How the shop sells: its currency, the methods it takes, and how much may wait for its money."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import UpTo
from backend.contract.orders import PaymentMethod

Currency = Annotated[str, UpTo(3), msgspec.Meta(pattern="^[A-Z]{3}$")]


class UnpaidCap(msgspec.Struct, frozen=True):
    """How much of the stock a buyer may hold without having paid: by account, by phone and by address.

    Attributes:
        orders: open orders that are not paid.
        units: units of goods in all of them together.
    """

    orders: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    units: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


CAP: Final = UnpaidCap(orders=5, units=200)
GUEST_CAP: Final = UnpaidCap(orders=3, units=50)


class SaleSettings(msgspec.Struct, frozen=True):
    """What `GET /api/v1/settings` gives and `PUT` takes, as a whole.

    Attributes:
        currency: of all prices (ISO 4217); locked by the first order.
        methods: how orders may be paid. Transfer and cash on delivery hold stock for days without any money.
        unpaid: of buyers with an account.
        unpaid_guest: of who has none: to be another guest costs nothing.
    """

    currency: Currency
    methods: Annotated[list[PaymentMethod], UpTo(32, items=3), msgspec.Meta(min_length=1)]
    unpaid: UnpaidCap = CAP
    unpaid_guest: UnpaidCap = GUEST_CAP
