"""Coupons: what the shop makes, and what a buyer holds of them. Money is in the currency's minor unit."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, Id, UpTo

MOST_GRANTS: Final = 1_000_000
MOST_PER_BUYER: Final = 100
MOST_PRODUCTS: Final = 500
WHOLE_BP: Final = 10_000

Title = Annotated[str, UpTo(40), msgspec.Meta(min_length=1)]
Code = Annotated[str, UpTo(32), msgspec.Meta(pattern="^([A-Za-z0-9-]{6,32})?$")]
Minor = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
AtMs = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]


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
        code: who types it gets one; empty for everybody who asks.
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
    """What `GET /api/v1/coupons` gives, the newest first."""

    coupons: list[Coupon]


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
    """What `GET /api/v1/my-coupons` gives: those that no order has, the first to end first."""

    coupons: list[HeldCoupon]


class ClaimCoupon(msgspec.Struct, frozen=True):
    """What `POST /api/v1/my-coupons` takes: which coupon, or its code."""

    coupon_id: Id = ""
    code: Annotated[str, UpTo(32)] = ""


class OneCoupon(msgspec.Struct, frozen=True):
    """Which coupon, by the address."""

    coupon_id: Annotated[str, UpTo(32)]
