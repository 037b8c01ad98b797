"""What the shop knows of a buyer, as the buyer takes it along; and what is erased of it."""

from typing import Annotated, Final

import msgspec

from backend.contract.addresses import SavedAddress
from backend.contract.cases import Case
from backend.contract.coins import CoinMove, ConfirmedAge
from backend.contract.coupons import HeldCoupon
from backend.contract.order_messages import OrderMessage
from backend.contract.orders import Order
from backend.contract.payments import AttemptState
from backend.contract.prizes import MyPrize

MOST_DAYS: Final = 36_500
# 电子商务法 Art. 31: at least three years from the end of the transaction. Other places ask for more.
LEAST_DAYS_CN: Final = 3 * 365


class MyProfile(msgspec.Struct, frozen=True):
    """Who the buyer is here.

    Attributes:
        account_name: empty for guests.
        created_at_ms: of the account; None for guests.
        coins: what they have in their wallet.
    """

    user_id: str
    room_id: str
    account_name: str
    created_at_ms: int | None
    coins: int


class MyAttempt(msgspec.Struct, frozen=True):
    """An attempt to pay an order, without what opens its cashier."""

    order_id: str
    provider: str
    amount_minor: int
    currency: str
    state: AttemptState
    created_at_ms: int
    paid_at_ms: int | None


class MyDrawEntry(msgspec.Struct, frozen=True):
    """That the buyer entered a draw; `number` is the entry's, 1 for the first.

    Attributes:
        prize: the goods that they won, or had won and did not claim; None for none.
    """

    campaign_id: str
    title: str
    at_ms: int
    number: int
    has_won: bool
    prize: MyPrize | None = None


class MyPacketClaim(msgspec.Struct, frozen=True):
    """A share of a red packet that the buyer got; `coins` is 0 where it was a coupon."""

    campaign_id: str
    title: str
    at_ms: int
    coins: int


class MyWheelSpin(msgspec.Struct, frozen=True):
    """A spin that the buyer made; `prize` is empty for a blank."""

    campaign_id: str
    title: str
    at_ms: int
    prize: str


class MyAuction(msgspec.Struct, frozen=True):
    """An auction that the buyer may bid in, or could.

    Attributes:
        at_ms: when their highest maximum came; 0 where they never bid.
        max_minor: that maximum, in the smallest units of the shop's currency.
        is_unpaid: whether they left what they won unpaid, which counts against later bids.
    """

    campaign_id: str
    title: str
    at_ms: int
    max_minor: int
    is_unpaid: bool


class MyData(msgspec.Struct, frozen=True):
    """What `GET /api/v1/me/data` gives: all that the shop knows of the caller.

    Attributes:
        coin_moves: coins that they got and gave, the newest first.
        age: what they confirmed; None where they were never asked.
        draw_entries, packet_claims, wheel_spins, auctions: where they took part, the newest first.
    """

    profile: MyProfile
    addresses: list[SavedAddress]
    orders: list[Order]
    cases: list[Case]
    attempts: list[MyAttempt]
    messages: list[OrderMessage]
    coupons: list[HeldCoupon]
    coin_moves: list[CoinMove]
    age: ConfirmedAge | None
    draw_entries: list[MyDrawEntry]
    packet_claims: list[MyPacketClaim]
    wheel_spins: list[MyWheelSpin]
    auctions: list[MyAuction]


class Erasure(msgspec.Struct, frozen=True):
    """What `POST /api/v1/me/erase` did.

    Attributes:
        addresses: entries of the address book that are gone.
        orders: those that keep name, phone and address for now, because the law asks for it.
        until_ms: when the last of them loses these; None where there is none.
        coupons: those that nobody can use any more.
        has_account: whether there was an account, which is gone; no token of it counts any more.
        rooms_until_ms: when name and words will be out of the rooms' logs; 0 where none are looked for.
            The rooms themselves forget them at once.
    """

    addresses: int
    orders: int
    until_ms: int | None
    coupons: int = 0
    has_account: bool = False
    rooms_until_ms: int = 0


class PrivacySettings(msgspec.Struct, frozen=True):
    """What `GET /api/v1/settings/privacy` gives and `PUT` takes.

    Attributes:
        order_days: how long after its end an order keeps name, phone and address where its buyer asked to be
            erased: as long as the law asks the shop to keep its books, and never less than goods may go back.
    """

    order_days: Annotated[int, msgspec.Meta(ge=0, le=MOST_DAYS)]
