"""Coupons: what the shop makes, a room shows and a buyer holds. Money is in the currency's minor unit."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.base import Message
from backend.contract.bounds import MAX_INTEGER, Id, UpTo

MAX_TITLE: Final = 40
MOST_GRANTS: Final = 1_000_000
MOST_PER_BUYER: Final = 100
MOST_PRODUCTS: Final = 500
MOST_WATCH_S: Final = 4 * 3600
MOST_SHOWN: Final = 5
SHOWN_S: Final = range(10, 4 * 3600 + 1)
WHOLE_BP: Final = 10_000
CODE_LETTERS: Final = range(6, 32 + 1)

Title = Annotated[str, UpTo(MAX_TITLE), msgspec.Meta(min_length=1)]
Code = Annotated[str, UpTo(CODE_LETTERS[-1]), msgspec.Meta(pattern="^([A-Za-z0-9-]{6,32})?$")]
Minor = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
AtMs = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]


class ClaimCondition(StrEnum):
    """What a viewer has to do for a coupon that needs no code."""

    NOTHING = "nothing"
    FOLLOW = "follow"
    WATCH = "watch"


class CouponKind(StrEnum):
    """What a coupon takes off."""

    FIXED = "fixed"
    PERCENT = "percent"


class NewCoupon(msgspec.Struct, frozen=True):
    """What `POST /api/v1/coupons` takes.

    Attributes:
        amount_minor: what a fixed one takes off.
        percent_bp: what one of a percentage takes off, in hundredths of a percent.
        cap_minor: the most that a percentage takes off; None for no cap.
        minimum_minor: what the goods that it is for must cost together before it counts.
        spu_ids: the products that it is for; empty for all.
        quota: how many are given out in all.
        per_buyer: how many a buyer gets.
        code: who types it gets one; empty for who meets the condition.
        condition: what one has to do first; none beside a code.
        watch_s: for how long one watches this live session first, where that is the condition.
        accounts_only: whether guests get none: a guest can come again as another one.
    """

    title: Title
    kind: CouponKind
    begins_at_ms: AtMs
    ends_at_ms: AtMs
    quota: Annotated[int, msgspec.Meta(ge=1, le=MOST_GRANTS)]
    amount_minor: Minor = 0
    percent_bp: Annotated[int, msgspec.Meta(ge=0, le=WHOLE_BP)] = 0
    cap_minor: Minor | None = None
    minimum_minor: Minor = 0
    spu_ids: Annotated[list[str], UpTo(160, items=MOST_PRODUCTS)] = []
    per_buyer: Annotated[int, msgspec.Meta(ge=1, le=MOST_PER_BUYER)] = 1
    code: Code = ""
    condition: ClaimCondition = ClaimCondition.NOTHING
    watch_s: Annotated[int, msgspec.Meta(ge=0, le=MOST_WATCH_S)] = 0
    accounts_only: bool = False


class CouponFault(StrEnum):
    """Why a coupon cannot be made."""

    NOTHING_OFF = "nothing_off"
    ENDS_TOO_EARLY = "ends_too_early"
    NO_WATCH_TIME = "no_watch_time"
    CODE_AND_CONDITION = "code_and_condition"
    NO_TITLE = "no_title"


def fault_of(wish: NewCoupon) -> CouponFault | None:
    """Return what is wrong with a coupon beyond the bounds of its fields; None for nothing."""
    off = wish.amount_minor if wish.kind is CouponKind.FIXED else wish.percent_bp
    if off <= 0 or wish.cap_minor == 0:
        return CouponFault.NOTHING_OFF
    if wish.ends_at_ms <= wish.begins_at_ms:
        return CouponFault.ENDS_TOO_EARLY
    if wish.code and wish.condition is not ClaimCondition.NOTHING:
        return CouponFault.CODE_AND_CONDITION
    if wish.condition is ClaimCondition.WATCH and not wish.watch_s:
        return CouponFault.NO_WATCH_TIME
    return None


class CouponWarning(StrEnum):
    """Why a coupon would take nothing off as prices are now; it can be made all the same."""

    NO_PRODUCTS = "no_products"  # none that it is for is on sale
    MINIMUM_ABOVE_PRICES = "minimum_above_prices"  # no single unit reaches its minimum
    NOTHING_ABOVE_FLOORS = "nothing_above_floors"  # all that it is for costs its floor price already


class CouponCheck(msgspec.Struct, frozen=True):
    """What `POST /api/v1/coupons/check` gives."""

    warnings: list[CouponWarning]


class Coupon(msgspec.Struct, frozen=True):
    """A coupon as staff see it.

    Attributes:
        claimed: how many buyers got.
        used: how many orders hold.
        is_stopped: whether no more are given out; those that buyers hold still count.
    """

    coupon_id: str
    wish: NewCoupon
    claimed: int
    used: int
    is_stopped: bool
    created_at_ms: int


class CouponsPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/coupons` gives, the newest first; `currency` is the shop's (ISO 4217)."""

    coupons: list[Coupon]
    currency: str = ""


