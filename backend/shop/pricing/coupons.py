"""What coupons take off: a fixed sum or a percentage, spread over the goods they are for."""

from collections.abc import Sequence

import msgspec

from backend.contract.coupons import WHOLE_BP, CouponKind, HeldCoupon
from backend.shop.pricing.spread import Share, spread


class Goods(msgspec.Struct, frozen=True):
    """A line that a coupon may take something off.

    Attributes:
        net_minor: what it costs before.
        floor_minor: what all its units may not go below.
    """

    spu_id: str
    net_minor: int
    floor_minor: int


class Taken(msgspec.Struct, frozen=True):
    """What a coupon takes off each line."""

    coupon: HeldCoupon
    parts: list[int]

    @property
    def sum_minor(self) -> int:
        """What it takes off in all."""
        return sum(self.parts)


def best_of(coupons: Sequence[HeldCoupon], goods: Sequence[Goods]) -> Taken | None:
    """Return the coupon that takes off most, of equals the one that ends first; None where none does."""
    taken = [Taken(coupon, parts_of(coupon, goods)) for coupon in coupons]
    found = [one for one in taken if one.sum_minor > 0]
    return min(
        found, key=lambda one: (-one.sum_minor, one.coupon.ends_at_ms, one.coupon.grant_id), default=None
    )


def parts_of(coupon: HeldCoupon, goods: Sequence[Goods]) -> list[int]:
    """Return what a coupon takes off each line: nothing before the minimum, nothing below a floor."""
    is_for = [not coupon.spu_ids or line.spu_id in coupon.spu_ids for line in goods]
    base = sum(line.net_minor for line, is_one in zip(goods, is_for, strict=True) if is_one)
    if base < coupon.minimum_minor:
        return [0] * len(goods)
    shares = [
        Share(line.net_minor, max(line.net_minor - line.floor_minor, 0) if is_one else 0)
        for line, is_one in zip(goods, is_for, strict=True)
    ]
    return spread(_worth(coupon, base), shares)


def _worth(coupon: HeldCoupon, base_minor: int) -> int:
    if coupon.kind is CouponKind.FIXED:
        return coupon.amount_minor
    worth = base_minor * coupon.percent_bp // WHOLE_BP
    return worth if coupon.cap_minor is None else min(worth, coupon.cap_minor)
