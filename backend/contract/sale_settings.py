"""How the shop sells: its currency, the methods it takes, and how much may wait for its money."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import UpTo
from backend.contract.orders import PaymentMethod

MOST_TRANSFER_LETTERS: Final = 500

Currency = Annotated[str, UpTo(3), msgspec.Meta(pattern="^[A-Z]{3}$")]


class Profile(StrEnum):
    """Whose rules of selling at a distance the shop follows."""

    CN = "CN"
    EU = "EU"
    OTHER = "other"


RETURN_DAYS: Final[Mapping[Profile, int]] = {Profile.CN: 7, Profile.EU: 14, Profile.OTHER: 7}
"""How many days after that of the delivery goods may go back."""

ADULT_AT: Final[Mapping[Profile, int]] = {Profile.CN: 18, Profile.EU: 18, Profile.OTHER: 18}
"""How old one must be to buy and to give coins."""


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
        profile: how long goods may go back follows from it, of orders that were placed before, too.
        transfer_text: where transfers go, as buyers read it: bank, account, name.
        is_currency_locked: as the shop says; what a client says of it changes nothing.
        has_auction_licence: whether it holds auctions under the rules of China, where they need a licence.
    """

    currency: Currency
    methods: Annotated[list[PaymentMethod], UpTo(32, items=3), msgspec.Meta(min_length=1)]
    unpaid: UnpaidCap = CAP
    unpaid_guest: UnpaidCap = GUEST_CAP
    profile: Profile = Profile.CN
    transfer_text: Annotated[str, UpTo(MOST_TRANSFER_LETTERS)] = ""
    is_currency_locked: bool = False
    has_auction_licence: bool = False