class HeldCoupon(msgspec.Struct, frozen=True):
    """A coupon that a buyer holds, for one order."""

    grant_id: str
    coupon_id: str
    title: str
    kind: CouponKind
    amount_minor: int
    percent_bp: int
    cap_minor: int | None
    minimum_minor: int
    spu_ids: list[str]
    begins_at_ms: int
    ends_at_ms: int


class MyCoupons(msgspec.Struct, frozen=True):
    """What `GET /api/v1/my-coupons` gives.

    Attributes:
        coupons: those that no order holds, the first to end first; some may begin later.
        used: those that orders hold, the last claimed first.
        ended: those that ended unused, likewise.
        currency: the shop's (ISO 4217).
    """

    coupons: list[HeldCoupon]
    used: list[HeldCoupon] = []
    ended: list[HeldCoupon] = []
    currency: str = ""


class AskCoupon(msgspec.Struct, frozen=True):
    """What `POST /api/v1/my-coupons` takes: which coupon, or its code."""

    coupon_id: Id = ""
    code: Annotated[str, UpTo(32)] = ""


class OneCoupon(msgspec.Struct, frozen=True):
    """Which coupon, by the address."""

    coupon_id: Annotated[str, UpTo(32)]


# --- In a room ---


class ShownCoupon(msgspec.Struct, frozen=True):
    """A coupon that a room shows to claim; see `NewCoupon`.

    Attributes:
        products: how many it is for; 0 for all.
        ends_at_ms: until when it counts.
        until_ms: until when the room shows it.
        left: how many can be claimed: exactly below 10, else 10, 20, 50, 100 and so on, and at least so many.
    """

    coupon_id: str
    title: str
    kind: CouponKind
    amount_minor: int
    percent_bp: int
    cap_minor: int | None
    minimum_minor: int
    currency: str
    products: int
    condition: ClaimCondition
    watch_s: int
    accounts_only: bool
    ends_at_ms: int
    until_ms: int
    left: int


class ShowCoupon(Message, frozen=True, tag="show_coupon"):
    """Show a coupon to the room, to be claimed, until a time; the same one again for longer.

    Attributes:
        seconds: how long; one of `SHOWN_S`.
    """

    coupon_id: Id
    seconds: int


class HideCoupon(Message, frozen=True, tag="hide_coupon"):
    """Take a coupon's card away; the coupon is given out as before where it is asked for."""

    coupon_id: Id


class ClaimCoupon(Message, frozen=True, tag="claim_coupon"):
    """Get a coupon, once its condition is met.

    Attributes:
        key: 8 to 36 letters, digits, `-` and `_` of the viewer's own making: the same one gives one coupon.
    """

    coupon_id: Id
    key: Id


class CouponsChanged(Message, frozen=True, tag="coupons_changed"):
    """What the room shows to claim now, the newest first."""

    coupons: list[ShownCoupon]


CouponCommand = ShowCoupon | HideCoupon | ClaimCoupon
