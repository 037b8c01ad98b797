"""Coins: what they cost, buying them, giving them, and what one has; who gives them is of age."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, Id, UpTo
from backend.contract.chat import Text
from backend.contract.currency import decimals_of
from backend.contract.gifts import COUNTS
from backend.contract.orders import PaymentMethod

MOST_PACKAGES: Final = 8
MOST_COINS: Final = 1_000_000
COIN_LINE: Final = "livestall:coins"
"""What the line of a coin order names in place of a SKU; its units are the coins."""
CoinCount = Annotated[int, msgspec.Meta(ge=1, le=MOST_COINS)]


class CoinPackage(msgspec.Struct, frozen=True):
    """So many coins for a price, in the minor unit of the shop's currency."""

    coins: CoinCount
    price_minor: Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]


Packages = Annotated[list[CoinPackage], UpTo(0, items=MOST_PACKAGES)]


class CoinSettings(msgspec.Struct, frozen=True):
    """What `GET /api/v1/settings/coins` gives and `PUT` takes, as a whole.

    Attributes:
        is_on: whether coins can be bought.
        packages: the smallest first; of each number of coins one.
        currency: of the prices, as the shop says; what a client says of it changes nothing.
    """

    is_on: bool
    packages: Packages
    currency: Annotated[str, UpTo(3)] = ""


_IN_YUAN: Final = ((60, 6), (300, 30), (980, 98), (1980, 198), (2980, 298), (5180, 518))
_IN_CENTS: Final = ((60, 99), (300, 499), (980, 1499), (1980, 2999), (2980, 4499), (5180, 7499))


def default_packages(currency: str) -> list[CoinPackage]:
    """Return what a shop sells that chose nothing: ten coins for a yuan, or what is near it elsewhere."""
    decimals = decimals_of(currency)
    if currency == "CNY":
        return [CoinPackage(coins, price * 10**decimals) for coins, price in _IN_YUAN]
    if decimals == 0:
        # A unit of money without cents is worth about as much as a cent.
        return [CoinPackage(coins, 2 * coins) for coins, _ in _IN_CENTS]
    return [CoinPackage(coins, cents * 10 ** (decimals - 2)) for coins, cents in _IN_CENTS]


class CoinShop(msgspec.Struct, frozen=True):
    """What `GET /api/v1/coins` gives.

    Attributes:
        coins: what the caller has.
        is_on: whether coins can be bought here; then `packages` are what for which price.
        methods: how they may be paid; never at the door.
        age: who is younger may neither buy nor give coins.
        has_confirmed_age: whether the caller said that they are not.
    """

    coins: int
    is_on: bool
    currency: str
    packages: list[CoinPackage]
    methods: list[PaymentMethod]
    age: int
    has_confirmed_age: bool


class BuyCoins(msgspec.Struct, frozen=True):
    """What `POST /api/v1/coin-orders` takes: one package, as the buyer saw it."""

    coins: CoinCount
    price_minor: Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]
    method: PaymentMethod = PaymentMethod.ONLINE


class ConfirmAge(msgspec.Struct, frozen=True):
    """What `POST /api/v1/me/age` takes: the caller says that they are at least so old.

    Attributes:
        age: the `age` of `GET /api/v1/coins`, as it was shown.
    """

    age: Annotated[int, msgspec.Meta(ge=1, le=150)]


class ConfirmedAge(msgspec.Struct, frozen=True):
    """That somebody confirmed their age, and when they first did."""

    age: int
    at_ms: int


class CoinMove(msgspec.Struct, frozen=True):
    """Coins that the caller got or gave.

    Attributes:
        move_id: grows with time.
        kind: a word for programs: `coins_bought`, `coins_returned` (their money went back), `gift`,
            `gift_returned`, `grant_demo`, `packet_share` (of a red packet), `wheel_share`.
        coins: below 0 where they were given.
        order_id: of the order that they were bought with; empty for none.
    """

    move_id: int
    kind: str
    coins: int
    at_ms: int
    order_id: str = ""


class CoinHistory(msgspec.Struct, frozen=True):
    """What `GET /api/v1/coins/history` gives, the newest first.

    Attributes:
        next: the cursor of the next page; None on the last.
    """

    coins: int
    moves: list[CoinMove]
    next: int | None


class GiveGift(msgspec.Struct, frozen=True):
    """What `POST /api/v1/gifts` takes; see `SendGift`. The Idempotency-Key is its key."""

    session_id: Id
    gift_id: Id
    count: Annotated[int, msgspec.Meta(ge=COUNTS.start, le=COUNTS.stop - 1)] = 1
    text: Text = ""


class GivenGift(msgspec.Struct, frozen=True):
    """Gifts that were given and shown."""

    session_id: str
    gift_id: str
    count: int
